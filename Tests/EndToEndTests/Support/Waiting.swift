/// Fails when `body` takes longer than tells an answer at once from one that was waited for.
func promptly<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
    let start = ContinuousClock.now
    let result = try await body()
    let elapsed = ContinuousClock.now - start
    guard elapsed <= .seconds(10) else { throw TookTooLong(elapsed: elapsed) }
    return result
}

struct TookTooLong: Error {
    let elapsed: Duration
}

/// Asks again and again until the answer is yes, as a health check does, for half a minute at most.
///
/// - Parameters:
///   - limit: The longest wait, where half a minute is too short.
///   - condition: The question.
/// - Throws: ``TookTooLong``, and what the question throws.
func eventually(within limit: Duration = .seconds(30), _ condition: () async throws -> Bool) async throws {
    let start = ContinuousClock.now
    while try await !condition() {
        let elapsed = ContinuousClock.now - start
        guard elapsed <= limit else { throw TookTooLong(elapsed: elapsed) }
        // What the condition is about needs the processor more than the next look at it.
        try await Task.sleep(for: .milliseconds(5))
    }
}
