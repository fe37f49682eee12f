internal import Redis

/// What forgetting a user needs of the threads' database.
extension ThreadsDatabase {
    /// Deletes what is here of a user: the mapping to the thread, which goes on the list of threads to delete upstream,
    /// and the events and idempotency keys of turns, all in one script.
    ///
    /// To be called under the user's lock.
    ///
    /// - Parameters:
    ///   - user: Who is forgotten.
    ///   - kept: A thread that stays upstream, whoever was given it.
    /// - Returns: Whether there was anything.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func deleteAll(of user: UserID, exceptUpstream kept: String?) async throws -> Bool {
        try await redis.ask(
            Self.deleteUser,
            keys: [
                Self.key(user.value), TurnJournal.indexKey(of: user), PendingThreadDeletion.key,
                PendingThreadDeletion.usersKey,
            ],
            arguments: [user.pseudonym, kept ?? ""]
        ).integer == 1
    }

    /// The threads that were a user's, or still are and were replaced, and are still to be deleted upstream.
    func pendingDeletions(of user: UserID) async throws -> [PendingThreadDeletion] {
        let words =
            try await redis.ask(
                Self.findUndeleted,
                keys: [PendingThreadDeletion.key, PendingThreadDeletion.usersKey],
                arguments: [user.pseudonym]
            ).array?.compactMap(\.string) ?? []
        return stride(from: 0, to: words.count - 1, by: 2).map {
            PendingThreadDeletion(id: words[$0], value: words[$0 + 1])
        }
    }

    private static let deleteUser = RedisScript(
        """
        local found = 0
        local thread, api, upstream = unpack(redis.call('HMGET', KEYS[1], 'id', 'protocol', 'base_url'))
        if thread then
            found = 1
            if thread ~= ARGV[2] then
                redis.call('HSET', KEYS[3], thread, (api or '') .. ' ' .. (upstream or ''))
                redis.call('HSET', KEYS[4], thread, ARGV[1])
            end
            redis.call('DEL', KEYS[1])
        end
        for _, key in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
            found = 1
            redis.call('DEL', key, key .. ':owner')
        end
        redis.call('DEL', KEYS[2])
        return found
        """,
        repeatable: true
    )

    private static let findUndeleted = RedisScript(
        """
        local users, found = redis.call('HGETALL', KEYS[2]), {}
        for i = 1, #users, 2 do
            local value = users[i + 1] == ARGV[1] and redis.call('HGET', KEYS[1], users[i])
            if value then
                found[#found + 1] = users[i]
                found[#found + 1] = value
            end
        end
        return found
        """,
        repeatable: true
    )
}
