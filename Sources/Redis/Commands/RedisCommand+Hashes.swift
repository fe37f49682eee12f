extension RedisCommand {
    /// Reads all fields of a hash, none if it does not exist.
    ///
    /// The reply is read with ``RedisValue/dictionary``.
    public static func hgetall(_ key: String) -> RedisCommand {
        RedisCommand("HGETALL", [key], repeatable: true)
    }

    /// Reads one field of a hash; null if there is none.
    public static func hget(_ key: String, _ field: String) -> RedisCommand {
        RedisCommand("HGET", [key, field], repeatable: true)
    }

    /// Reads fields of a hash: an array with null where there is none.
    public static func hmget(_ key: String, _ fields: [String]) -> RedisCommand {
        RedisCommand("HMGET", [key] + fields, repeatable: true)
    }

    /// Writes fields of a hash, at least one; other fields stay.
    ///
    /// Repeatable: the same values are written again. Only the reply, which counts the fields that are new, may say 0
    /// after a repetition.
    public static func hset(_ key: String, _ fields: [String: String]) -> RedisCommand {
        RedisCommand("HSET", [key] + fields.flatMap { [$0.key, $0.value] }, repeatable: true)
    }

    /// Deletes fields of a hash; the reply counts those that existed.
    ///
    /// Not repeatable, because of the count; see ``repeatable()``.
    public static func hdel(_ key: String, _ fields: [String]) -> RedisCommand {
        RedisCommand("HDEL", [key] + fields)
    }

    /// Adds to a counter in a hash, which begins at 0; the reply is its new value.
    public static func hincr(_ key: String, _ field: String, by amount: Int = 1) -> RedisCommand {
        RedisCommand("HINCRBY", [key, field, String(amount)])
    }
}
