internal import Redis

/// The scripts of workers.
extension QueueScripts {
    /// The messages that a worker gets.
    struct Taking: Sendable {
        let messages: [Delivery]
        /// The time until a delayed message of any stage is due; nil if there is none.
        let due: Duration?
    }

    /// A message that a worker gets.
    struct Delivery: Sendable {
        let id: String
        let entry: String
        let token: String
        let line: String
        let writer: String
        let payload: String
        let state: String?
        let attempt: Int
        /// The number of workers in this stage that died while they had it.
        let crashes: Int
        /// The millisecond of its arrival.
        let since: Int
    }

    /// Takes messages of a stage for a worker: what is due is ready first; then the worker gets messages that are its own
    /// without its knowledge, because a reply was lost; messages whose leases are over; and new ones.
    ///
    /// - Parameters:
    ///   - stage: The stage.
    ///   - maximum: The number of messages that the worker can take.
    ///   - consumer: The worker's name, its own in each process.
    ///   - held: The entries of the messages that it has.
    /// - Returns: The call.
    func take(
        from stage: String,
        _ maximum: Int,
        for consumer: String,
        holding held: [String]
    ) -> QueueScriptCall<Taking> {
        let lease = Int(keys.configuration.lease / .milliseconds(1))
        return call(Self.take, [consumer, stage, String(maximum), String(lease)] + held) { reply in
            guard let parts = reply.array, parts.count == 2, let found = parts[0].array, let due = parts[1].integer
            else {
                return nil
            }
            let messages = found.compactMap(Delivery.init)
            guard messages.count == found.count else { return nil }
            return Taking(messages: messages, due: due < 0 ? nil : .milliseconds(due))
        }
    }

    /// Renews the leases of messages; returns for each whether the worker still has it.
    func renew(
        _ messages: [(id: String, entry: String, token: String)],
        at stage: String,
        of consumer: String
    ) -> QueueScriptCall<[Bool]> {
        call(Self.renew, [consumer, stage] + messages.flatMap { [$0.id, $0.entry, $0.token] }) { reply in
            reply.array.map { $0.map { $0.integer == 1 } }
        }
    }

    /// Saves state with a message; false if the worker no longer has it.
    func save(_ state: String, with message: Delivery) -> QueueScriptCall<Bool> {
        call(Self.save, [message.id, message.token, state])
    }

    /// Ends a message's stage: the message leaves the queue, or is ready in another stage; false if the worker no longer has
    /// it.
    func finish(
        _ message: Delivery,
        next: WorkReplacement? = nil,
        writer: String,
        _ effects: [RedisCommand]
    ) throws -> QueueScriptCall<Bool> {
        call(
            Self.finish,
            line: message.line,
            keys: Array(Set(effects.compactMap(\.key))),
            [message.id, message.token, try effects.json, next?.stage ?? "", next?.payload ?? "", writer]
        )
    }

    /// Puts a message back, to be tried after a pause; false if the worker no longer has it.
    func putBack(
        _ message: Delivery,
        after pause: Duration,
        counts: Bool,
        reason: String?
    ) -> QueueScriptCall<Bool> {
        let milliseconds = Int((pause / .milliseconds(1)).rounded(.up))
        return call(
            Self.putBack,
            [message.id, message.token, String(max(milliseconds, 0)), counts ? "1" : "0", reason ?? ""]
        )
    }

    /// Gives a message up; false if the worker no longer has it.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - reason: Why it is given up.
    ///   - replacement: A message that takes its place.
    ///   - id: The ID of that message.
    ///   - writer: Who wrote that message.
    /// - Returns: The call.
    func bury(
        _ message: Delivery,
        reason: String,
        replacement: WorkReplacement?,
        id: String,
        writer: String
    ) -> QueueScriptCall<Bool> {
        call(
            Self.bury,
            line: message.line,
            [message.id, message.token, reason, replacement == nil ? "" : id]
                + [replacement?.stage ?? "", replacement?.payload ?? "", writer]
        )
    }

    static let work = [take, renew, save, finish, putBack, bury]

