public import Redis

/// The Redis database of the users' threads and their turns.
public struct ThreadsDatabase: Sendable {
    let redis: RedisClient

    /// Creates the database on a client that is connected to it.
    public init(redis: RedisClient) {
        self.redis = redis
    }

    /// Returns the user's thread, if there is one.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func thread(of user: UserID) async throws -> ThreadRecord? {
        try await redis.ask(.hgetall(RedisKey.thread(of: user).name)).dictionary.flatMap(ThreadRecord.init(fields:))
    }

    /// Returns how many users have a thread.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func count() async throws -> Int {
        try await redis.keys(withPrefix: RedisKeyPattern.thread.prefix).count
    }

    /// Checks that the database answers.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func ping() async throws {
        _ = try await redis.ask(.ping)
    }
}
