/// When and after how long a call is made once more: the policy of OpenAI's own client libraries.
///
/// A pure function of what happened, so it can be read and tested as a table.
public struct RetryPolicy: Sendable, Hashable {
    /// How often a call is made again after the first attempt.
    public var maximumRetries: Int
    /// The pause before the first retry, where the server asks for none of its own; it doubles with each.
    public var firstDelay: Duration
    /// The longest pause of our own making.
    public var longestDelay: Duration
    /// The longest pause that we let a server ask for; a call that would have to wait longer fails at once.
    public var longestServerDelay: Duration

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - maximumRetries: How often a call is made again after the first attempt.
    ///   - firstDelay: The pause before the first retry.
    ///   - longestDelay: The longest pause of our own making.
    ///   - longestServerDelay: The longest pause that we let a server ask for.
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
        /// The API answered with an error.
        case refused(status: Int, hint: RetryHint = RetryHint(), isQuota: Bool = false)
        /// No connection, or not a byte of an answer in time.
        case unanswered
        /// A good answer began and broke off.
        case cutOff
        /// Trying again would not help: cancelled, not to be read, not to be sent.
        case final
    }

    /// How far a call may be repeated.
    ///
    /// Its body is never in the way: it lies in memory or in a file, and is sent from its beginning.
    public enum Repeatability: Sendable, Hashable {
        /// At any point.
        case always
        /// Until a good answer has begun: then the work is done, and doing it twice costs more than the error.
        case untilAnswered
    }

    /// Says how long to wait before the next attempt.
    ///
    /// - Parameters:
    ///   - attempt: How many retries went before; 0 after the first attempt.
    ///   - outcome: How the last attempt failed.
    ///   - repeatability: How far the call may be repeated at all.
    ///   - randomness: A number from 0 to below 1; it takes up to a quarter off a pause of our own making.
    /// - Returns: The pause, or nil if there is to be no other attempt.
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
            guard !isQuota, hint.shouldRetry ?? Self.isPassing(status) else { return nil }
            return hint.delay ?? ownDelay(attempt, randomness)
        }
    }

    private func ownDelay(_ attempt: Int, _ randomness: Double) -> Duration {
        // Beyond 2¹⁶ every pause is the longest one anyway.
        min(firstDelay * (1 << min(attempt, 16)), longestDelay) * (1 - 0.25 * randomness)
    }

    private static func isPassing(_ status: Int) -> Bool {
        [408, 409, 429].contains(status) || status >= 500
    }
}
