internal import Redis

/// The scripts of the turn journal.
enum TurnJournalScripts {
    /// The outcome of an attempt to open a turn's entry.
    enum Opening: Sendable, Equatable {
        case granted
        /// The idempotency key stands for another turn with the same question.
        case taken(by: TurnID)
        /// The idempotency key stands for another question.
        case mismatched
        /// The idempotency key stands for another turn without an answer; the call has to name that turn, for the
        /// script to check whether it still runs.
        case undecided(TurnID)
    }

    /// Opens a turn's entry and lets the idempotency key stand for the turn.
    ///
    /// - Parameters:
    ///   - turn: The turn.
    ///   - user: The turn's user.
    ///   - key: The idempotency key, if there is one.
    ///   - other: The turn that the key stood for when it was read last.
    /// - Returns: The call.
    static func open(
        _ turn: TurnID,
        by user: UserID,
        claiming key: IdempotencyKey?,
        after other: TurnID?
    ) -> RedisScriptCall<Opening> {
        var keys: [RedisKey] = [.turn(turn), .turnOwner(turn), .turns(of: user)]
        if let key { keys.append(.idempotency(key, of: user)) }
        if let other { keys.append(.turnOwner(other)) }
        return RedisScriptCall(
            open,
            keys: keys,
            arguments: [
                user.value, String(TurnJournal.ownerLease.milliseconds), String(TurnJournal.retention.milliseconds),
                turn.description, key?.fingerprint ?? "", other?.description ?? "",
            ]
        ) { reply in
            let words = reply.array?.compactMap(\.string) ?? []
            let turn = words.count > 1 ? TurnID(words[1]) : nil
            switch words.first {
            case "granted": return .granted
            case "mismatched": return .mismatched
            case "taken": return turn.map { .taken(by: $0) } ?? .mismatched
            case "undecided": return turn.map { .undecided($0) } ?? .mismatched
            default: return nil
            }
        }
    }

    /// How a turn stands after an append.
    enum Progress: String {
        case running
        /// The turn is over.
        case failed, done
    }

    /// Adds events from number `first` on, and renews the turn's keys; returns whether the turn is to end.
    static func append(
        _ events: [String],
        first: Int,
        progress: Progress,
        to turn: TurnID,
        claiming key: IdempotencyKey?,
        of user: UserID,
        noting trace: TurnTrace?
    ) -> RedisScriptCall<Bool> {
        var keys: [RedisKey] = [.turn(turn), .turnOwner(turn), .turns(of: user)]
        // The positions of the keys that not every call has.
        var (claim, responses) = (0, 0)
        if let key {
            keys.append(.idempotency(key, of: user))
            claim = keys.count
        }
        if let trace {
            keys.append(.responses(of: trace.thread.id))
            responses = keys.count
        }
        return RedisScriptCall(
            append,
            keys: keys,
            arguments: [
                turn.description, String(first), String(TurnJournal.retention.milliseconds),
                String(TurnJournal.ownerLease.milliseconds), progress.rawValue, String(claim), String(responses),
                trace?.responses.last ?? "", String(ThreadsDatabase.responseRetention.components.seconds),
            ] + events
        ) { $0.string.map { $0 == TurnJournal.endRequest } }
    }

    /// What is read of a turn's entry.
    struct Part: Sendable, Equatable {
        let isOwnerAlive: Bool
        /// The events after the number that is known.
        let events: [String]
        /// The last event, where the owner is gone and nothing is new.
        let last: String?
    }

    /// Reads the events after the number that is known of each turn; nil for turns without an entry.
    static func read(_ turns: [(id: TurnID, after: Int)]) -> RedisScriptCall<[Part?]> {
        RedisScriptCall(
            read,
            keys: turns.flatMap { [.turn($0.id), .turnOwner($0.id)] },
            arguments: turns.map { String($0.after) }
        ) { reply in
            guard let parts = reply.array, parts.count == turns.count else { return nil }
            return parts.map { part in
                guard let part = part.array, part.count == 3 else { return nil }
                return Part(
                    isOwnerAlive: part[0].integer == 1,
                    events: part[1].array?.compactMap(\.string) ?? [],
                    last: part[2].string.flatMap { $0.isEmpty ? nil : $0 }
                )
            }
        }
    }

