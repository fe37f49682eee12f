internal import UnixSignals

/// Runs `body`, and cancels it when the program is told to end.
///
/// - Returns: What `body` returns.
/// - Throws: What `body` throws; `CancellationError` where the program was told to end.
func cancellingOnSignals<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            for await _ in signals { throw CancellationError() }
            return nil
        }
        defer { group.cancelAll() }
        while let result = try await group.next() {
            if let result { return result }
        }
        throw CancellationError()
    }
}
