internal import FoundationEssentials
internal import Redis

/// What users want remembered in later threads.
public struct Memory: Sendable {
    private let redis: RedisClient

    /// Creates the memory on a client of the threads database.
    init(redis: RedisClient) {
        self.redis = redis
    }

    /// Returns what is remembered for a user, oldest first.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func messages(of user: UserID) async throws -> [RememberedMessage] {
        let hash = try await redis.ask(.hgetall(RedisKey.remembered(of: user).name))
        return RememberedMessage.messages(fields: hash.dictionary ?? [:])
    }

    /// Remembers a message of a user.
    ///
    /// - Returns: Whether it is new.
    /// - Throws: ``PolicyAssistantError`` with the code `tooMuchRemembered` or `storeUnavailable`.
    func add(_ message: RememberedMessage, of user: UserID) async throws -> Bool {
        switch try await redis.run(RoleScripts.remember(message, of: user)) {
        case .created: return true
        case .replaced: return false
        case .full:
            throw PolicyAssistantError(
                .tooMuchRemembered,
                "At most \(RememberedMessage.maximumCount) messages are remembered, and at most "
                    + "\(RememberedMessage.maximumCharactersInRole) characters in a role. Forget some of them first."
            )
        }
    }

    /// Forgets a message.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `notRemembered` or `storeUnavailable`.
    public func remove(_ id: String, of user: UserID) async throws {
        guard try await redis.ask(.hdel(RedisKey.remembered(of: user).name, [id])).integer == 1 else {
            throw PolicyAssistantError(.notRemembered, "Nothing with this ID is remembered for this user.")
        }
    }

    /// Forgets everything of a user's role.
    func removeAll(of user: UserID, in role: RoleKey) async throws {
        try await remove(messages(of: user), of: user, in: role)
    }

    /// Forgets everything of a role, except of users whose own role it is.
    func removeAll(in role: RoleKey, unlessOwnedBy isOwn: (UserID) async throws -> Bool) async throws {
        try await redis.hashes(withPrefix: RedisKeyPattern.remembered.prefix) { hashes in
            for (key, fields) in hashes {
                let messages = RememberedMessage.messages(fields: fields)
                guard messages.contains(where: { $0.role == role }),
                    let user = RedisKeyPattern.remembered.value(in: key).map(UserID.init(recorded:)),
                    try await !isOwn(user)
                else { continue }
                try await remove(messages, of: user, in: role)
            }
        }
    }

    private func remove(_ messages: [RememberedMessage], of user: UserID, in role: RoleKey) async throws {
        let ids = messages.filter { $0.role == role }.map(\.id)
        guard !ids.isEmpty else { return }
        _ = try await redis.ask(.hdel(RedisKey.remembered(of: user).name, ids))
    }
}
