extension RedisCommand {
    /// Runs a script by its source, in a transaction or a pipeline.
    ///
    /// By itself, a script is better run with ``RedisClient/evaluate(_:keys:arguments:)``.
    public static func eval(_ script: RedisScript, keys: [String], arguments: [String]) -> RedisCommand {
        RedisCommand(
            "EVAL",
            [script.source, String(keys.count)] + keys + arguments,
            repeatable: script.isRepeatable
        )
    }

    /// Runs a script by its hash; an error with the code `NOSCRIPT` if the server does not know it.
    static func evalsha(_ script: RedisScript, keys: [String], arguments: [String]) -> RedisCommand {
        RedisCommand(
            "EVALSHA",
            [script.digest, String(keys.count)] + keys + arguments,
            repeatable: script.isRepeatable
        )
    }
}
