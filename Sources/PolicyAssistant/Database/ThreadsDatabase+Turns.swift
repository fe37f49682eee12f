internal import FoundationEssentials
internal import Redis

/// The turns of users, between replicas: `lock:<user>`, `waiting:<user>`, the line of replicas that wait for it, and
/// `revision`, before which no thread may be recorded.
extension ThreadsDatabase {
    /// How long a turn's lock outlives the last sign of life of the replica that holds it.
    static let lockLease = Duration.seconds(15)
    static let revisionKey = "revision"

    /// The lock that a user's turn holds, and the others of the user wait for.
    struct TurnLock: Sendable {
        let user: String
        let token: String

        var key: String { "lock:\(user)" }
        fileprivate var threadKey: String { ThreadsDatabase.key(user) }
        fileprivate var lineKey: String { ThreadsDatabase.lineKey(user) }
    }

    enum TurnAdmission {
        /// The turn may run; the thread is the one on record.
        case admitted(TurnLock, thread: ThreadRecord?)
        /// Another turn of the user runs, or is to run before this one.
        case occupied
    }

    /// Takes the user's lock and reads the thread, in one round trip.
    ///
    /// Who does not get it stands in a line with the other replicas that want it, and is to ask again soon: a free lock
    /// goes to the first in the line, so that a replica with many turns of the user keeps none from having theirs. A
    /// replica that has not asked for as long as a lock lives has left the line.
    ///
    /// A lock that the same replica holds is no obstacle: a replica runs one turn of a user at a time, so that is the lock
    /// of a turn that is over, left behind when Redis did not answer. The earlier turn loses it.
    ///
    /// - Parameters:
    ///   - user: Whose turn begins.
    ///   - replica: A word of letters and figures that no other replica has.
    /// - Returns: Whether the turn may run.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func begin(_ user: UserID, in replica: String) async throws -> TurnAdmission {
        let lock = TurnLock(user: user.value, token: "\(replica):\(RandomToken.make())")
        let reply = try await redis.ask(
            Self.beginTurn,
            keys: [lock.key, lock.threadKey, lock.lineKey],
            arguments: [lock.token, replica, String(Self.lockLease.milliseconds)]
        )
        guard reply.integer == nil else { return .occupied }
        return .admitted(lock, thread: reply.dictionary.flatMap(ThreadRecord.init(fields:)))
    }

    /// Takes a replica that waits for the user's lock out of the line.
    func leaveQueue(of user: UserID, as replica: String) async throws {
        _ = try await redis.ask(.hdel(Self.lineKey(user.value), [replica]).repeatable())
    }

    private static func lineKey(_ user: String) -> String { "waiting:\(user)" }

    /// How many locks are renewed in one call, which keeps others waiting for that long.
    private static let locksPerCall = 500

    /// Gives locks their whole lease again.
    ///
    /// - Returns: Whether each turn still had its lock, in the locks' order.
    func renew(_ locks: [TurnLock]) async throws -> [Bool] {
        var held: [Bool] = []
        for first in stride(from: 0, to: locks.count, by: Self.locksPerCall) {
            let part = locks[first...].prefix(Self.locksPerCall)
            let reply = try await redis.ask(
                Self.renewLocks,
                keys: part.map(\.key),
                arguments: [String(Self.lockLease.milliseconds)] + part.map(\.token)
            )
            held += (reply.array ?? []).map { $0.integer == 1 }
        }
        return held
    }

    enum Assignment {
        case assigned
        /// Another turn has the lock by now, and the thread that is there may be newer.
        case lockLost
        /// The threads of this revision have been flushed already, or are about to be.
        case outdated
    }

    /// Makes `record` the user's thread, provided that the turn still holds its lock.
    ///
    /// A thread that it takes the place of is put on the list of threads to delete, in the same script.
    ///
    /// - Parameters:
    ///   - record: The thread.
    ///   - lock: The turn's lock.
    ///   - kept: A thread that stays upstream, whoever was given it.
    /// - Returns: Whether it is the user's thread now.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func assign(
        _ record: ThreadRecord,
        under lock: TurnLock,
        keeping kept: String? = nil
    ) async throws -> Assignment {
        let reply = try await redis.ask(
            Self.assignThread,
            keys: [
                lock.key, lock.threadKey, Self.revisionKey, PendingThreadDeletion.key, PendingThreadDeletion.usersKey,
            ],
            arguments: [lock.token, String(record.revision), UserID(recorded: lock.user).pseudonym, kept ?? ""]
                + record.words
        )
        switch reply.integer {
        case 1: return .assigned
        case -1: return .outdated
        default: return .lockLost
        }
    }

    /// Notes that the thread was used, if it is still the user's, and the responses that the turn leaves upstream; gives
    /// the lock back, if the turn still holds it; also where the turn was cancelled.
    ///
    /// A thread that is no longer the user's, with responses that nobody else knows, is put on the list of threads to
    /// delete.
    func end(
        _ lock: TurnLock,
        used threadID: String? = nil,
        leaving trace: TurnTrace? = nil,
        at time: Date = .now
    ) async throws {
        var keys = [lock.key, lock.threadKey]
        var arguments = [lock.token, threadID ?? "", time.formatted(.iso8601)]
        if let trace {
            let thread = PendingThreadDeletion(trace.thread)
            keys += [Self.responsesKey(thread.id), PendingThreadDeletion.key, PendingThreadDeletion.usersKey]
            arguments += [thread.id, thread.value, UserID(recorded: lock.user).pseudonym]
            arguments += [Self.responseRetention] + trace.responses
        }
        _ = try await redis.ask(Self.endTurn, keys: keys, arguments: arguments, isShielded: true)
    }

    /// Lets no thread of an earlier revision be recorded from now on, so that a flush misses none.
    func requireRevision(_ revision: Int) async throws {
        _ = try await redis.ask(.set(Self.revisionKey, String(revision)))
    }

    /// The revision before which no thread may be recorded; 0 where none is required.
    func requiredRevision() async throws -> Int {
        try await redis.ask(.get(Self.revisionKey)).string.flatMap(Int.init) ?? 0
    }

    private static let beginTurn = RedisScript(
        """
        local holder = redis.call('GET', KEYS[1])
        local isOwn = holder and string.sub(holder, 1, #ARGV[2] + 1) == ARGV[2] .. ':'
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local line, came, isFirst = redis.call('HGETALL', KEYS[3]), now, true
        for i = 1, #line, 2 do
            if line[i] == ARGV[2] then came = tonumber(string.match(line[i + 1], '%d+')) end
        end
        for i = 1, #line, 2 do
            local since, seen = string.match(line[i + 1], '(%d+) (%d+)')
            if now - seen > ARGV[3] * 1000 then
                redis.call('HDEL', KEYS[3], line[i])
            elseif tonumber(since) < came then
                isFirst = false
            end
        end
        if holder == ARGV[1] or (isFirst and (isOwn or not holder)) then
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
            redis.call('HDEL', KEYS[3], ARGV[2])
            return redis.call('HGETALL', KEYS[2])
        end
        if isOwn then redis.call('DEL', KEYS[1]) end
        redis.call('HSET', KEYS[3], ARGV[2], string.format('%.0f %.0f', came, now))
        redis.call('PEXPIRE', KEYS[3], ARGV[3])
        return 0
        """,
        repeatable: true
    )

    private static let renewLocks = RedisScript(
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

    private static let assignThread = RedisScript(
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        if tonumber(redis.call('GET', KEYS[3]) or '0') > tonumber(ARGV[2]) then return -1 end
        local former, api, upstream = unpack(redis.call('HMGET', KEYS[2], 'id', 'protocol', 'base_url'))
        if former and former ~= ARGV[6] and former ~= ARGV[4] then
            redis.call('HSET', KEYS[4], former, (api or '') .. ' ' .. (upstream or ''))
            redis.call('HSET', KEYS[5], former, ARGV[3])
        end
        redis.call('DEL', KEYS[2])
        redis.call('HSET', KEYS[2], unpack(ARGV, 5))
        return 1
        """,
        repeatable: true
    )

    private static let endTurn = RedisScript(
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
