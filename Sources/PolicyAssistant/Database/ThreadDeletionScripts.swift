internal import FoundationEssentials
internal import Redis

/// The scripts that take a thread from its user and track its deletion upstream.
enum ThreadDeletionScripts {
    /// Deletes the user's mapping to one thread; returns whether it existed.
    static func remove(_ threadID: String, of user: UserID) -> RedisScriptCall<Bool> {
        RedisScriptCall(remove, keys: [.thread(of: user)], arguments: [threadID])
    }

    /// Lists a thread for deletion, and deletes the user's mapping to it.
    static func postpone(
        _ thread: PendingThreadDeletion,
        of user: UserID,
        noting responses: [String]
    ) -> RedisScriptCall<Void> {
        RedisScriptCall(
            postpone,
            keys: [.thread(of: user), .pendingDeletions, .pendingDeletionUsers, .responses(of: thread.id)],
            arguments: [
                thread.id, thread.value, user.pseudonym, String(ThreadsDatabase.responseRetention.components.seconds),
            ] + responses
        )
    }

    /// Removes a thread from the list, and the responses that are deleted; returns false where others are left.
    static func confirm(_ threadID: String, with responses: [String]) -> RedisScriptCall<Bool> {
        RedisScriptCall(
            confirm,
            keys: [.pendingDeletions, .pendingDeletionUsers, .responses(of: threadID)],
            arguments: [threadID] + responses
        )
    }

    /// Finds the listed threads of one user.
    static func find(of user: UserID) -> RedisScriptCall<[PendingThreadDeletion]> {
        RedisScriptCall(
            find,
            keys: [.pendingDeletions, .pendingDeletionUsers],
            arguments: [user.pseudonym]
        ) { reply in
            reply.array.map { values in
                stride(from: 0, to: values.count - 1, by: 2).compactMap { index in
                    guard let id = values[index].string, let value = values[index + 1].string else { return nil }
                    return PendingThreadDeletion(id: id, value: value)
                }
            }
        }
    }

    /// What became of an attempt to delete everything of a user.
    enum UserDeletion: Sendable, Equatable {
        case deleted(hadAnything: Bool)
        /// Nothing is deleted, as the user's turns have other keys than the call declares: these.
        case changed(keys: [String])
    }

    /// Deletes the mapping to the user's thread, which is listed for deletion, and all keys of the user's turns.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - turnKeys: The names in the set of the user's keys, as they were read last.
    ///   - kept: A thread that stays upstream.
    /// - Returns: The call.
    static func deleteUser(
        _ user: UserID,
        turnKeys: [String],
        exceptUpstream kept: String?
    ) -> RedisScriptCall<UserDeletion> {
        var keys: [RedisKey] = [.thread(of: user), .turns(of: user), .pendingDeletions, .pendingDeletionUsers]
        keys += turnKeys.map { RedisKey(name: $0) }
        keys += turnKeys.compactMap { RedisKeyPattern.turn.value(in: $0) }.map { RedisKeyPattern.turnOwner.key($0) }
        return RedisScriptCall(
            deleteUser,
            keys: keys,
            arguments: [user.pseudonym, kept ?? "", String(turnKeys.count)]
        ) { reply in
            if let found = reply.integer { return .deleted(hadAnything: found == 1) }
            return reply.array.map { .changed(keys: $0.compactMap(\.string)) }
        }
    }

    static let all = [remove, postpone, confirm, find, deleteUser]

    private static let remove = RedisScript(
        """
        if redis.call('HGET', KEYS[1], 'id') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
        return 0
        """,
        repeatable: true
    )

    private static let postpone = RedisScript(
        """
        redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
        redis.call('HSET', KEYS[3], ARGV[1], ARGV[3])
        if ARGV[5] then
            local now = redis.call('TIME')[1]
            for i = 5, #ARGV do redis.call('ZADD', KEYS[4], now, ARGV[i]) end
            redis.call('EXPIRE', KEYS[4], ARGV[4])
        end
        if redis.call('HGET', KEYS[1], 'id') == ARGV[1] then redis.call('DEL', KEYS[1]) end
        return 1
        """,
        repeatable: true
    )

    private static let confirm = RedisScript(
        """
        for i = 2, #ARGV do redis.call('ZREM', KEYS[3], ARGV[i]) end
        if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
        redis.call('HDEL', KEYS[1], ARGV[1])
        redis.call('HDEL', KEYS[2], ARGV[1])
        return 1
        """,
        repeatable: true
    )

    private static let find = RedisScript(
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

    private static let deleteUser = RedisScript(
        """
        local turns, declared = redis.call('ZRANGE', KEYS[2], 0, -1), {}
        for i = 5, 4 + ARGV[3] do declared[KEYS[i]] = true end
        for _, key in ipairs(turns) do
            if not declared[key] then return turns end
        end
        local found = #turns > 0 and 1 or 0
        local thread, api, upstream = unpack(redis.call('HMGET', KEYS[1], 'id', 'protocol', 'base_url'))
        if thread then
            found = 1
            if thread ~= ARGV[2] then
                redis.call('HSET', KEYS[3], thread, (api or '') .. ' ' .. (upstream or ''))
                redis.call('HSET', KEYS[4], thread, ARGV[1])
            end
            redis.call('DEL', KEYS[1])
        end
        for i = 5, #KEYS do redis.call('DEL', KEYS[i]) end
        redis.call('DEL', KEYS[2])
        return found
        """,
        repeatable: true
    )
}
