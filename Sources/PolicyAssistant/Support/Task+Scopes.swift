/// Runs `body` in a child task, whose memory is given back at its end.
///
/// A task keeps the memory of its deepest calls for as long as it lives. Where many tasks live long, deep calls before a
/// long wait belong in a child task.
///
/// Not inlined, as a frame with a child task has room for all of that task's beginning.
@inline(never)
package func withChildTask<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    async let result = body()
    return try await result
}

/// Runs `body` to its end even where the calling task is cancelled, for example to release a lock.
package func withoutCancellation(_ body: @escaping @Sendable () async -> Void) async {
    // Only an unstructured task does not inherit the caller's cancellation. It is awaited, so it does not outlive the call.
    await Task { await body() }.value
}
