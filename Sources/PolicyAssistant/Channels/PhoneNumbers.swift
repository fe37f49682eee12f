public import FoundationEssentials
public import Redis
public import SMS

/// The users to whom phone numbers belong, in the threads database.
public struct PhoneNumbers: Sendable {
    private let redis: RedisClient
    private let pseudonyms: NumberPseudonyms
    private let now: @Sendable () -> Date

    /// Creates the numbers on a client of the threads database.
    ///
    /// - Parameters:
    ///   - redis: The client.
    ///   - key: The secret from which pseudonyms are made; nil for the one in Redis.
    public init(redis: RedisClient, key: SigningSecret?) {
        self.init(redis: redis, pseudonyms: NumberPseudonyms(secret: key, redis: redis))
    }

    init(redis: RedisClient, pseudonyms: NumberPseudonyms, now: @escaping @Sendable () -> Date = { .now }) {
        self.redis = redis
        self.pseudonyms = pseudonyms
        self.now = now
    }

    /// A number on record.
    public struct Binding: Sendable, Hashable {
        /// The number's pseudonym.
        public let pseudonym: String
        /// The number's last two digits.
        public let lastDigits: String
        /// The user to whom it belongs.
        public let user: UserID
        /// The role in which questions from the number are asked; nil for the default one.
        public let role: RoleName?
        /// When that was recorded.
        public let boundAt: Date?
    }

    /// Makes a number a user's, whoever's it was.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - user: The user.
    ///   - role: The role in which questions from the number are asked; nil for the default one.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func add(_ number: PhoneNumber, of user: UserID, role: RoleName? = nil) async throws {
        let pseudonym = try await pseudonyms.number(number)
        let time = now()
        let fields = [
            "user": user.value, "role": role?.value ?? "", "last_digits": number.lastDigits, "bound_at": time.timestamp,
        ]
        _ = try await redis.ask(
            TextRecords.list(["number \(pseudonym)"], of: user, at: time)
                + [.hset(RedisKey.number(pseudonym).name, fields)]
        )
    }

    /// Returns all numbers, in the order of their users.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func list() async throws -> [Binding] {
        let keys = try await redis.keys(withPrefix: RedisKeyPattern.number.prefix)
        let hashes = try await redis.ask(keys.map { .hgetall($0.name) })
        let found = zip(keys, hashes).compactMap { key, hash -> Binding? in
            guard let pseudonym = RedisKeyPattern.number.value(in: key.name), let fields = hash.dictionary,
                let user = fields["user"]
            else { return nil }
            return Binding(
                pseudonym: pseudonym,
                lastDigits: fields["last_digits"] ?? "",
                user: UserID(recorded: user),
                role: Self.role(fields["role"]),
                boundAt: fields["bound_at"].flatMap { Date(timestamp: $0) }
            )
        }
        return found.sorted { ($0.user.value, $0.pseudonym) < ($1.user.value, $1.pseudonym) }
    }

    /// Makes a number nobody's.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `numberNotFound` or `storeUnavailable`.
    public func remove(_ number: PhoneNumber) async throws {
        guard try await redis.ask(.del(RedisKey.number(pseudonyms.number(number)).name)).integer == 1 else {
            throw PolicyAssistantError(
                .numberNotFound,
                "This number belongs to no user; `numbers list` shows those that do."
            )
        }
    }

    /// Returns the user to whom a number belongs, and the role of its questions; nil if it is nobody's.
    func owner(of pseudonym: String) async throws -> (user: UserID, role: RoleName?)? {
        let fields = try await redis.ask(.hgetall(RedisKey.number(pseudonym).name)).dictionary ?? [:]
        return fields["user"].map { (UserID(recorded: $0), Self.role(fields["role"])) }
    }

    private static func role(_ field: String?) -> RoleName? {
        field.flatMap { $0.isEmpty ? nil : RoleName(recorded: $0) }
    }

    // MARK: Codes

    /// A code by which a number becomes a user's.
    public struct Code: Sendable, Hashable {
        /// The code, in two groups of four characters.
        public let text: String
        /// How long it can be texted.
        public let lifetime: Duration
    }

    /// Makes a code for a user, who texts it from the number that is to be the user's.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func code(for user: UserID) async throws -> Code {
        var generator = SystemRandomNumberGenerator()
        // Almost forty random bits.
        let code = String(
            (0..<Self.codeLength).map { _ in
                Self.codeCharacters[Int.random(in: Self.codeCharacters.indices, using: &generator)]
            }
        )
        let lifetime = RedisKeyPattern.codeLifetime
        _ = try await redis.ask(.set(RedisKey.numberCode(code).name, user.value, lifetime: lifetime))
        return Code(text: "\(code.prefix(4))-\(code.suffix(4))", lifetime: lifetime)
    }

    private static let codeLength = 8
    /// Letters and digits that are not mistaken for each other.
    private static let codeCharacters = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")

    /// Makes a number the user's whose code a message is.
    ///
    /// - Returns: The user; nil if the message is no code in force.
    func redeem(_ message: String, from number: PhoneNumber) async throws -> UserID? {
        let code = message.uppercased().filter { !$0.isWhitespace && $0 != "-" }
        guard code.count == Self.codeLength, code.allSatisfy(Self.codeCharacters.contains),
            let user = try await redis.ask(.get(RedisKey.numberCode(code).name)).string.map(UserID.init(recorded:))
        else { return nil }
        let pseudonym = try await pseudonyms.number(number)
        let call = TextScripts.bind(pseudonym, lastDigits: number.lastDigits, to: user, by: code, at: now())
        return try await redis.run(call) ? user : nil
    }
}
