internal import FoundationEssentials
internal import Redis

/// A Redis database as an older deployment left it: keys without a prefix, whose values are plain strings.
///
/// What is done with each of them is noted in the hash `imported` by the script that removes it, and stays there until it
/// has been reported: a run that is killed takes no knowledge with it.
struct LegacyDatabase: Sendable {
    let redis: RedisClient
    let kind: LegacyOutcome.Kind

    /// How long an import that nobody finishes is remembered.
    private static let memory = Duration.seconds(30 * 24 * 3600)
    private static let journalKey = "imported"
    private static let pageSize = 500

    /// Everything that is still there, in the order of the keys.
    func items() async throws -> [LegacyItem] {
        let keys = try await redis.keys(withPrefix: "").filter { !DatabaseUse.isOwn($0) }
        var items: [LegacyItem] = []
        for start in stride(from: 0, to: keys.count, by: Self.pageSize) {
            let page = keys[start..<min(start + Self.pageSize, keys.count)]
            let values = try await redis.ask(.mget(Array(page))).array ?? []
            items += zip(page, values).compactMap { key, value in
                value.string.flatMap { LegacyItem(key: key, value: $0, kind: kind) }
            }
        }
        return items.sorted { ExactPath($0.key) < ExactPath($1.key) }
    }

    /// What was done with keys of this kind and has not been reported yet.
    ///
    /// Where both databases are one, so is the hash.
    func journal() async throws -> [LegacyOutcome] {
        let notes = try await redis.ask(.hgetall(Self.journalKey)).dictionary ?? [:]
        return try notes.values
            .map { try JSONDecoder().decode(LegacyOutcome.self, from: Data($0.utf8)) }
            .filter { $0.kind == kind }
            .sorted { ExactPath($0.key) < ExactPath($1.key) }
    }

    /// Forgets what has been reported.
    func forgetJournal() async throws {
        _ = try await redis.ask(.del(Self.journalKey).repeatable())
    }

    /// Removes a thread's old key, if its value stands, and with it makes the thread a user's where `record` is given.
    ///
    /// - Returns: Whether that was done: nothing is where the key was changed, the user has a thread by now, or the
    ///   record's revision has been flushed.
    func settle(_ outcome: LegacyOutcome, recording record: ThreadRecord? = nil) async throws -> Bool {
        let destination = record.map { _ in [ThreadsDatabase.key(outcome.key), ThreadsDatabase.revisionKey] } ?? []
        return try await redis.ask(
            Self.settleThread,
            keys: [outcome.key, Self.journalKey] + destination,
            arguments: try note(outcome) + (record.map { [String($0.revision)] + $0.words } ?? [])
        ).integer == 1
    }

    /// Removes a file's old key, if its value stands, and with it makes other changes of the database.
    ///
    /// - Returns: Whether that was done.
    /// - Throws: ``PolicyAssistantError`` with the code `syncLockLost`, with nothing done, where the lock was lost.
    func settle(_ outcome: LegacyOutcome, _ writes: [FilesDatabase.Write], holding lease: Lease) async throws -> Bool {
        let commands = try JSONEncoder().encode(writes.flatMap(\.commands))
        let reply = try await redis.ask(
            Self.settleFile,
            keys: [outcome.key, Self.journalKey] + lease.keys,
            arguments: try note(outcome) + [lease.token, String(decoding: commands, as: UTF8.self)]
        )
        guard reply.integer != -1 else { throw Lease.lost }
        return reply.integer == 1
    }

    private func note(_ outcome: LegacyOutcome) throws -> [String] {
        let text = String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self)
        return [outcome.id, outcome.key, text, String(Self.memory.milliseconds)]
    }

    private static let settleThread = RedisScript(
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        if KEYS[3] then
            if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
            if tonumber(redis.call('GET', KEYS[4]) or '0') > tonumber(ARGV[5]) then return 0 end
            redis.call('HSET', KEYS[3], unpack(ARGV, 6))
        end
        """ + noting,
        repeatable: true
    )

    private static let settleFile = RedisScript(
        """
        for i = 3, #KEYS do
            if redis.call('GET', KEYS[i]) ~= ARGV[5] then return -1 end
        end
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        for _, command in ipairs(cjson.decode(ARGV[6])) do redis.call(unpack(command)) end
        """ + noting,
        repeatable: true
    )

    private static let noting = """

        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
        redis.call('PEXPIRE', KEYS[2], ARGV[4])
        return 1
        """
}
