internal import FoundationEssentials
public import Redis

/// The people who can sign in, in the threads' database: `user:<name>`.
public struct UserAccounts: Sendable {
    /// The fewest characters of a password.
    public static let minimumPasswordCharacters = 12
    /// The longest password, in UTF-8 bytes.
    public static let maximumPasswordBytes = 1024

    private let redis: RedisClient
    private let hasher: PasswordHasher

    static let prefix = "user:"

    /// Creates the accounts' door.
    public init(redis: RedisClient) {
        self.init(redis: redis, hasher: PasswordHasher())
    }

    init(redis: RedisClient, hasher: PasswordHasher) {
        self.redis = redis
        self.hasher = hasher
    }

    /// Lets somebody sign in from now on.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `accountExists`, `invalidField` for a password that is too short
    ///   or too long, or `storeUnavailable`.
    public func add(_ name: UserName, password: String) async throws {
        let now = Date.now.formatted(.iso8601)
        let arguments = try await fields(for: password, at: now) + ["created_at", now]
        guard try await redis.ask(Self.insert, keys: [Self.key(name)], arguments: arguments).integer == 1 else {
            throw PolicyAssistantError(
                .accountExists,
                "There is a user of this name; `users passwd` changes the password.",
                field: "username"
            )
        }
    }

    /// Changes somebody's password, which ends all their sessions, and their wait after failed attempts.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `accountNotFound`, `invalidField` for a password that is too
    ///   short or too long, or `storeUnavailable`.
    public func changePassword(of name: UserName, to password: String) async throws {
        let arguments = try await fields(for: password, at: Date.now.formatted(.iso8601))
        let keys = [Self.key(name), SignInLimiter.key(forName: name.value)]
        guard try await redis.ask(Self.update, keys: keys, arguments: arguments).integer == 1 else {
            throw Self.notFound
        }
    }

    /// Lets somebody sign in no more, which ends all their sessions.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `accountNotFound` or `storeUnavailable`.
    public func remove(_ name: UserName) async throws {
        guard try await redis.ask(.del(Self.key(name))).integer == 1 else { throw Self.notFound }
    }

    /// Returns all who can sign in, by their names.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func list() async throws -> [UserAccount] {
        let keys = try await redis.keys(withPrefix: Self.prefix)
        let replies = try await redis.ask(keys.map { .hmget($0, ["created_at", "changed_at"]) })
        return zip(keys, replies).compactMap { key, reply in
            guard let dates = reply.array?.compactMap(\.string), dates.count == 2,
                let name = try? UserName(String(key.dropFirst(Self.prefix.count)))
            else { return nil }
            return UserAccount(name: name, createdAt: dates[0], passwordChangedAt: dates[1])
        }
        .sorted { $0.name.value < $1.name.value }
    }

    /// Returns what somebody's password is held against; nil where nobody has the name.
    func credentials(of name: UserName) async throws -> Credentials? {
        let reply = try await redis.ask(.hmget(Self.key(name), ["scrypt", "generation"]))
        guard let fields = reply.array?.compactMap(\.string), fields.count == 2, let hash = PasswordHash(fields[0])
        else {
            return nil
        }
        return Credentials(hash: hash, generation: fields[1])
    }

    static func key(_ name: UserName) -> String { prefix + name.value }

    /// The fields that change with the password, and their values.
    private func fields(for password: String, at time: String) async throws -> [String] {
        guard password.count >= Self.minimumPasswordCharacters, password.utf8.count <= Self.maximumPasswordBytes else {
            throw PolicyAssistantError(
                .invalidField,
                "A password must have at least \(Self.minimumPasswordCharacters) characters, and at most "
                    + "\(Self.maximumPasswordBytes) bytes.",
                field: "password"
            )
        }
        let hash = try await hasher.hash(password)
        return ["scrypt", hash.text, "generation", RandomToken.make(), "changed_at", time]
    }

    private static let notFound = PolicyAssistantError(
        .accountNotFound,
        "There is no user of this name; `users list` shows those there are.",
        field: "username"
    )

    private static let insert = RedisScript(
        """
        if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
        redis.call('HSET', KEYS[1], unpack(ARGV))
        return 1
        """
    )

    private static let update = RedisScript(
        """
        if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
        redis.call('HSET', KEYS[1], unpack(ARGV))
        redis.call('DEL', KEYS[2])
        return 1
        """,
        repeatable: true
    )
}
