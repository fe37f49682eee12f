internal import FoundationEssentials
internal import Redis
internal import SMS

/// What is on record about phone numbers and text messages, in the threads database.
///
/// No number is part of it.
struct TextRecords: Sendable {
    let redis: RedisClient

    // MARK: Opting out

    /// Whether the person at a number has opted out.
    func hasStopped(_ number: String) async throws -> Bool {
        try await redis.ask(.exists(RedisKey.stoppedNumber(number).name)).integer == 1
    }

    func stop(_ number: String, at time: Date) async throws {
        _ = try await redis.ask(.set(RedisKey.stoppedNumber(number).name, time.timestamp))
    }

    func restart(_ number: String) async throws {
        _ = try await redis.ask(.del(RedisKey.stoppedNumber(number).name))
    }

    // MARK: Notices

    /// Whether a notice is due: it is given once within the time, by the message that comes first.
    func isDue(_ kind: String, toNumber number: String, of message: String, within time: Duration) async throws -> Bool
    {
        let key = RedisKey.notice(kind, toNumber: number).name
        let replies = try await redis.ask([.setIfAbsent(key, message, lifetime: time), .get(key)])
        // The same message may ask again, when its worker was killed.
        return replies[1].string == message
    }

    // MARK: The rest of an answer

    /// The rest of an answer that was too long.
    struct Rest: Sendable, Hashable {
        var text: String
        var ending: String
        /// The message that has asked for a piece, and the piece: it gets the same one again.
        var message: String?
        var piece: String?
    }

    func rest(ofLine line: String) async throws -> Rest? {
        let fields = try await redis.ask(.hgetall(RedisKey.rest(ofLine: line).name)).dictionary ?? [:]
        guard let text = fields["rest"] else { return nil }
        return Rest(text: text, ending: fields["ending"] ?? "", message: fields["by"], piece: fields["piece"])
    }

    /// The commands that record a rest, or delete it if there is none.
    static func record(_ rest: Rest?, ofLine line: String) -> [RedisCommand] {
        let key = RedisKey.rest(ofLine: line).name
        guard let rest else { return [.del(key)] }
        var fields = ["rest": rest.text, "ending": rest.ending]
        fields["by"] = rest.message
        fields["piece"] = rest.piece
        return [.del(key), .hset(key, fields), .expire(key, after: RedisKeyPattern.restRetention)]
    }

    // MARK: Languages

    /// The language of the line's last question; nil if it is not known.
    func language(ofLine line: String) async throws -> TextLanguage? {
        try await redis.ask(.get(RedisKey.language(ofLine: line).name)).string.flatMap(TextLanguage.init(rawValue:))
    }

    /// The commands that record the language of a question; none if the question does not tell it.
    static func record(_ language: TextLanguage, ofLine line: String) -> [RedisCommand] {
        guard language != .other else { return [] }
        let key = RedisKey.language(ofLine: line).name
        return [.set(key, language.rawValue, lifetime: RedisKeyPattern.languageRetention)]
    }

    // MARK: Sent answers

    /// What is known about an answer that was sent, or may have been.
    struct Sent: Sendable, Hashable {
        var id: String
        var status: DeliveryStatus?
    }

    /// Returns what the provider has made of an answer; nil while nothing is known.
    func sent(_ token: String) async throws -> Sent? {
        let fields = try await redis.ask(.hgetall(RedisKey.sentText(token).name)).dictionary ?? [:]
        return fields["id"].map { Sent(id: $0, status: fields["status"].flatMap(DeliveryStatus.init(rawValue:))) }
    }

    /// Whether a message of the provider is another answer than the one with the token.
    func isOther(_ id: String, than token: String) async throws -> Bool {
        let known = try await redis.ask(.get(RedisKey.acceptedText(id).name)).string
        return known != nil && known != token
    }

    /// The commands that record that the provider has accepted an answer.
    ///
    /// A report may already have recorded a later state.
    static func record(_ id: String, as token: String, _ entry: TextEntry, at time: Date) -> [RedisCommand] {
        let key = RedisKey.sentText(token).name
        let lifetime = RedisKeyPattern.reportRetention
        var commands: [RedisCommand] = [
            .hset(key, ["id": id, "entry": entry.json]), .expire(key, after: lifetime),
            .set(RedisKey.acceptedText(id).name, token, lifetime: lifetime),
        ]
        if let user = entry.user.map(UserID.init(recorded:)) {
            commands += list(["sent \(token)", "text \(id)", "text \(entry.conversationId)"], of: user, at: time)
        }
        return commands
    }

    /// The commands that list what texts have left of a user.
    static func list(_ members: [String], of user: UserID, at time: Date) -> [RedisCommand] {
        let key = RedisKey.texts(of: user).name
        let now = Int(time.timeIntervalSince1970)
        return [
            RedisCommand("ZADD", [key] + members.flatMap { [String(now), $0] }, repeatable: true),
            RedisCommand(
                "ZREMRANGEBYSCORE",
                [key, "-inf", String(now - Int(RedisKeyPattern.textRetention.components.seconds))],
                repeatable: true
            ),
            .expire(key, after: RedisKeyPattern.textRetention),
        ]
    }

    // MARK: Missed messages

    /// Begins to read the provider's list, unless another process has begun within the interval.
    ///
    /// - Returns: When the list was last read to its end, and the present time before the first reading; nil if it is not
    ///   this process's turn.
    func beginListing(at time: Date, every interval: Duration) async throws -> Date? {
        let begun = try await redis.ask(.setIfAbsent(RedisKey.listing.name, "", lifetime: interval))
        guard begun.string == "OK" else { return nil }
        return try await redis.ask(.get(RedisKey.listed.name)).string.flatMap { Date(timestamp: $0) } ?? time
    }

    func endListing(at time: Date) async throws {
        _ = try await redis.ask(.set(RedisKey.listed.name, time.timestamp))
    }
}
