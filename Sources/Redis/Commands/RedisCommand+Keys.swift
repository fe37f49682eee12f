extension RedisCommand {
    /// Asks whether the server is there.
    public static let ping = RedisCommand("PING", repeatable: true)

    /// Reads a string; null if there is none.
    public static func get(_ key: String) -> RedisCommand {
        RedisCommand("GET", [key], repeatable: true)
    }

    /// Reads several strings: an array with null where there is none.
    public static func mget(_ keys: [String]) -> RedisCommand {
        RedisCommand("MGET", keys, repeatable: true)
    }

    /// Writes a string, over what was there.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - value: The new value.
    ///   - lifetime: When given, the key goes away by itself after it; counted in whole milliseconds, at least one.
    /// - Returns: The command, whose reply is `OK`.
    public static func set(_ key: String, _ value: String, lifetime: Duration? = nil) -> RedisCommand {
        RedisCommand("SET", [key, value] + (lifetime.map { ["PX", milliseconds($0)] } ?? []), repeatable: true)
    }

    /// Writes a string if the key does not exist; null if it does.
    ///
    /// Not repeatable: the second run would meet the key that the first one made.
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

    /// Asks whether a key exists: 1 or 0.
    public static func exists(_ key: String) -> RedisCommand {
        RedisCommand("EXISTS", [key], repeatable: true)
    }

    /// Lets a key go away by itself after a time; 0 if it does not exist.
    public static func expire(_ key: String, after lifetime: Duration) -> RedisCommand {
        RedisCommand("PEXPIRE", [key, milliseconds(lifetime)], repeatable: true)
    }

    /// Adds to a counter, which begins at 0; the reply is its new value.
    public static func incr(_ key: String, by amount: Int = 1) -> RedisCommand {
        RedisCommand("INCRBY", [key, String(amount)])
    }

    /// Reads one page of keys; ``RedisClient/scan(prefix:count:)`` reads them all.
    public static func scan(cursor: String, matching pattern: String, count: Int) -> RedisCommand {
        RedisCommand("SCAN", [cursor, "MATCH", pattern, "COUNT", String(max(count, 1))], repeatable: true)
    }

    /// Spells a lifetime as Redis counts it; a longer one than a thousand centuries makes no difference to it.
    private static func milliseconds(_ duration: Duration) -> String {
        String(Int(min(max(duration / .milliseconds(1), 1), 3e15)))
    }
}
