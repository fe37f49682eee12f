internal import Redis

/// A time for which somebody is signed in.
public struct Session: Sendable, Hashable {
    /// The session's name, which nobody can guess.
    public let id: String
    /// Who is signed in.
    public let user: UserID

    /// Creates a session's name.
    public init(id: String, user: UserID) {
        self.id = id
        self.user = user
    }
}

/// The sessions there are, in the threads' database: `session:<id>`.
///
/// A session's key holds the generation of its user's password, and is of use as long as that is the user's: so a new
/// password, or the user's removal, ends all sessions, and nobody has to find them.
public struct Sessions: Sendable {
    /// How long a session lasts.
    public static let lifetime = Duration.seconds(24 * 3600)

    private let redis: RedisClient

    init(redis: RedisClient) {
        self.redis = redis
    }

    /// Begins a session for somebody whose password was right.
    func begin(for name: UserName, _ credentials: Credentials) async throws -> Session {
        let session = Session(id: RandomToken.make(), user: name.user)
        _ = try await redis.ask(.set(Self.key(session.id), credentials.generation, lifetime: Self.lifetime))
        return session
    }

    /// Whether a session goes on: it was not ended, its time is not over, and its user's password is the same.
    ///
    /// Redis is asked each time, so that what has ended has ended everywhere.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func isOpen(_ session: Session) async throws -> Bool {
        guard let name = try? UserName(session.user.value), name.user == session.user else { return false }
        let replies = try await redis.ask([
            .get(Self.key(session.id)), .hget(UserAccounts.key(name), "generation"),
        ])
        guard let generation = replies[0].string else { return false }
        return generation == replies[1].string
    }

    /// Ends a session, if it goes on.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func end(_ session: Session) async throws {
        _ = try await redis.ask(.del(Self.key(session.id)).repeatable())
    }

    private static func key(_ id: String) -> String { "session:\(id)" }
}
