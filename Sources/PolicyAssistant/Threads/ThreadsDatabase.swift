public import Redis

/// The Redis database of the users' threads: `thread:<user>` and `lock:<user>`.
public struct ThreadsDatabase: Sendable {
    let redis: RedisClient

    /// Creates the database's door.
    public init(redis: RedisClient) {
        self.redis = redis
    }

    /// Returns the user's thread, if there is one.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func thread(of user: UserID) async throws -> ThreadRecord? {
        try await redis.ask(.hgetall(Self.key(user.value))).dictionary.flatMap(ThreadRecord.init(fields:))
    }

    /// Returns how many users have a thread.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func count() async throws -> Int {
        try await redis.keys(withPrefix: ThreadRecord.prefix).count
    }

    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable` where the database does not answer.
    func ping() async throws {
        _ = try await redis.ask(RedisCommand("PING", [], repeatable: true))
    }

    /// Returns the threads that were made under a revision before `revision`.
    func threads(olderThan revision: Int) async throws -> [OwnedThread] {
        let keys = try await redis.keys(withPrefix: ThreadRecord.prefix)
        let hashes = try await redis.ask(keys.map { .hgetall($0) })
        return zip(keys, hashes).compactMap { key, hash in
            guard let record = hash.dictionary.flatMap(ThreadRecord.init(fields:)), record.revision < revision else {
                return nil
            }
            return OwnedThread(user: String(key.dropFirst(ThreadRecord.prefix.count)), record: record)
        }
    }

    /// A thread and the user whose it is.
    struct OwnedThread: Sendable {
        let user: String
        let record: ThreadRecord
    }

    /// Deletes the mapping of a user to one thread; a newer thread stays.
    ///
    /// - Returns: Whether it was there.
    @discardableResult
    func forget(_ threadID: String, of user: String) async throws -> Bool {
        try await redis.ask(Self.compareAndDelete, keys: [Self.key(user)], arguments: [threadID]).integer == 1
    }

    enum Admission {
        /// The turn may run; the thread is the one on record.
        case admitted(Turn, thread: ThreadRecord?)
        /// Another turn of the user runs; its lock ends after so long at the latest.
        case occupied(remaining: Duration)
    }

    /// Takes the user's turn lock and reads the thread, in one round trip.
    func begin(_ user: UserID, lease: Duration, token: String = RandomToken.make()) async throws -> Admission {
        let turn = Turn(user: user.value, token: token)
        let reply = try await redis.ask(
            Self.beginTurn,
            keys: [turn.lockKey, turn.threadKey],
            arguments: [token, String(lease.milliseconds)]
        )
        if let remaining = reply.integer { return .occupied(remaining: .milliseconds(max(remaining, 0))) }
        return .admitted(turn, thread: reply.dictionary.flatMap(ThreadRecord.init(fields:)))
    }

    /// Makes `record` the user's thread, provided that the turn still holds its lock.
    ///
    /// - Returns: Whether it did.
    func assign(_ record: ThreadRecord, in turn: Turn) async throws -> Bool {
        let keys = [turn.lockKey, turn.threadKey]
        return try await redis.ask(Self.assignThread, keys: keys, arguments: [turn.token] + record.words).integer == 1
    }

    /// Notes when the thread was used, if it is still the user's, and gives the lock back, if the turn still holds it.
    func end(_ turn: Turn, used threadID: String? = nil, at time: String = "") async throws {
        _ = try await redis.ask(
            Self.endTurn,
            keys: [turn.lockKey, turn.threadKey],
            arguments: [turn.token, threadID ?? "", time]
        )
    }

    /// A user's turn, which others of the same user wait for.
    struct Turn: Sendable {
        let user: String
        let token: String

        var lockKey: String { "lock:\(user)" }
        var threadKey: String { ThreadsDatabase.key(user) }
    }

    static func key(_ user: String) -> String { ThreadRecord.prefix + user }

    private static let beginTurn = RedisScript(
        """
        if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and redis.call('GET', KEYS[1]) ~= ARGV[1] then
            return redis.call('PTTL', KEYS[1])
        end
        return redis.call('HGETALL', KEYS[2])
        """,
        repeatable: true
    )

    private static let assignThread = RedisScript(
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('DEL', KEYS[2])
        redis.call('HSET', KEYS[2], unpack(ARGV, 2))
        return 1
        """,
        repeatable: true
    )

    private static let endTurn = RedisScript(
        """
        if ARGV[2] ~= '' and redis.call('HGET', KEYS[2], 'id') == ARGV[2] then
            redis.call('HSET', KEYS[2], 'last_used_at', ARGV[3])
        end
        if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
        return 1
        """,
        repeatable: true
    )

    private static let compareAndDelete = RedisScript(
        """
        if redis.call('HGET', KEYS[1], 'id') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
        return 0
        """,
        repeatable: true
    )
}
