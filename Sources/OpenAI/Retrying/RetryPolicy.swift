/// When and after which pause a call is retried: the policy of OpenAI's own client libraries, as a pure function.
public struct RetryPolicy: Sendable, Hashable {
    /// How often a call is retried.
    public var maximumRetries: Int
    /// The pause before the first retry, where the server asks for none; it doubles with each retry.
    public var firstDelay: Duration
    /// The longest pause, where the server asks for none.
    public var longestDelay: Duration
    /// The longest pause that a server may ask for; with a longer one the call fails at once.
    public var longestServerDelay: Duration

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - maximumRetries: How often a call is retried.
    ///   - firstDelay: The pause before the first retry, where the server asks for none.
    ///   - longestDelay: The longest pause, where the server asks for none.
    ///   - longestServerDelay: The longest pause that a server may ask for.
    public init(
        maximumRetries: Int = 2,
        firstDelay: Duration = .milliseconds(500),
        longestDelay: Duration = .seconds(8),
        longestServerDelay: Duration = .seconds(120)
    ) {
        self.maximumRetries = maximumRetries
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.longestServerDelay = longestServerDelay
    }

    /// How an attempt failed.
    public enum Outcome: Sendable, Hashable {
        /// The API responded with an error status.
        case refused(status: Int, hint: RetryHint = RetryHint(), isQuota: Bool = false)
        /// No connection, or no response.
        case unanswered
        /// A successful response broke off.
        case cutOff
        /// A retry would not help: the call was cancelled, or request or response are invalid.
        case final
    }

    /// Until when a call may be repeated.
    ///
    /// Every body can be repeated: it is in memory or in a file.
    public enum Repeatability: Sendable, Hashable {
        /// Always.
        case always
        /// Until a successful response has begun: the work is done then, and a second time would cost more than the
        /// error.
        case untilAnswered
    }

    /// Returns the pause before the next attempt.
    ///
    /// - Parameters:
    ///   - attempt: The number of earlier retries; 0 after the first attempt.
    ///   - outcome: How the last attempt failed.
    ///   - repeatability: Until when the call may be repeated.
    ///   - randomness: A number from 0 to below 1: the jitter, which shortens the pause by up to a quarter.
    /// - Returns: The pause, or nil for no other attempt.
    public func delay(
        attempt: Int,
        outcome: Outcome,
        repeatability: Repeatability = .always,
        randomness: Double
    ) -> Duration? {
        guard attempt < maximumRetries else { return nil }
        switch outcome {
        case .final:
            return nil
        case .cutOff where repeatability == .untilAnswered:
            return nil
        case .unanswered, .cutOff:
            return ownDelay(attempt, randomness)
        case .refused(let status, let hint, let isQuota):
            if let delay = hint.delay, delay > longestServerDelay { return nil }
            guard !isQuota, hint.shouldRetry ?? Self.isTransient(status) else { return nil }
            return hint.delay ?? ownDelay(attempt, randomness)
        }
    }

    private func ownDelay(_ attempt: Int, _ randomness: Double) -> Duration {
        // With 2¹⁶ every pause is the longest one.
        min(firstDelay * (1 << min(attempt, 16)), longestDelay) * (1 - 0.25 * randomness)
    }

    private static func isTransient(_ status: Int) -> Bool {
        [408, 409, 429].contains(status) || status >= 500
    }
}

/// The time left until a deadline, on the clock that it was set by.
struct Countdown: Sendable {
    private let left: @Sendable () -> Duration

    init(_ duration: Duration, on clock: some Clock<Duration>) {
        let deadline = clock.now.advanced(by: duration)
        left = { clock.now.duration(to: deadline) }
    }

    /// The time left; negative after the deadline.
    var remaining: Duration { left() }
}

extension Clock<Duration> {
    /// Suspends the task for a time; throws `cancelled` as soon as the task is cancelled.
    func pause(for duration: Duration) async throws(OpenAIError) {
        do {
            try await sleep(for: duration)
        } catch {
            throw OpenAIError(.cancelled)
        }
    }
}
