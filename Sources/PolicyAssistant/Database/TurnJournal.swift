internal import FoundationEssentials
internal import Redis

/// The turns' events in Redis, where every replica finds them for ten minutes after the last.
///
/// - `turn:<id>`: a list; first who asked, then the events in order, as JSON.
/// - `turn:<id>:owner`: there while the replica that runs the turn gives signs of life; `end` once the turn is to end.
/// - `idempotency:<user>:<hash of key>`: a hash of the turn that a key stands for.
/// - `turns:<user>`: a sorted set of the user's keys of the first and third kind, by the millisecond when they end.
struct TurnJournal: Sendable {
    let redis: RedisClient

    /// How long a turn is kept.
    static let retention = Duration.seconds(600)
    /// How long after its last sign of life a replica counts as gone.
    static let ownerLease = Duration.seconds(20)

    /// What an idempotency key leads to.
    enum Claim {
        /// The key is new, or what it stood for is over without an answer: this turn is the one to run.
        case granted
        /// The key stands for another turn with the same question.
        case taken(by: TurnID)
        /// The key stands for another question.
        case mismatched
    }

    /// Opens a turn's entry and, where the caller gave a key, lets the key stand for the turn.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func open(_ turn: TurnID, by user: UserID, claiming key: IdempotencyKey?) async throws -> Claim {
        let reply = try await redis.ask(
            Self.openTurn,
            keys: Self.keys(of: turn, by: user, claiming: key),
            arguments: [
                user.value, String(Self.ownerLease.milliseconds), String(Self.retention.milliseconds),
                turn.description, key?.fingerprint ?? "",
            ]
        )
        switch reply.string {
        case "granted": return .granted
        case let other: return other.flatMap(TurnID.init).map { .taken(by: $0) } ?? .mismatched
        }
    }

    /// Adds the events from number `first` on, and gives a sign of life.
    ///
    /// Events that are there already, since an answer of Redis was lost, are not added twice.
    ///
    /// - Parameters:
    ///   - events: The events.
    ///   - first: The number of the first of them.
    ///   - turn: The turn.
    ///   - key: The idempotency key that stands for it.
    ///   - user: Whose turn it is.
    ///   - trace: A response that the turn has begun upstream, to be noted with its thread.
    /// - Returns: Whether the turn is to end, as somebody wished on another replica.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    @discardableResult
    func append(
        _ events: [TurnEvent],
        first: Int,
        to turn: TurnID,
        claiming key: IdempotencyKey?,
        of user: UserID,
        noting trace: TurnTrace? = nil
    ) async throws -> Bool {
        let isOver = events.last?.isLast == true
        let succeeded = if case .done = events.last { true } else { false }
        let reply = try await redis.ask(
            Self.appendEvents,
            keys: Self.keys(of: turn, by: user, claiming: key),
            arguments: [
                turn.description, String(first), String(Self.retention.milliseconds),
                isOver ? "0" : String(Self.ownerLease.milliseconds), isOver ? (succeeded ? "done" : "failed") : "",
                trace.map { ThreadsDatabase.responsesKey($0.thread.id) } ?? "", trace?.responses.last ?? "",
                ThreadsDatabase.responseRetention,
            ] + events.map { try Self.text(of: $0) }
        )
        return reply.string == Self.endWished
    }

    /// Asks the replica that runs a turn to end it; that learns of it with its next sign of life.
    func requestEnd(of turn: TurnID) async throws {
        _ = try await redis.ask(Self.markOwner, keys: [Self.owner(turn)], arguments: [Self.endWished])
    }

    /// Asks the replicas that run turns of a user to end them.
    func requestEnd(ofAllOf user: UserID) async throws {
        _ = try await redis.ask(Self.markOwners, keys: [Self.indexKey(of: user)], arguments: [Self.endWished])
    }

    /// A part of a turn's entry.
    struct Excerpt {
        let user: UserID
        /// The number of the first event here.
        let first: Int
        let events: [TurnEvent]
        /// Whether no event will follow these.
        let isOver: Bool
        /// Whether the replica that runs the turn lives.
        let isOwnerAlive: Bool
    }

    /// Reads the events after number `number`, or after the last where there are fewer.
    ///
    /// - Returns: Nil where the turn is not known, or not any more.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func events(of turn: TurnID, after number: Int) async throws -> Excerpt? {
        // The owner first: one that ends the turn just then has left the last event by the time the events are read.
        let replies = try await redis.ask([
            .exists(Self.owner(turn)),
            RedisCommand("LINDEX", [Self.entry(turn), "0"], repeatable: true),
            RedisCommand("LLEN", [Self.entry(turn)], repeatable: true),
            // With the last known event, which tells whether there is anything to wait for.
            RedisCommand("LRANGE", [Self.entry(turn), String(max(number, 1)), "-1"], repeatable: true),
        ])
        guard let user = replies[1].string.map(UserID.init(recorded:)) else { return nil }
        let count = (replies[2].integer ?? 1) - 1
        guard number <= count else { return try await self.events(of: turn, after: count) }
        let events = try (replies[3].array ?? []).compactMap(\.string).map { try Self.event(in: $0) }
        return Excerpt(
            user: user,
            first: number + 1,
            events: Array(events.dropFirst(number == 0 ? 0 : 1)),
            isOver: events.last?.isLast == true,
            isOwnerAlive: replies[0].integer == 1
        )
    }

    static func indexKey(of user: UserID) -> String { "turns:\(user.value)" }

    /// The keys of a turn, of which the last is there only for a turn that an idempotency key stands for.
    private static func keys(of turn: TurnID, by user: UserID, claiming key: IdempotencyKey?) -> [String] {
        [entry(turn), owner(turn), indexKey(of: user)] + (key.map { [$0.redisKey(of: user)] } ?? [])
    }

    private static func entry(_ turn: TurnID) -> String { "turn:\(turn)" }
    private static func owner(_ turn: TurnID) -> String { "turn:\(turn):owner" }

    private static func text(of event: TurnEvent) throws -> String {
        String(decoding: try JSONEncoder().encode(event), as: UTF8.self)
    }

    private static func event(in text: String) throws -> TurnEvent {
        try JSONDecoder().decode(TurnEvent.self, from: Data(text.utf8))
    }

    /// What the owner's key holds once somebody has wished that the turn ends.
    private static let endWished = "end"

    private static let markOwner = RedisScript(
        "return redis.call('SET', KEYS[1], ARGV[1], 'XX', 'KEEPTTL') and 1 or 0",
        repeatable: true
    )

    private static let markOwners = RedisScript(
        """
        for _, key in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
            redis.call('SET', key .. ':owner', ARGV[1], 'XX', 'KEEPTTL')
        end
        return 1
        """,
        repeatable: true
    )

    private static let openTurn = RedisScript(
        """
        if KEYS[4] then
            local turn, fingerprint, outcome = unpack(redis.call('HMGET', KEYS[4], 'turn', 'fingerprint', 'outcome'))
            if turn and turn ~= ARGV[4] then
                if fingerprint ~= ARGV[5] then return 'mismatched' end
                if outcome == 'done' or redis.call('EXISTS', 'turn:' .. turn .. ':owner') == 1 then return turn end
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
        return 'granted'
        """,
        repeatable: true
    )

    private static let appendEvents = RedisScript(
        """
        local have = redis.call('LLEN', KEYS[1])
        if have == 0 then return '' end
        if ARGV[6] ~= '' then
            local now = redis.call('TIME')[1]
            redis.call('ZADD', ARGV[6], now, ARGV[7])
            redis.call('EXPIRE', ARGV[6], ARGV[8])
        end
        local wish = redis.call('GET', KEYS[2]) or '1'
        for place = 9, #ARGV do
            if ARGV[2] + place - 9 >= have then redis.call('RPUSH', KEYS[1], ARGV[place]) end
        end
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        local time = redis.call('TIME')
        local ending = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[3]
        redis.call('ZADD', KEYS[3], ending, KEYS[1])
        if KEYS[4] then redis.call('ZADD', KEYS[3], ending, KEYS[4]) end
        redis.call('PEXPIRE', KEYS[3], ARGV[3])
        if ARGV[4] == '0' then
            redis.call('DEL', KEYS[2])
        else
            redis.call('SET', KEYS[2], wish, 'PX', ARGV[4])
        end
        if KEYS[4] and redis.call('HGET', KEYS[4], 'turn') == ARGV[1] then
            redis.call('PEXPIRE', KEYS[4], ARGV[3])
            if ARGV[5] == 'done' then redis.call('HSET', KEYS[4], 'outcome', 'done') end
            if ARGV[5] == 'failed' then redis.call('DEL', KEYS[4]) end
        end
        return wish
        """,
        repeatable: true
    )
}
