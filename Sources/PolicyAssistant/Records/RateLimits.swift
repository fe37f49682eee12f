/// The questions admitted per minute; 0 for no limit.
public struct RateLimits: Sendable, Hashable {
    /// The questions of one user.
    public var perUser: Int
    /// The questions of all users.
    public var total: Int

    /// Creates limits.
    public init(perUser: Int, total: Int) {
        self.perUser = perUser
        self.total = total
    }
}

/// The decision of the rate limits on a question.
public struct RateLimitDecision: Sendable, Hashable {
    /// One limit and its state.
    public struct Quota: Sendable, Hashable {
        /// The questions that count: `user` or `total`.
        public let name: String
        /// The questions admitted per minute.
        public let limit: Int
        /// The questions that may follow at once.
        public let remaining: Int
        /// How long until the limit is full again, if no question follows.
        public let reset: Duration
    }

    /// The limits in force.
    public let quotas: [Quota]
    /// How long to wait before the question is admitted; nil where it is.
    public let retryAfter: Duration?
}
