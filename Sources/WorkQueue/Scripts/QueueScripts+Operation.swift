internal import FoundationEssentials
internal import Redis

/// The scripts of operators, and of the deletion of people's data.
extension QueueScripts {
    /// Deletes all messages of a line; returns how many there were.
    func erase(line: String) -> QueueScriptCall<Int> {
        call(Self.erase, line: line, [line]) { $0.integer }
    }

    /// Deletes one message, whatever it waits for; false if there is none of the ID and line.
    func drop(_ id: String, of line: String) -> QueueScriptCall<Bool> {
        call(Self.drop, line: line, [id, line])
    }

    /// Makes a dead message the last one of its line again, or a delayed one ready; false if it is neither.
    func revive(_ id: String, of line: String) -> QueueScriptCall<Bool> {
        call(Self.revive, line: line, [id, line])
    }

    /// Reads messages: one of the given ID, or the oldest ones that are not dead and the newest dead ones, as many of each.
    func read(_ id: String? = nil, limit: Int = 1) -> QueueScriptCall<[QueuedMessage]> {
        call(Self.read, [id ?? "", String(limit)]) { reply in
            guard let rows = reply.array else { return nil }
            let messages = rows.compactMap(QueuedMessage.init)
            return messages.count == rows.count ? messages : nil
        }
    }

    /// Counts the messages.
    func count() -> QueueScriptCall<WorkQueueStatus> {
        let names = keys.configuration.stages.map(\.name)
        return call(Self.count, []) { reply in
            guard let parts = reply.array, parts.count == 3, let depth = parts[0].integer, let age = parts[1].integer,
                let rows = parts[2].array, rows.count == names.count
            else { return nil }
            let stages = zip(names, rows).compactMap(WorkQueueStatus.Stage.init)
            guard stages.count == names.count else { return nil }
            return WorkQueueStatus(stages: stages, depth: depth, oldestAge: .milliseconds(age))
        }
    }

    /// Deletes dead messages that are old, and the names of workers that are gone.
    func tidy() -> QueueScriptCall<Void> {
        let retention = Int(keys.configuration.deadRetention / .milliseconds(1))
        let absence = Int(max(keys.configuration.lease * 20, .seconds(600)) / .milliseconds(1))
        return call(Self.tidy, [String(retention), String(absence)]) { _ in }
    }

    static let operation = [erase, drop, revive, read, count, tidy]

    private static let erase = RedisScript(
        prelude + """
            local ids = redis.call('LRANGE', line, 0, -1)
            for _, entry in ipairs(redis.call('XRANGE', dead, '-', '+')) do
                if entry[2][4] == args[1] then
                    ids[#ids + 1] = entry[2][2]
                    redis.call('XDEL', dead, entry[1])
                end
            end
            for _, id in ipairs(ids) do
                unready(id)
                redis.call('ZREM', ages, id)
                forget(id)
            end
            redis.call('DEL', line)
            return #ids
            """,
        repeatable: true
    )

    private static let drop = RedisScript(
        prelude + """
            local id = args[1]
            if get(id, 'line') ~= args[2] then return 0 end
            local entry = get(id, 'dead')
            if entry then redis.call('XDEL', dead, entry) else leave(id) end
            forget(id)
            return 1
            """
    )

    private static let revive = RedisScript(
        prelude + """
            local id = args[1]
            if get(id, 'line') ~= args[2] then return 0 end
            local entry = get(id, 'dead')
            if entry then
                redis.call('XDEL', dead, entry)
                unset(id, 'dead', 'attempts', 'crashes')
                redis.call('ZADD', ages, get(id, 'since'), id)
                if redis.call('RPUSH', line, id) == 1 then ready(id) end
                return 1
            end
            if redis.call('ZREM', delayed, id) == 0 then return 0 end
            unset(id, 'attempts', 'crashes')
            ready(id)
            return 1
            """
    )

    private static let read = RedisScript(
        prelude + """
            local ids, rows = {args[1]}, {}
            if args[1] == '' then
                ids = redis.call('ZRANGE', ages, 0, args[2] - 1)
                for _, entry in ipairs(redis.call('XREVRANGE', dead, '+', '-', 'COUNT', args[2])) do
                    ids[#ids + 1] = entry[2][2]
                end
            end
            for _, id in ipairs(ids) do
                local stage = get(id, 'stage')
                if stage then
                    local due = redis.call('ZSCORE', delayed, id)
                    local condition = get(id, 'dead') and 'dead' or get(id, 'token') and 'working'
                        or get(id, 'entry') and 'ready' or due and 'delayed' or 'waiting'
                    rows[#rows + 1] = {
                        id, get(id, 'line'), stage, get(id, 'by'), condition, get(id, 'attempts') or 0, get(id, 'since'), due,
                        get(id, 'reason'), get(id, 'payload'), get(id, 'state')
                    }
                end
            end
            return rows
            """,
        repeatable: true
    )

