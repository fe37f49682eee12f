internal import Redis

/// Checks of the database that leave nothing in it.
extension ThreadsDatabase {
    /// Runs every command that a turn runs, writes included, on a key of its own, and checks the permission for all keys.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable` where a turn would fail: Redis has no memory
    ///   left, cannot save, is a replica, or denies its user a command or a key.
    func checkTurnCommands() async throws {
        try await redis.run(CheckScripts.turnCommands())
    }

    /// Returns whether the documents are in this very database, under whatever name its server is known.
    func isInOneDatabase(with files: FilesDatabase) async throws -> Bool {
        let (key, token) = (DatabaseUse.threads.probeTokens.key(RandomToken.make()).name, RandomToken.make())
        _ = try await redis.ask(.set(key, token, lifetime: DatabaseUse.probeLifetime))
        do {
            let isOne = try await files.redis.send(.get(key)).string == token
            _ = try await redis.send(RedisCommand.del(key).repeatable())
            return isOne
        } catch {
            // A user of the files database alone may not read the key: that is another database.
            guard error.code == .notPermitted else { throw PolicyAssistantError(error) }
            return false
        }
    }
}

/// The scripts of checks.
enum CheckScripts {
    /// Runs the commands of a turn on the probe's key, and names keys of every kind that a turn touches, for the server to
    /// check the permission for them.
    static func turnCommands() -> RedisScriptCall<Void> {
        let patterns: [RedisKeyPattern] = [
            .thread, .turnLock, .turnQueue, .turnOwner, .idempotency, .questionsOfUser,
        ]
        return RedisScriptCall(
            turnCommandsScript,
            keys: [DatabaseUse.threads.probe] + patterns.map { $0.key("probe") } + [.flushedRevision],
            arguments: [String(DatabaseUse.probeLifetime.milliseconds)]
        )
    }

    static let all = [turnCommandsScript]

    /// The first write is one that a server without memory refuses; everything written has a lifetime.
    private static let turnCommandsScript = RedisScript(
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
