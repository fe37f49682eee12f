internal import Redis

/// Limits questions by user and in total, the same for every server on one Redis.
///
/// Each limit is a token bucket whose capacity is the number of questions per minute and which refills evenly in a
/// minute.
public struct RateLimiter: Sendable {
    private let buckets: TokenBuckets
    private let limits: RateLimits

    init(redis: RedisClient, limits: RateLimits) {
        buckets = TokenBuckets(redis: redis)
        self.limits = limits
    }

    /// Takes a token from each bucket, or none where one is empty, in one round trip.
    ///
    /// - Returns: The decision and what is left of each limit; nil, without a round trip, where no limit is set.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func admit(_ user: UserID) async throws -> RateLimitDecision? {
        var limited: [(name: String, bucket: TokenBucket)] = []
        if limits.perUser > 0 { limited.append(("user", .aMinute(of: limits.perUser, key: .questions(of: user)))) }
        if limits.total > 0 { limited.append(("total", .aMinute(of: limits.total, key: .questionsInTotal))) }
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
    fileprivate static func aMinute(of limit: Int, key: RedisKey) -> TokenBucket {
        TokenBucket(key: key, capacity: limit, refill: .microseconds((60_000_000 + limit - 1) / limit))
    }
}
