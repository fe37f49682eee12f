internal import UnixSignals

/// Runs `body` and then `finally`, whether `body` throws or not.
func closing<Result>(
    _ body: () async throws -> Result,
    finally: () async -> Void
) async throws -> Result {
    do {
        let result = try await body()
        await finally()
        return result
    } catch {
        await finally()
        throw error
    }
}

/// Runs `body`, and cancels it on SIGINT and SIGTERM.
///
/// - Returns: The result of `body`.
/// - Throws: The error of `body`; `CancellationError` after a signal.
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
