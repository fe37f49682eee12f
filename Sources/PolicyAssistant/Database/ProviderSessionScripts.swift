internal import Redis

/// The scripts of sign-ins at the identity provider.
enum ProviderSessionScripts {
    /// Returns a value and deletes it; nil where there is none.
    static func take(_ key: RedisKey) -> RedisScriptCall<String?> {
        RedisScriptCall(take, keys: [key]) { .some($0.string) }
    }

    /// Begins a session, and adds it to indexes, which lose the sessions that have expired.
    static func begin(_ id: String, _ indexes: [RedisKey], _ fields: [String]) -> RedisScriptCall<Void> {
        let lifetime = RedisKeyPattern.sessionLifetime.components.seconds
        return RedisScriptCall(
            begin,
            keys: [.providerSession(id)] + indexes,
            arguments: [id, String(lifetime)] + fields
        )
    }

    static let all = [take, begin]

    private static let take = RedisScript(
        """
        local value = redis.call('GET', KEYS[1])
        redis.call('DEL', KEYS[1])
        return value
        """
    )

    private static let begin = RedisScript(
        """
        local now = tonumber(redis.call('TIME')[1])
        local lifetime = tonumber(ARGV[2])
        redis.call('HSET', KEYS[1], unpack(ARGV, 3))
        redis.call('EXPIRE', KEYS[1], lifetime)
        for index = 2, #KEYS do
            redis.call('ZREMRANGEBYSCORE', KEYS[index], '-inf', now)
            redis.call('ZADD', KEYS[index], now + lifetime, ARGV[1])
            redis.call('EXPIRE', KEYS[index], lifetime)
        end
        """,
        repeatable: true
    )
}
