internal import FoundationEssentials
public import Redis

/// The persons whom roles imitate, in the threads database.
///
/// All that is kept of a person is one value, so that one deletion takes all of it away. No process keeps a copy.
public struct Imitations: Sendable {
    /// The most pairs that are kept.
    public static let maximumPairs = 2_000
    /// The most bytes of the pairs' JSON: 1 MiB.
    static let maximumBytes = 1 << 20

    /// The text of roles that are made for an imitation.
    private static let textOfRoles = "Write as this person does."

    private let redis: RedisClient
    private let roles: Roles
    private let now: @Sendable () -> Date

    /// Creates the imitations on a client of the threads database.
    public init(redis: RedisClient) {
        self.init(redis: redis, now: { .now })
    }

    init(redis: RedisClient, now: @escaping @Sendable () -> Date) {
        self.redis = redis
        self.now = now
        roles = Roles(redis: redis, standard: nil)
    }

    /// Lets a shared role imitate a person, in place of the one whom it imitated, and makes the role if it does not exist.
    ///
    /// The newest pairs are kept, without digits and addresses, and without long texts.
    ///
    /// - Parameters:
    ///   - person: The person's name.
    ///   - role: The role's name.
    ///   - pairs: What others wrote and what the person replied, the oldest first.
    ///   - consent: Who consented, and when.
    /// - Returns: What is on record now.
    /// - Throws: ``PolicyAssistantError`` with the code `invalidField` or `storeUnavailable`.
    public func record(
        _ person: String,
        for role: String,
        pairs: [StylePair],
        consent: String
    ) async throws -> Imitation {
        let name = try RoleName(role)
        try Self.check(person, "person", upTo: 100)
        try Self.check(consent, "consent", upTo: 500)
        let kept = try Self.kept(pairs)
        guard kept.count > 0 else {
            throw PolicyAssistantError(
                .invalidField,
                "None of the pairs can serve as an example: each has a text of more than \(StylePair.maximumCharacters) "
                    + "characters, or none at all.",
                field: "pairs"
            )
        }
        let time = now()
        let fields = [
            "person": person, "consent": consent, "created_at": time.timestamp, "count": String(kept.count),
            "pairs": kept.json,
        ]
        try await roles.provide(shared: name, text: Self.textOfRoles)
        _ = try await redis.ask(.hset(RedisKey.imitation(ofRole: role).name, fields))
        return Imitation(
            role: role,
            person: person,
            consent: consent,
            createdAt: Date(timestamp: time.timestamp),
            pairCount: kept.count
        )
    }

    /// Returns all imitations, in the order of their roles.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func list() async throws -> [Imitation] {
        let keys = try await redis.keys(withPrefix: RedisKeyPattern.imitation.prefix)
        let replies = try await redis.ask(keys.map { .hmget($0.name, ["person", "consent", "created_at", "count"]) })
        return zip(keys, replies).compactMap { key, reply -> Imitation? in
            guard let role = RedisKeyPattern.imitation.value(in: key.name),
                let fields = reply.array?.compactMap(\.string), fields.count == 4
            else { return nil }
            return Imitation(
                role: role,
                person: fields[0],
                consent: fields[1],
                createdAt: Date(timestamp: fields[2]),
                pairCount: Int(fields[3]) ?? 0
            )
        }.sorted { $0.role < $1.role }
    }

    /// Deletes all that is kept of the person whom a role imitates, and the role if it was made for that.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `imitationNotFound` or `storeUnavailable`.
    public func forget(_ role: String) async throws {
        guard try await redis.ask(.del(RedisKey.imitation(ofRole: role).name)).integer == 1 else {
            throw PolicyAssistantError(
                .imitationNotFound,
                "The role imitates nobody; `role imitations` lists the roles that do."
            )
        }
        try await roles.withdraw(shared: try RoleName(role), unlessChangedFrom: Self.textOfRoles)
    }

    /// Returns the examples of a role; nil for a role that imitates nobody.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func examples(ofRole role: String) async throws -> StyleExamples? {
        let key = RedisKey.imitation(ofRole: role).name
        guard let person = try await redis.ask(.hget(key, "person")).string else { return nil }
        return StyleExamples(person: person) { [redis] in
            guard let json = try await redis.ask(.hget(key, "pairs")).string else { return [] }
            return (try? JSONDecoder().decode([StylePair].self, from: Data(json.utf8))) ?? []
        }
    }

    /// Returns the newest pairs that fit, as JSON, the oldest first.
    private static func kept(_ pairs: [StylePair]) throws -> (count: Int, json: String) {
        var newestFirst: [String] = []
        var bytes = 2
        for pair in pairs.reversed().lazy.compactMap(\.asExample) {
            let json = String(decoding: try JSONEncoder().encode(pair), as: UTF8.self)
            bytes += json.utf8.count + 1
            guard newestFirst.count < maximumPairs, bytes <= maximumBytes else { break }
            newestFirst.append(json)
        }
        return (newestFirst.count, "[\(newestFirst.reversed().joined(separator: ","))]")
    }

    private static func check(_ value: String, _ name: String, upTo limit: Int) throws(PolicyAssistantError) {
        guard (1...limit).contains(value.count), !value.allSatisfy(\.isWhitespace),
            !value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            throw PolicyAssistantError(
                .invalidField,
                "The \(name) must have from 1 to \(limit) characters in one line.",
                field: name
            )
        }
    }
}
