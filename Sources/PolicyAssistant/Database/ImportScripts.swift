internal import Redis

/// The scripts that take over the keys of an older deployment: each compares the old value, does what is to be done,
/// records that in the hash `imported`, and deletes the old key.
enum ImportScripts {
    /// How long an import that is not completed is remembered.
    static let journalRetention = Duration.seconds(30 * 86_400)

    /// An old key, and what is recorded of it.
    struct Entry {
        let key: RedisKey
        /// The value that the key has to hold.
        let value: String
        /// What is recorded, as JSON.
        let record: String

        fileprivate var arguments: [String] {
            [value, key.name, record, String(journalRetention.milliseconds)]
        }
    }

    /// Deletes the old key of a thread, and makes the thread its user's where `thread` is given; returns whether it
    /// did.
    static func settle(_ entry: Entry, thread: (user: UserID, record: ThreadRecord)?) -> RedisScriptCall<Bool> {
        var (keys, arguments) = ([entry.key, .imported], entry.arguments)
        if let thread {
            keys += [.thread(of: thread.user), .flushedRevision]
            arguments += [String(thread.record.revision)] + thread.record.fieldsAndValues
        }
        return RedisScriptCall(settleThread, keys: keys, arguments: arguments)
    }

    /// What became of an old key of a file.
    enum FileSettlement: Int, Sendable {
        case settled = 1
        /// The key holds another value by now; nothing is done.
        case changed = 0
        /// The caller no longer holds the lease; nothing is done.
        case leaseLost = -1
    }

    /// Deletes the old key of a file, and runs commands of one key each, if the caller holds the lease.
    static func settle(
        _ entry: Entry,
        _ commands: [RedisCommand],
        holding lease: Lease
    ) throws -> RedisScriptCall<FileSettlement> {
        let keys = [entry.key, .imported] + lease.keys + DocumentScripts.keys(of: commands)
        let arguments = [lease.token, String(lease.keys.count), try DocumentScripts.json(commands)]
        return RedisScriptCall(settleFile, keys: keys, arguments: entry.arguments + arguments) {
            $0.integer.flatMap(FileSettlement.init)
        }
    }

    static let all = [settleThread, settleFile]

    private static let settleThread = RedisScript(
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        if KEYS[3] then
            if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
            if tonumber(redis.call('GET', KEYS[4]) or '0') > tonumber(ARGV[5]) then return 0 end
            redis.call('HSET', KEYS[3], unpack(ARGV, 6))
        end
        """ + recording,
        repeatable: true
    )

    private static let settleFile = RedisScript(
        """
        for i = 3, 2 + ARGV[6] do
            if redis.call('GET', KEYS[i]) ~= ARGV[5] then return -1 end
        end
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        for _, command in ipairs(cjson.decode(ARGV[7])) do redis.call(unpack(command)) end
        """ + recording,
        repeatable: true
    )

    private static let recording = """

        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
        redis.call('PEXPIRE', KEYS[2], ARGV[4])
        return 1
        """
}