    static let all = [open, append, read]

    private static let open = RedisScript(
        """
        if KEYS[4] then
            local turn, fingerprint, outcome = unpack(redis.call('HMGET', KEYS[4], 'turn', 'fingerprint', 'outcome'))
            if turn and turn ~= ARGV[4] then
                if fingerprint ~= ARGV[5] then return {'mismatched'} end
                if outcome == 'done' then return {'taken', turn} end
                if turn ~= ARGV[6] then return {'undecided', turn} end
                if redis.call('EXISTS', KEYS[5]) == 1 then return {'taken', turn} end
            end
            redis.call('DEL', KEYS[4])
            redis.call('HSET', KEYS[4], 'turn', ARGV[4], 'fingerprint', ARGV[5])
            redis.call('PEXPIRE', KEYS[4], ARGV[3])
        end
        redis.call('DEL', KEYS[1])
        redis.call('RPUSH', KEYS[1], ARGV[1])
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        redis.call('SET', KEYS[2], '1', 'PX', ARGV[2])
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
        redis.call('ZADD', KEYS[3], now + ARGV[3], KEYS[1])
        if KEYS[4] then redis.call('ZADD', KEYS[3], now + ARGV[3], KEYS[4]) end
        redis.call('PEXPIRE', KEYS[3], ARGV[3])
        return {'granted'}
        """,
        repeatable: true
    )

    private static let append = RedisScript(
        """
        local have = redis.call('LLEN', KEYS[1])
        if have == 0 then return '' end
        local claim, responses = KEYS[tonumber(ARGV[6])], KEYS[tonumber(ARGV[7])]
        if responses then
            local now = redis.call('TIME')[1]
            redis.call('ZADD', responses, now, ARGV[8])
            redis.call('EXPIRE', responses, ARGV[9])
        end
        local owner = redis.call('GET', KEYS[2]) or '1'
        for place = 10, #ARGV do
            if ARGV[2] + place - 10 >= have then redis.call('RPUSH', KEYS[1], ARGV[place]) end
        end
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        local time = redis.call('TIME')
        local ending = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[3]
        redis.call('ZADD', KEYS[3], ending, KEYS[1])
        if claim then redis.call('ZADD', KEYS[3], ending, claim) end
        redis.call('PEXPIRE', KEYS[3], ARGV[3])
        if ARGV[5] == 'running' then
            redis.call('SET', KEYS[2], owner, 'PX', ARGV[4])
        else
            redis.call('DEL', KEYS[2])
        end
        if claim and redis.call('HGET', claim, 'turn') == ARGV[1] then
            redis.call('PEXPIRE', claim, ARGV[3])
            if ARGV[5] == 'done' then redis.call('HSET', claim, 'outcome', 'done') end
            if ARGV[5] == 'failed' then redis.call('DEL', claim) end
        end
        return owner
        """,
        repeatable: true
    )

    private static let read = RedisScript(
        """
        local parts = {}
        for place = 1, #ARGV do
            local entry = KEYS[2 * place - 1]
            local events = redis.call('LRANGE', entry, ARGV[place] + 1, -1)
            local alive = redis.call('EXISTS', KEYS[2 * place])
            parts[place] = {alive, events, ''}
            if #events == 0 then
                local count = redis.call('LLEN', entry)
                if count == 0 then
                    parts[place] = false
                elseif count > 1 and alive == 0 then
                    parts[place][3] = redis.call('LINDEX', entry, -1)
                end
            end
        end
        return parts
        """,
        repeatable: true
    )
}
