internal import FoundationEssentials
internal import JSON
internal import Redis

/// The events of turns in Redis, where every replica can read them until ten minutes after the last.
struct TurnJournal: Sendable {
    let redis: RedisClient

    /// How long a turn's keys live after its last event.
    static let retention = Duration.seconds(600)
    /// How long after its last renewal a replica counts as gone.
    static let ownerLease = Duration.seconds(20)
    /// The value of the owner's key when the turn is to end.
    static let endRequest = "end"

    /// What an idempotency key leads to.
    enum Claim: Sendable {
        /// The key is new, or its turn ended without an answer: this turn is the one to run.
        case granted
        /// The key stands for another turn with the same question.
        case taken(by: TurnID)
        /// The key stands for another question.
        case mismatched
    }

    /// Opens a turn's entry and, where the caller gave a key, lets the key stand for the turn.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`; `CancellationError`.
    func open(_ turn: TurnID, by user: UserID, claiming key: IdempotencyKey?) async throws -> Claim {
        // The script declares the key of the turn that the idempotency key stands for, which is known after the first
        // call.
        var other: TurnID?
        while true {
            switch try await redis.run(TurnJournalScripts.open(turn, by: user, claiming: key, after: other)) {
            case .granted: return .granted
            case .taken(let turn): return .taken(by: turn)
            case .mismatched: return .mismatched
            case .undecided(let turn): other = turn
            }
            try Task.checkCancellation()
        }
    }

    /// Adds the events from number `first` on, and renews the turn's keys.
    ///
    /// Events that are there already, because a reply of Redis was lost, are not added twice.
    ///
    /// - Parameters:
    ///   - events: The events.
    ///   - first: The number of the first of them.
    ///   - turn: The turn.
    ///   - key: The idempotency key that stands for it.
    ///   - user: The turn's user.
    ///   - trace: A response that the turn has begun upstream, to be recorded with its thread.
    /// - Returns: Whether the turn is to end, as was requested on another replica.
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
        let progress: TurnJournalScripts.Progress =
            switch events.last {
            case .done: .done
            case .failed: .failed
            case .delta, .citation, nil: .running
            }
        let call = TurnJournalScripts.append(
            try events.map { try Self.text(of: $0) },
            first: first,
            progress: progress,
            to: turn,
            claiming: key,
            of: user,
            noting: trace
        )
        return try await redis.run(call)
    }

    /// Asks the replica that runs a turn to end it; the replica reads that with its next renewal.
    func requestEnd(of turn: TurnID) async throws {
        _ = try await redis.ask(Self.endRequest(of: RedisKey.turnOwner(turn)))
    }

    /// Asks the replicas that run turns of a user to end them.
    func requestEnd(ofAllOf user: UserID) async throws {
        let command = RedisCommand("ZRANGE", [RedisKey.turns(of: user).name, "0", "-1"], repeatable: true)
        let turns = (try await redis.ask(command).array ?? []).compactMap(\.string)
            .compactMap { RedisKeyPattern.turn.value(in: $0) }
        guard !turns.isEmpty else { return }
        _ = try await redis.ask(turns.map { Self.endRequest(of: RedisKeyPattern.turnOwner.key($0)) })
    }

    /// Sets an owner's key, if it exists, and leaves its lifetime as it is.
    private static func endRequest(of owner: RedisKey) -> RedisCommand {
        RedisCommand("SET", [owner.name, endRequest, "XX", "KEEPTTL"], repeatable: true)
    }

    /// Returns whose turn it is; nil where the turn is not known, or no longer.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func user(of turn: TurnID) async throws -> UserID? {
        try await redis.ask(RedisCommand("LINDEX", [RedisKey.turn(turn).name, "0"], repeatable: true)).string
            .map(UserID.init(recorded:))
    }

    /// A part of a turn's entry.
    struct Excerpt: Sendable {
        /// The number of the event that precedes the first one here.
        let number: Int
        let events: [TurnEvent]
        /// Whether no event will follow these.
        let isOver: Bool
        /// Whether the replica that runs the turn is alive.
        let isOwnerAlive: Bool
    }

    /// Reads the events that turns have after a number each.
    ///
    /// - Parameter turns: The turns, and for each the number of the last event that is known; it may be one that the
    ///   journal does not have yet.
    /// - Returns: An excerpt for each turn; nil where the turn is not known, or no longer.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func excerpts(of turns: [(id: TurnID, after: Int)]) async throws -> [Excerpt?] {
        let parts = try await redis.run(TurnJournalScripts.read(turns))
        return try zip(turns, parts).map { turn, part in
            guard let part else { return nil }
            let events = try part.events.map { try Self.event(in: $0) }
            // An owner that is gone may have left no event that is new: then the last one tells whether the turn is over.
            let last = try events.last ?? part.last.map { try Self.event(in: $0) }
            return Excerpt(
                number: turn.after,
                events: events,
                isOver: last?.isLast == true,
                isOwnerAlive: part.isOwnerAlive
            )
        }
    }

    /// Pieces of text, which nearly all events are, go past `Codable`, and have the same JSON.
    static func text(of event: TurnEvent) throws -> String {
        guard case .delta(let text, let confidence) = event else {
            return String(decoding: try JSONEncoder().encode(event), as: UTF8.self)
        }
        var json = JSONWriter(capacity: 64)
        json.writeObject { json in
            json.writeField("delta", text)
            json.writeField("confidence", confidence?.rawValue)
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    static func event(in text: String) throws -> TurnEvent {
        if let delta = try? Delta(json: Array(text.utf8)) { return .delta(delta.text, confidence: delta.confidence) }
        return try JSONDecoder().decode(TurnEvent.self, from: Data(text.utf8))
    }

    /// A piece of text as the journal has it.
    private struct Delta: JSONReadable {
        let text: String
        let confidence: AnswerConfidence?

        init(reading json: inout JSONReader) throws(JSONError) {
            var (text, confidence) = (nil as String?, nil as String?)
            try json.readObject { name, json throws(JSONError) in
                switch name {
                case "delta": text = try json.readTextIfPresent()
                case "confidence": confidence = try json.readTextIfPresent()
                default: try json.skip()
                }
            }
            guard let text else { throw json.mismatch }
            self.text = text
            self.confidence = confidence.flatMap(AnswerConfidence.init)
            guard (confidence == nil) == (self.confidence == nil) else { throw json.mismatch }
        }
    }
}
