public import Redis

/// The Redis database of the users' threads and their turns.
public struct ThreadsDatabase: Sendable {
    let redis: RedisClient

    /// Creates the database on a client that is connected to it.
    public init(redis: RedisClient) {
        self.redis = redis
    }

    /// Returns the user's thread without a role, if there is one.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func thread(of user: UserID) async throws -> ThreadRecord? {
        try await thread(of: ThreadOwner(user: user))
    }

    /// Returns the owner's thread, if there is one.
    func thread(of owner: ThreadOwner) async throws -> ThreadRecord? {
        try await redis.ask(.hgetall(owner.key.name)).dictionary.flatMap(ThreadRecord.init(fields:))
    }

    /// Returns for each role whether the user has a thread in it; nil is the default role.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func haveThreads(of user: UserID, in roles: [Role?]) async throws -> [Bool] {
        let keys = roles.map { ThreadOwner(user: user, role: $0?.key).key }
        return try await redis.ask(keys.map { .exists($0.name) }).map { $0.integer == 1 }
    }

    /// Returns how many threads there are: one for each user and role.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func count() async throws -> Int {
        async let ofUsers = redis.keys(withPrefix: RedisKeyPattern.thread.prefix).count
        async let inRoles = redis.keys(withPrefix: RedisKeyPattern.roleThread.prefix).count
        return try await ofUsers + inRoles
    }

    /// Checks that the database answers.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func ping() async throws {
        _ = try await redis.ask(.ping)
    }
}
