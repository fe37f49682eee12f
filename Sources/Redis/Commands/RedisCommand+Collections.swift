extension RedisCommand {
    /// Reads all fields of a hash, none if it does not exist; see ``RedisValue/dictionary``.
    public static func hgetall(_ key: String) -> RedisCommand {
        RedisCommand("HGETALL", [key], repeatable: true)
    }

    /// Reads one field of a hash; null if it does not exist.
    public static func hget(_ key: String, _ field: String) -> RedisCommand {
        RedisCommand("HGET", [key, field], repeatable: true)
    }

    /// Reads fields of a hash: an array with null for each that does not exist.
    public static func hmget(_ key: String, _ fields: [String]) -> RedisCommand {
        RedisCommand("HMGET", [key] + fields, repeatable: true)
    }

    /// Writes fields of a hash, at least one, in the order of their names; other fields stay.
    ///
    /// Repeatable: the same values are written again. Only the reply, which counts the new fields, may be 0 after a
    /// repetition.
    public static func hset(_ key: String, _ fields: [String: String]) -> RedisCommand {
        RedisCommand(
            "HSET",
            [key] + fields.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] },
            repeatable: true
        )
    }

    /// Deletes fields of a hash; the reply counts those that existed.
    ///
    /// Not repeatable, because of the count; see ``repeatable()``.
    public static func hdel(_ key: String, _ fields: [String]) -> RedisCommand {
        RedisCommand("HDEL", [key] + fields)
    }

    /// Adds to a counter in a hash, which starts at 0; the reply is the new value.
    public static func hincr(_ key: String, _ field: String, by amount: Int = 1) -> RedisCommand {
        RedisCommand("HINCRBY", [key, field, String(amount)])
    }
}

extension RedisCommand {
    /// Adds members to a set; the reply counts the new ones.
    ///
    /// Not repeatable, because of the count; see ``repeatable()``.
    public static func sadd(_ key: String, _ members: [String]) -> RedisCommand {
        RedisCommand("SADD", [key] + members)
    }

    /// Removes members from a set; the reply counts those that were in it.
    ///
    /// Not repeatable, because of the count; see ``repeatable()``.
    public static func srem(_ key: String, _ members: [String]) -> RedisCommand {
        RedisCommand("SREM", [key] + members)
    }

    /// Reads the members of a set, in no order.
    public static func smembers(_ key: String) -> RedisCommand {
        RedisCommand("SMEMBERS", [key], repeatable: true)
    }

    /// Returns whether a value is in a set: 1 or 0.
    public static func sismember(_ key: String, _ member: String) -> RedisCommand {
        RedisCommand("SISMEMBER", [key, member], repeatable: true)
    }

    /// Counts the members of a set.
    public static func scard(_ key: String) -> RedisCommand {
        RedisCommand("SCARD", [key], repeatable: true)
    }
}
