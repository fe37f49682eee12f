/// Runs `body` in a child task, at whose end the memory that its calls took is given back.
///
/// A task keeps what its deepest calls took for as long as it lives. Where many live long, what goes deep before a long
/// wait is best done apart.
package func apart<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
    async let result = body()
    return try await result
}
