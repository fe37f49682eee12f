internal import Redis

/// The scripts of a queue.
///
/// A message has a place in its line from its arrival until it is done, dead or erased. The first message of a line is
/// in exactly one of the stages' streams or among the delayed ones, the others in none. Each script keeps that, so a
/// process can be killed between any two.
///
/// The fields of a message are in one hash, `<id>:<field>`:
///
/// | field | contents |
/// |---|---|
/// | `stage`, `payload`, `by` | the stage, what it works on, and who wrote that |
/// | `line`, `since` | the line, and the millisecond of the arrival |
/// | `state` | what the stage has saved |
/// | `attempts`, `reason` | the attempts in this stage, and why the last one failed |
/// | `crashes` | the workers in this stage that died while they had the message |
/// | `entry` | the entry of the stream; exists while the message is ready or worked on |
/// | `token` | what the worker shows that has the message; a worker with another token changes nothing |
/// | `dead` | the entry of the stream of dead messages |
struct QueueScripts: Sendable {
    let keys: QueueKeys

    init(_ configuration: WorkQueueConfiguration) {
        keys = QueueKeys(configuration: configuration)
    }

    /// The group of workers at each stream.
    static let group = "workers"

    static let all = [enqueue] + work + operation

    /// Returns a call: the common keys and arguments, then the line's key, then others.
    func call<Reply>(
        _ script: RedisScript,
        line: String = "",
        keys others: [String] = [],
        _ arguments: [String],
        _ read: @escaping @Sendable (RedisValue) -> Reply?
    ) -> QueueScriptCall<Reply> {
        let stages = keys.configuration.stages.map(\.name)
        return QueueScriptCall(
            script: script,
            keys: keys.common + [keys.line(line)] + others,
            arguments: [String(stages.count)] + stages + arguments,
            read: read
        )
    }

    /// Returns a call of a script that returns 1 for true and 0 for false.
    func call(
        _ script: RedisScript,
        line: String = "",
        keys others: [String] = [],
        _ arguments: [String]
    ) -> QueueScriptCall<Bool> {
        call(script, line: line, keys: others, arguments) { $0.integer.map { $0 == 1 } }
    }

    /// What all scripts begin with.
    static let prelude = """
        local messages, ages, delayed, dead, counts = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
        local count = tonumber(ARGV[1])
        local line, streams, args = KEYS[6 + count], {}, {unpack(ARGV, count + 2)}
        for i = 1, count do streams[ARGV[i + 1]] = KEYS[i + 5] end

        local function get(id, field) return redis.call('HGET', messages, id .. ':' .. field) end
        local function set(id, field, value) redis.call('HSET', messages, id .. ':' .. field, value) end
        local function unset(id, ...)
            for _, field in ipairs({...}) do redis.call('HDEL', messages, id .. ':' .. field) end
        end

        local function milliseconds()
            local time = redis.call('TIME')
            return time[1] * 1000 + math.floor(time[2] / 1000)
        end

        -- Makes a message ready in its stage, or in the first one if the queue no longer has its stage.
        local function ready(id)
            local stream = streams[get(id, 'stage')]
            if not stream then
                stream = KEYS[6]
                set(id, 'stage', ARGV[2])
            end
            set(id, 'entry', redis.call('XADD', stream, '*', 'message', id, 'by', get(id, 'by')))
        end

        -- Takes a message out of its stage's stream and from the delayed ones, and from the worker that has it.
        local function unready(id)
            local stream, entry = streams[get(id, 'stage')], get(id, 'entry')
            if stream and entry then
                redis.call('XACK', stream, 'workers', entry)
                redis.call('XDEL', stream, entry)
            end
            redis.call('ZREM', delayed, id)
            unset(id, 'entry', 'token')
        end

        -- Takes a message out of its line; the next one is ready if it was the first.
        local function leave(id)
            unready(id)
            redis.call('ZREM', ages, id)
            local first = redis.call('LINDEX', line, 0)
            redis.call('LREM', line, 1, id)
            local following = redis.call('LINDEX', line, 0)
            if first == id and following then ready(following) end
        end

        local function forget(id)
            unset(id, 'stage', 'payload', 'by', 'line', 'since', 'state', 'attempts', 'crashes', 'reason', 'entry',
                'token', 'dead')
        end

        """
}

extension QueueScripts {
    /// A message to add.
    struct NewMessage: Sendable {
        let id: String
        let line: String
        let duplicateKey: String
        let stage: String
        let payload: String
        let writer: String
    }

    /// Adds a message to the end of its line, unless one came with the same key; returns the ID of the message that the key
    /// stands for.
    func enqueue(_ message: NewMessage) -> QueueScriptCall<String> {
        let retention = max(keys.configuration.duplicateRetention / .milliseconds(1), 1)
        return call(
            Self.enqueue,
            line: message.line,
            keys: [keys.seen(message.duplicateKey)],
            [message.id, message.line, String(Int(retention)), message.stage, message.payload, message.writer]
        ) { $0.string }
    }

    private static let enqueue = RedisScript(
        prelude + """
            local id, name, retention, stage, payload, by = unpack(args)
            local seen = KEYS[7 + count]
            local earlier = redis.call('GET', seen)
            if earlier then return earlier end
            redis.call('SET', seen, id, 'PX', retention)
            local now = milliseconds()
            set(id, 'stage', stage)
            set(id, 'payload', payload)
            set(id, 'by', by)
            set(id, 'line', name)
            set(id, 'since', now)
            redis.call('ZADD', ages, now, id)
            if redis.call('RPUSH', line, id) == 1 then ready(id) end
            return id
            """,
        repeatable: true
    )
}
