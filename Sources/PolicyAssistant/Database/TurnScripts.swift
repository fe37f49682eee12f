internal import FoundationEssentials
internal import Redis

/// The scripts of turns: the user's lock, the queue of replicas that wait for it, and the thread that the turn uses.
enum TurnScripts {
    /// Takes the user's lock and reads the thread and what is remembered, or puts the replica into the queue.
    static func begin(_ lock: ThreadsDatabase.TurnLock, by replica: String) -> RedisScriptCall<
        ThreadsDatabase.TurnAdmission
    > {
        RedisScriptCall(
            begin,
            keys: [lock.key, lock.owner.key, .turnQueue(of: lock.user), .remembered(of: lock.user)],
            arguments: [lock.token, replica, String(ThreadsDatabase.lockLease.milliseconds)]
        ) { reply in
            if reply.integer == 0 { return .occupied }
            guard let hashes = reply.array, hashes.count == 2, let thread = hashes[0].dictionary,
                let remembered = hashes[1].dictionary
            else { return nil }
            return .admitted(
                lock,
                thread: ThreadRecord(fields: thread),
                remembered: RememberedMessage.messages(fields: remembered)
            )
        }
    }

    /// Gives locks their whole lease again; returns for each whether its turn still holds it.
    static func renew(_ locks: [ThreadsDatabase.TurnLock]) -> RedisScriptCall<[Bool]> {
        RedisScriptCall(
            renew,
            keys: locks.map(\.key),
            arguments: [String(ThreadsDatabase.lockLease.milliseconds)] + locks.map(\.token)
        ) { reply in
            reply.array.map { $0.map { $0.integer == 1 } }
        }
    }

    /// Makes a thread the user's, and lists the one that it replaces for deletion.
    static func assign(
        _ record: ThreadRecord,
        under lock: ThreadsDatabase.TurnLock,
        keeping kept: String?
    ) -> RedisScriptCall<ThreadsDatabase.Assignment> {
        RedisScriptCall(
            assign,
            keys: [
                lock.key, lock.owner.key, .flushedRevision, .pendingDeletions, .pendingDeletionUsers,
                .roleThreads(of: lock.user),
            ],
            arguments: [
                lock.token, String(record.revision), lock.user.pseudonym, kept ?? "", lock.owner.role?.value ?? "",
            ] + record.fieldsAndValues
        ) { reply in
            switch reply.integer {
            case 1: .assigned
            case 0: .lockLost
            case -1: .outdated
            default: nil
            }
        }
    }

    /// Releases the lock, and records when the thread was used and which responses the turn leaves upstream.
    static func end(
        _ lock: ThreadsDatabase.TurnLock,
        used threadID: String?,
        leaving trace: TurnTrace?,
        at time: Date
    ) -> RedisScriptCall<Void> {
        var keys = [lock.key, lock.owner.key]
        var arguments = [lock.token, threadID ?? "", time.timestamp]
        if let trace {
            let thread = PendingThreadDeletion(trace.thread)
            keys += [.responses(of: thread.id), .pendingDeletions, .pendingDeletionUsers]
            arguments += [thread.id, thread.value, lock.user.pseudonym]
            arguments += [String(ThreadsDatabase.responseRetention.components.seconds)] + trace.responses
        }
        return RedisScriptCall(end, keys: keys, arguments: arguments)
    }

    static let all = [begin, renew, assign, end]

    private static let begin = RedisScript(
        """
        local holder = redis.call('GET', KEYS[1])
        local isOwn = holder and string.sub(holder, 1, #ARGV[2] + 1) == ARGV[2] .. ':'
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local queue, came, isFirst = redis.call('HGETALL', KEYS[3]), now, true
        for i = 1, #queue, 2 do
            if queue[i] == ARGV[2] then came = tonumber(string.match(queue[i + 1], '%d+')) end
        end
        for i = 1, #queue, 2 do
            local since, seen = string.match(queue[i + 1], '(%d+) (%d+)')
            if now - seen > ARGV[3] * 1000 then
                redis.call('HDEL', KEYS[3], queue[i])
            elseif tonumber(since) < came then
                isFirst = false
            end
        end
        if holder == ARGV[1] or (isFirst and (isOwn or not holder)) then
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
            redis.call('HDEL', KEYS[3], ARGV[2])
            return {redis.call('HGETALL', KEYS[2]), redis.call('HGETALL', KEYS[4])}
        end
        if isOwn then redis.call('DEL', KEYS[1]) end
        redis.call('HSET', KEYS[3], ARGV[2], string.format('%.0f %.0f', came, now))
        redis.call('PEXPIRE', KEYS[3], ARGV[3])
        return 0
        """,
        repeatable: true
    )

    private static let renew = RedisScript(
        """
        local held = {}
        for i, key in ipairs(KEYS) do
            local isHeld = redis.call('GET', key) == ARGV[i + 1]
            held[i] = isHeld and redis.call('PEXPIRE', key, ARGV[1]) or 0
        end
        return held
        """,
        repeatable: true
    )

    private static let assign = RedisScript(
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        if tonumber(redis.call('GET', KEYS[3]) or '0') > tonumber(ARGV[2]) then return -1 end
        local former, api, upstream = unpack(redis.call('HMGET', KEYS[2], 'id', 'protocol', 'base_url'))
        if former and former ~= ARGV[7] and former ~= ARGV[4] then
            redis.call('HSET', KEYS[4], former, (api or '') .. ' ' .. (upstream or ''))
            redis.call('HSET', KEYS[5], former, ARGV[3])
        end
        redis.call('DEL', KEYS[2])
        redis.call('HSET', KEYS[2], unpack(ARGV, 6))
        if ARGV[5] ~= '' then redis.call('ZADD', KEYS[6], redis.call('TIME')[1], ARGV[5]) end
        return 1
        """,
        repeatable: true
    )

    private static let end = RedisScript(
        """
        if ARGV[2] ~= '' and redis.call('HGET', KEYS[2], 'id') == ARGV[2] then
            redis.call('HSET', KEYS[2], 'last_used_at', ARGV[3])
        end
        if KEYS[3] then
            local now = redis.call('TIME')[1]
            for i = 8, #ARGV do redis.call('ZADD', KEYS[3], now, ARGV[i]) end
            redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[7])
            redis.call('EXPIRE', KEYS[3], ARGV[7])
            if redis.call('HGET', KEYS[2], 'id') ~= ARGV[4] then
                redis.call('HSET', KEYS[4], ARGV[4], ARGV[5])
                redis.call('HSET', KEYS[5], ARGV[4], ARGV[6])
            end
        end
        if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
        return 1
        """,
        repeatable: true
    )
}