    private static let take = RedisScript(
        prelude + """
            local consumer, stage, maximum, lease = args[1], args[2], tonumber(args[3]), args[4]
            local stream, held, found = streams[stage], {}, {}
            for i = 5, #args do held[args[i]] = true end
            local now = milliseconds()
            for _, id in ipairs(redis.call('ZRANGEBYSCORE', delayed, '-inf', now, 'LIMIT', 0, 100)) do
                redis.call('ZREM', delayed, id)
                ready(id)
            end

            local function deliver(entry, isTakenOver)
                local id = entry[2][2]
                if get(id, 'entry') ~= entry[1] then
                    redis.call('XACK', stream, 'workers', entry[1])
                    redis.call('XDEL', stream, entry[1])
                    return
                end
                -- An attempt whose worker died is repeated.
                local crashes = redis.call('HINCRBY', messages, id .. ':crashes', isTakenOver and 1 or 0)
                local attempt = redis.call('HINCRBY', messages, id .. ':attempts', isTakenOver and 0 or 1)
                local token = consumer .. ':' .. entry[1] .. ':' .. attempt .. ':' .. crashes
                set(id, 'token', token)
                found[#found + 1] = {
                    id, entry[1], token, get(id, 'line'), get(id, 'by'), get(id, 'payload'), get(id, 'state'), attempt,
                    crashes, get(id, 'since')
                }
            end
            local function claim(pending, idle)
                if #found >= maximum or held[pending[1]] then return end
                local entry = redis.call('XCLAIM', stream, 'workers', consumer, idle, pending[1])[1]
                if entry then deliver(entry, true) end
            end

            local own = redis.pcall('XPENDING', stream, 'workers', '-', '+', 1000, consumer)
            if own.err then
                redis.call('XGROUP', 'CREATE', stream, 'workers', '0', 'MKSTREAM')
                own = {}
            end
            for _, pending in ipairs(own) do claim(pending, 0) end
            local over = redis.call('XPENDING', stream, 'workers', 'IDLE', lease, '-', '+', maximum + #args)
            for _, pending in ipairs(over) do claim(pending, lease) end
            while #found < maximum do
                local new = redis.call(
                    'XREADGROUP', 'GROUP', 'workers', consumer, 'COUNT', maximum - #found, 'STREAMS', stream, '>'
                )
                if not new then break end
                for _, entry in ipairs(new[1][2]) do deliver(entry) end
            end

            local due = redis.call('ZRANGE', delayed, 0, 0, 'WITHSCORES')[2]
            return {found, due and math.max(0, due - now) or -1}
            """,
        repeatable: true
    )

    private static let renew = RedisScript(
        prelude + """
            local kept = {}
            for i = 3, #args, 3 do
                local isHeld = get(args[i], 'token') == args[i + 2]
                if isHeld then redis.call('XCLAIM', streams[args[2]], 'workers', args[1], 0, args[i + 1], 'JUSTID') end
                kept[#kept + 1] = isHeld and 1 or 0
            end
            return kept
            """,
        repeatable: true
    )

    private static let save = RedisScript(
        prelude + """
            local id, token, state = unpack(args)
            if get(id, 'token') ~= token then return 0 end
            set(id, 'state', state)
            return 1
            """,
        repeatable: true
    )

    private static let finish = RedisScript(
        prelude + """
            local id, token, effects, stage, payload, by = unpack(args)
            if get(id, 'token') ~= token then return 0 end
            for _, command in ipairs(cjson.decode(effects)) do redis.call(unpack(command)) end
            if stage == '' then
                leave(id)
                forget(id)
            else
                unready(id)
                unset(id, 'state', 'attempts', 'crashes', 'reason')
                set(id, 'stage', stage)
                set(id, 'payload', payload)
                set(id, 'by', by)
                ready(id)
            end
            return 1
            """,
        repeatable: true
    )

    private static let putBack = RedisScript(
        prelude + """
            local id, token, pause, isCounted, reason = unpack(args)
            if get(id, 'token') ~= token then return 0 end
            unready(id)
            if isCounted == '1' then
                redis.call('HINCRBY', counts, get(id, 'stage') .. ':retries', 1)
            else
                redis.call('HINCRBY', messages, id .. ':attempts', -1)
            end
            if reason ~= '' then set(id, 'reason', reason) end
            if pause == '0' then ready(id) else redis.call('ZADD', delayed, milliseconds() + pause, id) end
            return 1
            """,
        repeatable: true
    )

    private static let bury = RedisScript(
        prelude + """
            local id, token, reason, new, stage, payload, by = unpack(args)
            if get(id, 'token') ~= token then return 0 end
            local name, since = get(id, 'line'), get(id, 'since')
            set(id, 'reason', reason)
            local entry = {'message', id, 'line', name, 'stage', get(id, 'stage'), 'reason', reason}
            if new ~= '' then
                set(new, 'stage', stage)
                set(new, 'payload', payload)
                set(new, 'by', by)
                set(new, 'line', name)
                set(new, 'since', since)
                redis.call('ZADD', ages, since, new)
                redis.call('LINSERT', line, 'AFTER', id, new)
            end
            leave(id)
            set(id, 'dead', redis.call('XADD', dead, '*', unpack(entry)))
            return 1
            """,
        repeatable: true
    )
}

extension QueueScripts.Delivery {
    /// Reads what the script returns of a message.
    init?(_ value: RedisValue) {
        guard let parts = value.array, parts.count == 10, let id = parts[0].string, let entry = parts[1].string,
            let token = parts[2].string, let line = parts[3].string, let writer = parts[4].string,
            let payload = parts[5].string, let attempt = parts[7].integer, let crashes = parts[8].integer,
            let since = parts[9].integer
        else { return nil }
        self.id = id
        self.entry = entry
        self.token = token
        self.line = line
        self.writer = writer
        self.payload = payload
        state = parts[6].string
        self.attempt = attempt
        self.crashes = crashes
        self.since = since
    }
}
