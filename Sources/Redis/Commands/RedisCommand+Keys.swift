extension RedisCommand {
    /// Checks that the server answers.
    public static let ping = RedisCommand("PING", repeatable: true)

    /// Reads a string; null if the key does not exist.
    public static func get(_ key: String) -> RedisCommand {
        RedisCommand("GET", [key], repeatable: true)
    }

    /// Reads several strings: an array with null for each key that does not exist.
    public static func mget(_ keys: [String]) -> RedisCommand {
        RedisCommand("MGET", keys, repeatable: true)
    }

    /// Writes a string and replaces the old value.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - value: The new value.
    ///   - lifetime: The time until the key expires, in whole milliseconds, at least one; nil for no expiry.
    /// - Returns: The command, whose reply is `OK`.
    public static func set(_ key: String, _ value: String, lifetime: Duration? = nil) -> RedisCommand {
        RedisCommand("SET", [key, value] + (lifetime.map { ["PX", milliseconds($0)] } ?? []), repeatable: true)
    }

    /// Writes a string if the key does not exist; null if it does.
    ///
    /// Not repeatable: the second run would find the key of the first.
    public static func setIfAbsent(_ key: String, _ value: String, lifetime: Duration? = nil) -> RedisCommand {
        RedisCommand("SET", [key, value, "NX"] + (lifetime.map { ["PX", milliseconds($0)] } ?? []))
    }

    /// Deletes keys; the reply counts those that existed.
    ///
    /// Not repeatable, because of the count; see ``repeatable()``.
    public static func del(_ keys: [String]) -> RedisCommand {
        RedisCommand("DEL", keys)
    }

    /// Deletes a key; 1 if it existed.
    public static func del(_ key: String) -> RedisCommand {
        del([key])
    }

    /// Returns whether a key exists: 1 or 0.
    public static func exists(_ key: String) -> RedisCommand {
        RedisCommand("EXISTS", [key], repeatable: true)
    }

    /// Sets the time until a key expires; the reply is 0 if it does not exist.
    public static func expire(_ key: String, after lifetime: Duration) -> RedisCommand {
        RedisCommand("PEXPIRE", [key, milliseconds(lifetime)], repeatable: true)
    }

    /// Adds to a counter, which starts at 0; the reply is the new value.
    public static func incr(_ key: String, by amount: Int = 1) -> RedisCommand {
        RedisCommand("INCRBY", [key, String(amount)])
    }

    /// Reads one page of keys; ``RedisClient/scan(prefix:count:)`` reads all pages.
    public static func scan(cursor: String, matching pattern: String, count: Int) -> RedisCommand {
        RedisCommand("SCAN", [cursor, "MATCH", pattern, "COUNT", String(max(count, 1))], repeatable: true)
    }

    /// Formats a lifetime in milliseconds, at most some 95 000 years, which fits the integers of Redis.
    private static func milliseconds(_ duration: Duration) -> String {
        String(Int(min(max(duration / .milliseconds(1), 1), 3e15)))
    }
}
