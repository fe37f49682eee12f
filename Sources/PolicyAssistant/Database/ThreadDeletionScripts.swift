internal import FoundationEssentials
internal import Redis

/// The scripts that take a thread from its user and track its deletion upstream.
enum ThreadDeletionScripts {
    /// Deletes the owner's mapping to one thread; returns whether it existed.
    static func remove(_ threadID: String, of owner: ThreadOwner) -> RedisScriptCall<Bool> {
        RedisScriptCall(remove, keys: [owner.key], arguments: [threadID])
    }

    /// Lists a thread for deletion, and deletes the owner's mapping to it.
    static func postpone(
        _ thread: PendingThreadDeletion,
        of owner: ThreadOwner,
        noting responses: [String]
    ) -> RedisScriptCall<Void> {
        RedisScriptCall(
            postpone,
            keys: [owner.key, .pendingDeletions, .pendingDeletionUsers, .responses(of: thread.id)],
            arguments: [
                thread.id, thread.value, owner.user.pseudonym,
                String(ThreadsDatabase.responseRetention.components.seconds),
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
        /// Nothing is deleted, as the user has other turns or roles than the call declares: these.
        case changed(turnKeys: [String], roles: [RoleKey])
    }

    /// Deletes the mappings to the user's threads, which are listed for deletion, all keys of the user's turns, the user's
    /// roles, and what is remembered.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - turnKeys: The names in the set of the user's keys, as they were read last.
    ///   - roles: The roles in which the user has had a thread, as they were read last.
    ///   - owner: The only thread to delete, with the turns; nil for all that is the user's.
    ///   - kept: A thread that stays upstream.
    /// - Returns: The call.
    static func deleteUser(
        _ user: UserID,
        turnKeys: [String],
        roles: [RoleKey],
        only owner: ThreadOwner? = nil,
        exceptUpstream kept: String?
    ) -> RedisScriptCall<UserDeletion> {
        let owners = owner.map { [$0] } ?? [ThreadOwner(user: user)] + roles.map { ThreadOwner(user: user, role: $0) }
        var keys: [RedisKey] = [
            .pendingDeletions, .pendingDeletionUsers, .turns(of: user), .roleThreads(of: user), .roles(of: user),
            .remembered(of: user),
        ]
        keys += owners.map(\.key)
        keys += turnKeys.map { RedisKey(name: $0) }
        keys += turnKeys.compactMap { RedisKeyPattern.turn.value(in: $0) }.map { RedisKeyPattern.turnOwner.key($0) }
        let arguments = [
            user.pseudonym, kept ?? "", String(owners.count), String(turnKeys.count), owner == nil ? "all" : "thread",
        ]
        return RedisScriptCall(deleteUser, keys: keys, arguments: arguments + roles.map(\.value)) { reply in
            if let found = reply.integer { return .deleted(hadAnything: found == 1) }
            guard let lists = reply.array, lists.count == 2, let turns = lists[0].array, let roles = lists[1].array
            else {
                return nil
            }
            return .changed(
                turnKeys: turns.compactMap(\.string),
                roles: roles.compactMap(\.string).map(RoleKey.init(recorded:))
            )
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
        local turns, roles = redis.call('ZRANGE', KEYS[3], 0, -1), {}
        if ARGV[5] == 'all' then roles = redis.call('ZRANGE', KEYS[4], 0, -1) end
        local lastThread, declared = 6 + ARGV[3], {}
        for i = lastThread + 1, lastThread + ARGV[4] do declared[KEYS[i]] = true end
        for i = 6, #ARGV do declared[ARGV[i]] = true end
        for _, list in ipairs({turns, roles}) do
            for _, name in ipairs(list) do
                if not declared[name] then return {turns, roles} end
            end
        end
        for i = 7, lastThread do
            local thread, api, upstream = unpack(redis.call('HMGET', KEYS[i], 'id', 'protocol', 'base_url'))
            if thread and thread ~= ARGV[2] then
                redis.call('HSET', KEYS[1], thread, (api or '') .. ' ' .. (upstream or ''))
                redis.call('HSET', KEYS[2], thread, ARGV[1])
            end
        end
        local found = redis.call('DEL', KEYS[3])
        for i = ARGV[5] == 'all' and 4 or 7, #KEYS do
            if redis.call('DEL', KEYS[i]) == 1 then found = 1 end
        end
        return found
        """,
        repeatable: true
    )
}
