internal import FoundationEssentials
public import Redis

/// The accounts of users who sign in with a password, in the threads database.
public struct UserAccounts: Sendable {
    /// The fewest characters of a password.
    public static let minimumPasswordCharacters = 12
    /// The longest password, in UTF-8 bytes.
    public static let maximumPasswordBytes = 1024

    private let redis: RedisClient
    private let hasher: PasswordHasher

    /// Creates the accounts on a client of the threads database.
    public init(redis: RedisClient) {
        self.init(redis: redis, hasher: PasswordHasher())
    }

    init(redis: RedisClient, hasher: PasswordHasher) {
        self.redis = redis
        self.hasher = hasher
    }

    /// Creates an account.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `accountExists`, `invalidField` for a password that is too short
    ///   or too long, or `storeUnavailable`.
    public func add(_ name: UserName, password: String) async throws {
        let now = Date.now.timestamp
        let fields = try await fields(for: password, at: now) + ["created_at", now]
        guard try await redis.run(AccountScripts.insert(name, fields)) else {
            throw PolicyAssistantError(
                .accountExists,
                "There is a user of this name; `users passwd` changes the password.",
                field: "username"
            )
        }
    }

    /// Changes the password of an account, which ends all sessions of the user and the wait after failed attempts.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `accountNotFound`, `invalidField` for a password that is too
    ///   short or too long, or `storeUnavailable`.
    public func changePassword(of name: UserName, to password: String) async throws {
        let fields = try await fields(for: password, at: Date.now.timestamp)
        guard try await redis.run(AccountScripts.update(name, fields)) else { throw Self.notFound }
    }

    /// Deletes an account, which ends all sessions of the user.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `accountNotFound` or `storeUnavailable`.
    public func remove(_ name: UserName) async throws {
        guard try await redis.ask(.del(RedisKey.account(name).name)).integer == 1 else { throw Self.notFound }
    }

    /// Returns all accounts, in the order of their names.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func list() async throws -> [UserAccount] {
        let keys = try await redis.keys(withPrefix: RedisKeyPattern.account.prefix)
        let replies = try await redis.ask(keys.map { .hmget($0.name, ["created_at", "changed_at"]) })
        let accounts = zip(keys, replies).compactMap { key, reply -> UserAccount? in
            guard let times = reply.array?.compactMap(\.string), times.count == 2,
                let name = RedisKeyPattern.account.value(in: key.name).flatMap({ try? UserName($0) })
            else { return nil }
            return UserAccount(
                name: name,
                createdAt: Date(timestamp: times[0]),
                passwordChangedAt: Date(timestamp: times[1])
            )
        }
        return accounts.sorted { $0.name.value < $1.name.value }
    }

    /// Returns what a password of the user is compared with; nil without an account of the name.
    func credentials(of name: UserName) async throws -> Credentials? {
        let reply = try await redis.ask(.hmget(RedisKey.account(name).name, ["scrypt", "generation"]))
        guard let fields = reply.array?.compactMap(\.string), fields.count == 2, let hash = PasswordHash(fields[0])
        else {
            return nil
        }
        return Credentials(hash: hash, generation: fields[1])
    }

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
}
