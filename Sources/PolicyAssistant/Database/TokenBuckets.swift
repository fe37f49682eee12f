internal import Redis

/// A limit on how often something may happen: each time takes a token, and the bucket refills evenly.
struct TokenBucket: Sendable {
    /// The key, which holds the moment when the bucket will be full again, and lives until then.
    let key: RedisKey
    /// The tokens in a full bucket.
    let capacity: Int
    /// How long until one token is back.
    let refill: Duration
}

/// Token buckets in Redis: the same for every server on it, by its clock.
struct TokenBuckets: Sendable {
    let redis: RedisClient

    /// The state of buckets from which tokens were to be taken.
    struct Levels: Sendable {
        /// How long to wait until each bucket has a token; nil where each had one, which was taken.
        let wait: Duration?
        /// The tokens left in each bucket, and how long until it is full.
        let buckets: [(remaining: Int, reset: Duration)]
    }

    /// Takes a token from each bucket, or none where one is empty, in one round trip.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func take(from buckets: [TokenBucket]) async throws -> Levels {
        try await redis.run(TokenBucketScripts.take(from: buckets))
    }

    /// Puts a token that was taken back into each bucket.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func giveBack(to buckets: [TokenBucket]) async throws {
        try await redis.run(TokenBucketScripts.giveBack(to: buckets))
    }
}

/// The scripts of token buckets.
enum TokenBucketScripts {
    /// Takes a token from each bucket, or none where one is empty.
    static func take(from buckets: [TokenBucket]) -> RedisScriptCall<TokenBuckets.Levels> {
        RedisScriptCall(
            take,
            keys: buckets.map(\.key),
            arguments: buckets.flatMap { [String($0.refill.microseconds), String($0.capacity)] }
        ) { reply in
            guard let numbers = reply.array?.compactMap(\.integer), numbers.count == 1 + 2 * buckets.count else {
                return nil
            }
            return TokenBuckets.Levels(
                wait: numbers[0] > 0 ? .microseconds(numbers[0]) : nil,
                buckets: buckets.indices.map { (numbers[1 + 2 * $0], .microseconds(numbers[2 + 2 * $0])) }
            )
        }
    }

    /// Puts a token back into each bucket.
    static func giveBack(to buckets: [TokenBucket]) -> RedisScriptCall<Void> {
        RedisScriptCall(
            giveBack,
            keys: buckets.map(\.key),
            arguments: buckets.map { String($0.refill.microseconds) }
        )
    }

    static let all = [take, giveBack]

    /// Returns the microseconds to wait, 0 for a token of each bucket; then for each bucket the tokens left and the
    /// microseconds until it is full.
    private static let take = RedisScript(
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local fill, most, full, wait = {}, {}, {}, 0
        for i = 1, #KEYS do
            fill[i] = tonumber(ARGV[2 * i - 1])
            most[i] = tonumber(ARGV[2 * i])
            full[i] = math.max(tonumber(redis.call('GET', KEYS[i]) or 0), now)
            wait = math.max(wait, full[i] + fill[i] - now - fill[i] * most[i])
        end
        local reply = {wait}
        for i = 1, #KEYS do
            if wait == 0 then
                full[i] = full[i] + fill[i]
                local life = string.format('%.0f', math.ceil((full[i] - now) / 1000))
                redis.call('SET', KEYS[i], string.format('%.0f', full[i]), 'PX', life)
            end
            table.insert(reply, math.floor((fill[i] * most[i] - full[i] + now) / fill[i]))
            table.insert(reply, full[i] - now)
        end
        return reply
        """,
        repeatable: true
    )

    private static let giveBack = RedisScript(
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        for i = 1, #KEYS do
            local full = tonumber(redis.call('GET', KEYS[i]) or 0) - ARGV[i]
            if full > now then
                local life = string.format('%.0f', math.ceil((full - now) / 1000))
                redis.call('SET', KEYS[i], string.format('%.0f', full), 'PX', life)
            else
                redis.call('DEL', KEYS[i])
            end
        end
        return 0
        """
    )
}
