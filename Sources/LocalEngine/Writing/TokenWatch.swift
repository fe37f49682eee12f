internal import Synchronization

/// Ends an answer whose tokens do not arrive in time.
final class TokenWatch: Sendable {
    private let idle: Duration
    private let end: ContinuousClock.Instant
    /// By when the next token has to arrive.
    private let due: Mutex<ContinuousClock.Instant>

    /// Starts to watch.
    ///
    /// - Parameters:
    ///   - first: The longest time until the first token.
    ///   - idle: The longest time between two tokens.
    ///   - total: The longest time of all.
    init(first: Duration, idle: Duration, total: Duration) {
        let now = ContinuousClock.now
        self.idle = idle
        end = now + total
        due = Mutex(min(now + first, now + total))
    }

    /// Records that a token has arrived.
    func tokenArrived() {
        let next = min(ContinuousClock.now + idle, end)
        due.withLock { $0 = next }
    }

    /// Waits until a token is overdue.
    ///
    /// - Throws: `WritingFailure.timeout`; `CancellationError` if the task is cancelled before.
    func expiry() async throws {
        while true {
            let due = due.withLock { $0 }
            guard due > ContinuousClock.now else { throw WritingFailure.timeout }
            try await ContinuousClock().sleep(until: due)
        }
    }
}
