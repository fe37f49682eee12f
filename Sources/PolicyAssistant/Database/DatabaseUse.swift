/// The keys and commands of one of the two Redis databases: the permissions of an ACL user, and the product's own keys.
///
/// docs/OPERATIONS.md has them as one line to copy.
struct DatabaseUse: Sendable {
    /// The patterns of all keys, as Redis writes them: names, and prefixes with `*` at the end.
    let keys: [String]
    /// All commands, those of scripts included, in lower case.
    let commands: [String]
    /// The key that is written to check that the database accepts writes.
    let probe: RedisKey
    /// The pattern of keys with random names that are written to check permissions.
    let probeTokens: RedisKeyPattern

    /// The longest that a key lives that was written to check something.
    static let probeLifetime = Duration.seconds(5)

    /// The database of threads, turns and callers.
    static let threads = DatabaseUse(
        of: .threads,
        commands: [
            "ping", "scan", "get", "mget", "set", "del", "exists", "expire", "pexpire", "time", "hget", "hmget",
            "hgetall", "hlen", "hset", "hdel", "rpush", "llen", "lindex", "lrange", "zadd", "zrange", "zrem",
            "zremrangebyscore", "eval", "evalsha",
        ] + queueCommands,
        probe: RedisKeyPattern.threadsProbe.key(),
        probeTokens: .threadsProbeToken
    )

    /// What queues need besides.
    private static let queueCommands = [
        "hincrby", "lrem", "linsert", "zcard", "zscore", "zrangebyscore", "xadd", "xack", "xdel", "xlen", "xrange",
        "xrevrange", "xread", "xreadgroup", "xpending", "xclaim", "xgroup", "xinfo",
    ]

    /// The database of documents.
    static let files = DatabaseUse(
        of: .files,
        commands: [
            "ping", "scan", "get", "mget", "set", "del", "pexpire", "hgetall", "hset", "hdel", "sadd", "srem",
            "smembers", "eval", "evalsha",
        ],
        probe: RedisKeyPattern.filesProbe.key(),
        probeTokens: .filesProbeToken
    )

    private init(
        of database: RedisKeyPattern.Database,
        commands: [String],
        probe: RedisKey,
        probeTokens: RedisKeyPattern
    ) {
        keys = RedisKeyPattern.all.filter { $0.database == database || $0.database == .both }.map(\.glob)
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        self.commands = commands
        self.probe = probe
        self.probeTokens = probeTokens
    }

    /// Whether a key is one of this product, in either database.
    static func isOwn(_ key: String) -> Bool {
        (threads.keys + files.keys).contains { pattern in
            pattern.hasSuffix("*")
                ? key.utf8.starts(with: pattern.utf8.dropLast()) : key.utf8.elementsEqual(pattern.utf8)
        }
    }
}
