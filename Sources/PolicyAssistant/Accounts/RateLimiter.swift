internal import Redis

/// Counts questions by user and in all, the same for every server on one Redis.
///
/// Each limit is a bucket of as many tokens as questions are let in a minute, filled again evenly. Its key, `rate:<user's
/// pseudonym>` or `rate:total`, holds the moment when it will be full again and lives until then, a minute at most.
public struct RateLimiter: Sendable {
    private let buckets: TokenBuckets
    private let limits: RateLimits

    init(redis: RedisClient, limits: RateLimits) {
        buckets = TokenBuckets(redis: redis)
        self.limits = limits
    }

    /// Takes a token from each bucket, or none where one is empty, in one round trip.
    ///
    /// - Returns: What is left; nil, without a round trip, where no limit is set.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func admit(_ user: UserID) async throws -> RateLimitDecision? {
        var limited: [(name: String, bucket: TokenBucket)] = []
        if limits.perUser > 0 { limited.append(("user", .aMinute(of: limits.perUser, key: "rate:\(user.pseudonym)"))) }
        if limits.total > 0 { limited.append(("total", .aMinute(of: limits.total, key: "rate:total"))) }
        guard !limited.isEmpty else { return nil }
        let levels = try await buckets.take(from: limited.map(\.bucket))
        let quotas = zip(limited, levels.buckets).map { limit, level in
            RateLimitDecision.Quota(
                name: limit.name,
                limit: limit.bucket.capacity,
                remaining: level.remaining,
                reset: level.reset
            )
        }
        return RateLimitDecision(quotas: quotas, retryAfter: levels.wait)
    }
}

extension TokenBucket {
    /// A bucket that is full again after a minute.
    fileprivate static func aMinute(of limit: Int, key: String) -> TokenBucket {
        TokenBucket(key: key, capacity: limit, refill: .microseconds((60_000_000 + limit - 1) / limit))
    }
}
