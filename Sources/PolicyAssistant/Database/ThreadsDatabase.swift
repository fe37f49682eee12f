public import Redis

/// The Redis database of the users' threads: `thread:<user>`, and what their turns need.
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

    /// Returns how many threads are still to be deleted upstream.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func pendingDeletionCount() async throws -> Int {
        try await redis.ask(RedisCommand("HLEN", [PendingThreadDeletion.key], repeatable: true)).integer ?? 0
    }

    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable` where the database does not answer.
    func ping() async throws {
        _ = try await redis.ask(.ping)
    }

    /// Deletes the mapping of a user to one thread; a newer thread stays.
    ///
    /// - Returns: Whether it was there.
    @discardableResult
    func removeThread(_ threadID: String, of user: String) async throws -> Bool {
        try await redis.ask(Self.compareAndDelete, keys: [Self.key(user)], arguments: [threadID]).integer == 1
    }

    static func key(_ user: String) -> String { ThreadRecord.prefix + user }

    private static let compareAndDelete = RedisScript(
        """
        if redis.call('HGET', KEYS[1], 'id') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
        return 0
        """,
        repeatable: true
    )
}
