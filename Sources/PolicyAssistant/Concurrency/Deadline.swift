/// What ``withDeadline(_:_:)`` throws when time is up.
struct DeadlinePassed: Error {}

/// Runs `body` and cancels it when it takes longer than `duration`.
///
/// - Throws: What `body` throws, or ``DeadlinePassed``.
func withDeadline<Result: Sendable>(
    _ duration: Duration,
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: duration)
            throw DeadlinePassed()
        }
        defer { group.cancelAll() }
        guard let result = try await group.next() else { throw CancellationError() }
        return result
    }
}
