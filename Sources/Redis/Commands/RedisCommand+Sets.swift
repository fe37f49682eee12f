extension RedisCommand {
    /// Adds members to a set; the reply counts the new ones.
    ///
    /// Not repeatable, because of the count; see ``repeatable()``.
    public static func sadd(_ key: String, _ members: [String]) -> RedisCommand {
        RedisCommand("SADD", [key] + members)
    }

    /// Takes members out of a set; the reply counts those that were in it.
    ///
    /// Not repeatable, because of the count; see ``repeatable()``.
    public static func srem(_ key: String, _ members: [String]) -> RedisCommand {
        RedisCommand("SREM", [key] + members)
    }

    /// Reads the members of a set, in no order.
    public static func smembers(_ key: String) -> RedisCommand {
        RedisCommand("SMEMBERS", [key], repeatable: true)
    }

    /// Asks whether a value is in a set: 1 or 0.
    public static func sismember(_ key: String, _ member: String) -> RedisCommand {
        RedisCommand("SISMEMBER", [key, member], repeatable: true)
    }

    /// Counts the members of a set.
    public static func scard(_ key: String) -> RedisCommand {
        RedisCommand("SCARD", [key], repeatable: true)
    }
}