    private static let count = RedisScript(
        prelude + """
            local now, rows, byStage = milliseconds(), {}, {}
            local function note(stage, kind)
                byStage[stage] = byStage[stage] or {delayed = 0, dead = 0}
                byStage[stage][kind] = byStage[stage][kind] + 1
            end
            for _, id in ipairs(redis.call('ZRANGE', delayed, 0, -1)) do note(get(id, 'stage') or '', 'delayed') end
            for _, entry in ipairs(redis.call('XRANGE', dead, '-', '+')) do note(entry[2][6], 'dead') end
            for i = 1, count do
                local stream, working, workers = KEYS[i + 5], 0, 0
                local consumers = redis.pcall('XINFO', 'CONSUMERS', stream, 'workers')
                if not consumers.err then
                    for _, consumer in ipairs(consumers) do
                        working = working + consumer[4]
                        if consumer[4] > 0 or consumer[6] < 10000 then workers = workers + 1 end
                    end
                end
                local first = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
                local age = first and math.max(0, now - string.match(first[1], '%d+')) or 0
                local others = byStage[ARGV[i + 1]] or {delayed = 0, dead = 0}
                rows[i] = {
                    redis.call('XLEN', stream) - working, working, others.delayed, others.dead, workers, age,
                    redis.call('HGET', counts, ARGV[i + 1] .. ':retries') or 0
                }
            end
            local oldest = redis.call('ZRANGE', ages, 0, 0, 'WITHSCORES')[2]
            return {redis.call('ZCARD', ages), oldest and math.max(0, now - oldest) or 0, rows}
            """,
        repeatable: true
    )

    private static let tidy = RedisScript(
        prelude + """
            local oldest = string.format('%.0f', milliseconds() - args[1])
            for _, entry in ipairs(redis.call('XRANGE', dead, '-', oldest, 'COUNT', 100)) do
                redis.call('XDEL', dead, entry[1])
                forget(entry[2][2])
            end
            for i = 1, count do
                local consumers = redis.pcall('XINFO', 'CONSUMERS', KEYS[i + 5], 'workers')
                if not consumers.err then
                    for _, consumer in ipairs(consumers) do
                        if consumer[4] == 0 and consumer[6] > tonumber(args[2]) then
                            redis.call('XGROUP', 'DELCONSUMER', KEYS[i + 5], 'workers', consumer[2])
                        end
                    end
                end
            end
            return 1
            """,
        repeatable: true
    )
}

extension QueuedMessage {
    /// Reads what the script returns of a message.
    fileprivate init?(_ value: RedisValue) {
        guard let parts = value.array, parts.count == 11, let id = parts[0].string, let line = parts[1].string,
            let stage = parts[2].string, let writer = parts[3].string,
            let condition = parts[4].string.flatMap(Condition.init), let attempts = parts[5].integer,
            let since = parts[6].integer, let payload = parts[9].string
        else { return nil }
        self.init(
            id: id,
            line: line,
            stage: stage,
            writer: writer,
            condition: condition,
            attempts: attempts,
            enqueuedAt: Date(millisecondsSince1970: since),
            dueAt: parts[7].integer.map(Date.init(millisecondsSince1970:)),
            reason: parts[8].string,
            payload: payload,
            state: parts[10].string
        )
    }
}

extension WorkQueueStatus.Stage {
    /// Reads what the script returns of a stage.
    fileprivate init?(_ name: String, _ row: RedisValue) {
        guard let numbers = row.array?.compactMap(\.integer), numbers.count == 7 else { return nil }
        self.init(
            name: name,
            ready: max(numbers[0], 0),
            working: numbers[1],
            delayed: numbers[2],
            dead: numbers[3],
            workers: numbers[4],
            oldestAge: .milliseconds(numbers[5]),
            retries: numbers[6]
        )
    }
}

extension Date {
    /// Creates a time from milliseconds since 1970, as Redis' clock tells them.
    init(millisecondsSince1970 milliseconds: Int) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}
