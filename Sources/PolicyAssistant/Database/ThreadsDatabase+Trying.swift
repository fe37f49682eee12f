internal import Redis

/// Trials of the database that leave nothing in it.
extension ThreadsDatabase {
    /// Does with a key of its own what a turn does: all commands, the writes among them, and the permission for all keys.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable` where a turn would fail: Redis has no memory
    ///   left, cannot save, is a replica, or denies its user a command or a key.
    func checkTurnCommands() async throws {
        _ = try await redis.ask(
            Self.tryCommands,
            keys: [DatabaseUse.threads.probeKey] + Self.keysOfTurn,
            arguments: [String(Self.probeLifetime.milliseconds)]
        )
    }

    /// Whether the documents are in this very database, under whatever name its server is known here and there.
    func isInOneDatabase(with files: FilesDatabase) async throws -> Bool {
        let (key, word) = ("\(DatabaseUse.threads.probeKey):\(RandomToken.make())", RandomToken.make())
        _ = try await redis.ask(.set(key, word, lifetime: Self.probeLifetime))
        do {
            let isOne = try await files.redis.send(.get(key)).string == word
            _ = try await redis.send(RedisCommand.del(key).repeatable())
            return isOne
        } catch {
            // A user of the documents' database alone may not read the key: that is another database.
            guard error.code == .notPermitted else { throw PolicyAssistantError(error) }
            return false
        }
    }

    private static let probeLifetime = Duration.seconds(5)

    /// Keys of all kinds that a turn touches; they are named, for the server to check, and not touched.
    private static let keysOfTurn = [
        "thread:probe", "lock:probe", "waiting:probe", "turn:probe:owner", "idempotency:probe", "rate:probe",
        revisionKey,
    ]

    /// The first write is one that a server without memory refuses; each thing that is written has a time to live.
    private static let tryCommands = RedisScript(
        """
        local key = KEYS[1]
        redis.call('TIME')
        redis.call('SET', key, '', 'PX', ARGV[1])
        redis.call('PEXPIRE', key, ARGV[1])
        redis.call('GET', key)
        redis.call('EXISTS', key)
        redis.call('DEL', key)
        redis.call('HSET', key, 'field', '')
        redis.call('PEXPIRE', key, ARGV[1])
        redis.call('HGET', key, 'field')
        redis.call('HMGET', key, 'field')
        redis.call('HGETALL', key)
        redis.call('HDEL', key, 'field')
        redis.call('RPUSH', key, '')
        redis.call('PEXPIRE', key, ARGV[1])
        redis.call('LLEN', key)
        redis.call('DEL', key)
        return 1
        """,
        repeatable: true
    )
}
