internal import FoundationEssentials
public import Redis

/// The sessions of users whom the identity provider has signed in, in the threads database.
///
/// Names in Redis are hashes of what browsers and the provider send, so a copy of the database contains no token that
/// opens a session.
public struct ProviderSessions: Sendable {
    private let redis: RedisClient

    /// Creates the sessions on a client of the threads database.
    public init(redis: RedisClient) {
        self.redis = redis
    }

    /// Records a sign-in until ``finishAttempt(state:)``, for ten minutes at most.
    ///
    /// - Parameters:
    ///   - attempt: The sign-in.
    ///   - state: The random text that the provider returns with the browser.
    ///   - address: The address of the browser, from which 600 sign-ins may begin, and one more each second.
    /// - Throws: ``PolicyAssistantError`` with the code `tooManyAttempts` or `storeUnavailable`.
    public func begin(_ attempt: SignInAttempt, state: String, from address: String) async throws {
        let bucket = TokenBucket(key: .signInAttempts(from: address), capacity: 600, refill: .seconds(1))
        if let wait = try await TokenBuckets(redis: redis).take(from: [bucket]).wait {
            throw PolicyAssistantError(
                .tooManyAttempts,
                "Too many sign-ins have begun at this address. Wait before you try again.",
                retryAfter: .seconds(wait.components.seconds + 1)
            )
        }
        let record = String(decoding: try JSONEncoder().encode(attempt), as: UTF8.self)
        let key = RedisKey.signInAttempt(state: state).name
        _ = try await redis.ask(.set(key, record, lifetime: RedisKeyPattern.signInAttemptLifetime))
    }

    /// Returns the sign-in with a state, and removes it, so that a state is valid once on all replicas.
    ///
    /// - Returns: The sign-in; nil if there is none, or it is too old.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func finishAttempt(state: String) async throws -> SignInAttempt? {
        guard let record = try await redis.run(ProviderSessionScripts.take(.signInAttempt(state: state))) else {
            return nil
        }
        return try? JSONDecoder().decode(SignInAttempt.self, from: Data(record.utf8))
    }

    /// Begins a session.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - idToken: The provider's ID token.
    ///   - providerSession: The provider's ID of its session (`sid`); nil if it names none.
    /// - Returns: The token for the browser's cookie.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func begin(_ user: ProviderUser, idToken: String, providerSession: String?) async throws -> String {
        let token = RandomToken.make() + RandomToken.make()
        let id = ContentHash.of(token)
        var indexes = [RedisKey.providerSessions(ofSubject: user.subject)]
        if let providerSession { indexes.append(.providerSessions(ofProviderSession: providerSession)) }
        var fields = [
            "user", user.id.value, "subject", user.subject, "admin", user.isAdmin ? "1" : "0",
            "groups", String(decoding: try JSONEncoder().encode(user.groups), as: UTF8.self), "id_token", idToken,
        ]
        if let name = user.name { fields += ["name", name] }
        try await redis.run(ProviderSessionScripts.begin(id, indexes, fields))
        return token
    }

    /// Returns the open session of a cookie's token; nil if there is none.
    ///
    /// Redis is asked each time, so that a session that has ended has ended on every replica.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func session(token: String) async throws -> ProviderSession? {
        let id = ContentHash.of(token)
        let fields = try await redis.ask(.hgetall(RedisKey.providerSession(id).name)).dictionary ?? [:]
        guard let user = fields["user"], let subject = fields["subject"], let idToken = fields["id_token"] else {
            return nil
        }
        let groups = fields["groups"].flatMap { try? JSONDecoder().decode([String].self, from: Data($0.utf8)) }
        return ProviderSession(
            id: id,
            user: ProviderUser(
                id: UserID(recorded: user),
                name: fields["name"],
                subject: subject,
                groups: groups ?? [],
                isAdmin: fields["admin"] == "1"
            ),
            idToken: idToken
        )
    }

    /// Ends a session.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func end(_ session: ProviderSession) async throws {
        _ = try await redis.ask(.del(RedisKey.providerSession(session.id).name).repeatable())
    }

    /// Ends the sessions that the provider has ended: those of one of its sessions, or all of a user.
    ///
    /// - Parameters:
    ///   - subject: The provider's identifier of the user; nil if the provider names its session only.
    ///   - providerSession: The provider's ID of its session; nil for all sessions of the user.
    ///   - announcement: The ID of the provider's logout token, which has an effect once: a copy of it that arrives later
    ///     must not end a session that has begun since.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func end(subject: String?, providerSession: String?, announcedBy announcement: String) async throws {
        let index: RedisKey
        if let providerSession {
            index = .providerSessions(ofProviderSession: providerSession)
        } else if let subject {
            index = .providerSessions(ofSubject: subject)
        } else {
            return
        }
        let replies = try await redis.ask([
            .exists(RedisKey.logoutToken(announcement).name),
            RedisCommand("ZRANGE", [index.name, "0", "-1"], repeatable: true),
        ])
        guard replies[0].integer == 0 else { return }
        let ids = replies[1].array?.compactMap(\.string) ?? []
        var commands = [
            RedisCommand.set(
                RedisKey.logoutToken(announcement).name,
                "",
                lifetime: RedisKeyPattern.signInAttemptLifetime
            )
        ]
        if !ids.isEmpty {
            commands.insert(.del(ids.map { RedisKey.providerSession($0).name }).repeatable(), at: 0)
            commands.insert(RedisCommand("ZREM", [index.name] + ids, repeatable: true), at: 1)
        }
        _ = try await redis.ask(commands)
    }
}
