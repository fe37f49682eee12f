internal import Redis

/// A period in which a user is signed in.
public struct Session: Sendable, Hashable {
    /// The session's random ID, which nobody can guess.
    public let id: String
    /// The signed-in user.
    public let user: UserID

    /// Creates a session with an ID and a user.
    public init(id: String, user: UserID) {
        self.id = id
        self.user = user
    }
}

/// The sessions in the threads database.
///
/// A session's key holds the generation of the user's password, and the session is valid while that is the user's: a new
/// password, or the removal of the account, ends all sessions without listing them.
public struct Sessions: Sendable {
    /// How long a session lasts.
    public static let lifetime = RedisKeyPattern.sessionLifetime

    private let redis: RedisClient

    init(redis: RedisClient) {
        self.redis = redis
    }

    /// Begins a session for a user whose password was right.
    func begin(for name: UserName, _ credentials: Credentials) async throws -> Session {
        let session = Session(id: RandomToken.make(), user: name.user)
        let key = RedisKey.session(session.id).name
        _ = try await redis.ask(.set(key, credentials.generation, lifetime: Self.lifetime))
        return session
    }

    /// Returns whether a session is valid: it has not ended or expired, and its user's password is unchanged.
    ///
    /// Redis is asked each time, so that a session that has ended has ended on every replica.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func isOpen(_ session: Session) async throws -> Bool {
        guard let name = try? UserName(session.user.value), name.user == session.user else { return false }
        let replies = try await redis.ask([
            .get(RedisKey.session(session.id).name), .hget(RedisKey.account(name).name, "generation"),
        ])
        guard let generation = replies[0].string else { return false }
        return generation == replies[1].string
    }

    /// Ends a session.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func end(_ session: Session) async throws {
        _ = try await redis.ask(.del(RedisKey.session(session.id).name).repeatable())
    }
}
