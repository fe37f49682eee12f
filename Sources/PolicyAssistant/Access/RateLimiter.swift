internal import Redis

/// Counts questions by user and in all, the same for every server on one Redis.
///
/// Each limit is a bucket of as many tokens as questions are let in a minute, filled again evenly. Its key, `rate:<user's
/// pseudonym>` or `rate:total`, holds the moment when it will be full again and lives until then, a minute at most.
public struct RateLimiter: Sendable {
    private let redis: RedisClient
    private let limits: RateLimits

    init(redis: RedisClient, limits: RateLimits) {
        self.redis = redis
        self.limits = limits
    }

    /// Takes a token from each bucket, or none where one is empty, in one round trip.
    ///
    /// - Returns: What is left; nil, without a round trip, where no limit is set.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func admit(_ user: UserID) async throws -> RateVerdict? {
        var buckets: [(name: String, key: String, limit: Int)] = []
        if limits.perUser > 0 { buckets.append(("user", "rate:\(user.pseudonym)", limits.perUser)) }
        if limits.total > 0 { buckets.append(("total", "rate:total", limits.total)) }
        guard !buckets.isEmpty else { return nil }
        let reply = try await redis.ask(
            Self.takeTokens,
            keys: buckets.map(\.key),
            arguments: buckets.map { String($0.limit) }
        )
        guard let numbers = reply.array?.compactMap(\.integer), numbers.count == 1 + 2 * buckets.count else {
            throw PolicyAssistantError(
                .storeUnavailable,
                "Redis gave an answer that makes no sense. Try again shortly."
            )
        }
        let quotas = buckets.enumerated().map { index, bucket in
            RateVerdict.Quota(
                name: bucket.name,
                limit: bucket.limit,
                remaining: numbers[1 + 2 * index],
                reset: .microseconds(numbers[2 + 2 * index])
            )
        }
        return RateVerdict(quotas: quotas, retryAfter: numbers[0] > 0 ? .microseconds(numbers[0]) : nil)
    }

    /// Returns the microseconds to wait, 0 for a token of each bucket; then for each bucket the tokens left and the
    /// microseconds until it is full.
    private static let takeTokens = RedisScript(
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local fill, full, wait = {}, {}, 0
        for i = 1, #KEYS do
            fill[i] = math.ceil(60000000 / ARGV[i])
            full[i] = math.max(tonumber(redis.call('GET', KEYS[i]) or 0), now)
            wait = math.max(wait, full[i] + fill[i] - now - fill[i] * ARGV[i])
        end
        local reply = {wait}
        for i = 1, #KEYS do
            if wait == 0 then
                full[i] = full[i] + fill[i]
                local life = string.format('%.0f', math.ceil((full[i] - now) / 1000))
                redis.call('SET', KEYS[i], string.format('%.0f', full[i]), 'PX', life)
            end
            table.insert(reply, math.floor((fill[i] * ARGV[i] - full[i] + now) / fill[i]))
            table.insert(reply, full[i] - now)
        end
        return reply
        """,
        repeatable: true
    )
}
