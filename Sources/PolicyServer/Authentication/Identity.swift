internal import HTTPTypes
internal import PolicyAssistant

/// The authenticated caller of a request, and what it is authorized to do.
///
/// Every route that acts as a user, accesses a user's thread or is reserved for administrators asks here.
enum Identity: Sendable {
    /// Not authenticated: nothing is allowed.
    case unknown
    /// Authentication is off (`AUTH_MODE=none`): everything is allowed.
    case anyone
    /// The subject of an identity provider's token, or a user whom a proxy has signed in.
    case user(UserID, isAdmin: Bool = false)
    /// A user who signed in here.
    case session(Session)
    /// A user whom the identity provider has signed in.
    case providerSession(ProviderSession)
    /// The owner of an API key.
    case key(APIKey)

    /// Whether the caller is authenticated, or need not be.
    var isKnown: Bool {
        if case .unknown = self { false } else { true }
    }

    /// The ID of the session whose cookie the request carries; nil without a session.
    var sessionID: String? {
        switch self {
        case .session(let session): session.id
        case .providerSession(let session): session.id
        case .unknown, .anyone, .user, .key: nil
        }
    }

    /// Returns the user that the request acts as.
    ///
    /// - Parameters:
    ///   - claimed: The user that the request names; nil if it names none.
    ///   - unnamed: The user of a request that names none; nil if it has to name one.
    /// - Returns: The identity's user or, if it has none, the claimed one.
    /// - Throws: ``Problem`` with the code `user_mismatch` if the claimed user is not the identity's, or
    ///   `invalid_field` if no user is named; `PolicyAssistantError` if the claimed user is not a valid ID.
    func user(claimed: String?, orElse unnamed: UserID? = nil) throws -> UserID {
        switch self {
        case .unknown:
            throw Problem.unauthorized
        case .user(let user, isAdmin: _):
            return try same(user, as: claimed)
        case .session(let session):
            return try same(session.user, as: claimed)
        case .providerSession(let session):
            return try same(session.user.id, as: claimed)
        case .key(let key):
            if let user = key.user { return try same(user, as: claimed) }
            return try named(claimed, orElse: unnamed)
        case .anyone:
            return try named(claimed, orElse: unnamed)
        }
    }

    /// Requires access to a user's thread, which that user and administrators have.
    ///
    /// - Throws: ``Problem/forbidden``, whether the thread exists or not.
    func requireAccess(toThreadOf owner: UserID) throws {
        switch self {
        case .user(let user, isAdmin: _) where user == owner: return
        case .session(let session) where session.user == owner: return
        case .providerSession(let session) where session.user.id == owner: return
        case .key(let key) where key.user == owner: return
        default: try requireAdmin()
        }
    }

    /// Requires access to a user's turn, which administrators and everybody have who can act as that user.
    ///
    /// - Throws: ``Problem/forbidden``.
    func requireAccess(toTurnOf owner: UserID) throws {
        if case .key(let key) = self, key.user == nil { return }
        try requireAccess(toThreadOf: owner)
    }

    /// Requires an administrator.
    ///
    /// - Throws: ``Problem/forbidden``.
    func requireAdmin() throws {
        switch self {
        case .anyone: return
        case .key(let key) where key.isAdmin: return
        case .user(_, isAdmin: true): return
        case .providerSession(let session) where session.user.isAdmin: return
        case .unknown: throw Problem.unauthorized
        case .user, .session, .providerSession, .key: throw Problem.forbidden
        }
    }

    private func same(_ user: UserID, as claimed: String?) throws -> UserID {
        if let claimed, (try? UserID(claimed)) != user { throw Problem.userMismatch }
        return user
    }

    private func named(_ claimed: String?, orElse unnamed: UserID?) throws -> UserID {
        guard let claimed else {
            if let unnamed { return unnamed }
            throw Problem(
                status: .unprocessableContent,
                code: "invalid_field",
                detail: "user_id is missing.",
                field: "user_id"
            )
        }
        return try UserID(claimed)
    }
}
