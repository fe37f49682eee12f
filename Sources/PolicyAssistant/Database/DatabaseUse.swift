/// The keys and commands of one of the two Redis databases: what an ACL user needs, and what belongs to this product.
///
/// docs/OPERATIONS.md has them as one line to copy, docs/ARCHITECTURE.md says what the keys hold.
struct DatabaseUse: Sendable {
    /// The patterns of all keys: names, and prefixes with `*` at the end.
    let keys: [String]
    /// All commands, those of scripts included, in lower case.
    let commands: [String]
    /// The key by which it is tried whether the database takes writes; it lives for a second.
    let probeKey: String

    /// The database of threads, turns and callers.
    static let threads = DatabaseUse(
        keys: [
            "thread:*", "lock:*", "waiting:*", "turn:*", "idempotency:*", "key:*", "rate:*", "user:*", "session:*",
            "signin:*", "responses:*", "turns:*", "revision", "undeleted", "undeleted_users", "imported",
        ],
        commands: [
            "ping", "scan", "get", "mget", "set", "del", "exists", "expire", "pexpire", "time", "hget", "hmget",
            "hgetall",
            "hlen", "hset",
            "hdel", "rpush", "llen", "lindex", "lrange", "zadd", "zrange", "zrem",
            "zremrangebyscore", "eval", "evalsha",
        ],
        probeKey: "turn:probe"
    )

    /// The database of documents.
    static let files = DatabaseUse(
        keys: [
            "file:*", "upload:*", "sync:*", FilesDatabase.formerLockKey, "corpus", "documents", "uploads", "lost",
            "trash", "trash_stores", "left_behind", "imported", Rejection.key,
        ],
        commands: [
            "ping", "scan", "get", "mget", "set", "del", "pexpire", "hgetall", "hset", "hdel", "sadd", "srem",
            "smembers",
            "eval", "evalsha",
        ],
        probeKey: "sync:probe"
    )

    /// Whether a key is one of this product, in either database.
    static func isOwn(_ key: String) -> Bool {
        (threads.keys + files.keys).contains { pattern in
            pattern.hasSuffix("*")
                ? key.utf8.starts(with: pattern.utf8.dropLast()) : key.utf8.elementsEqual(pattern.utf8)
        }
    }
}
