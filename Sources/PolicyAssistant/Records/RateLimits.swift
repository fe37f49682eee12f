/// How many questions are let in a minute; 0 lets in any number.
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

/// What the rate limits said to a question.
public struct RateLimitDecision: Sendable, Hashable {
    /// One limit, and what is left of it.
    public struct Quota: Sendable, Hashable {
        /// Whose questions are counted: `user` or `total`.
        public let name: String
        /// How many questions are let in a minute.
        public let limit: Int
        /// How many may follow at once.
        public let remaining: Int
        /// How long until all of them may again, if none comes before.
        public let reset: Duration
    }

    /// The limits in force.
    public let quotas: [Quota]
    /// How long to wait before a question is let in; nil where this one was.
    public let retryAfter: Duration?
}
