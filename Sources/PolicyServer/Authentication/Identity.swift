internal import HTTPTypes
internal import PolicyAssistant

/// Who makes a request, and what that allows.
///
/// Every route that answers for a user, shows a user's thread or belongs to administrators asks here.
enum Identity: Sendable {
    /// Nobody has looked yet, or nothing was proved: nothing is allowed.
    case unknown
    /// Callers are not told apart, by the operator's choice: everything is allowed.
    case anyone
    /// The user whom a token of the identity provider names.
    case user(UserID)
    /// Somebody who has signed in here.
    case session(Session)
    /// The holder of an API key.
    case key(APIKey)

    /// Returns the user that the request acts as.
    ///
    /// - Parameters:
    ///   - claimed: The user whom the request itself names, if it names one.
    ///   - unnamed: Whom a request acts as that names nobody, where that is allowed.
    /// - Returns: The user proved, or else the one claimed.
    /// - Throws: ``Problem`` with the code `user_mismatch` where that is somebody else, `invalid_field` where somebody
    ///   has to be named and nobody is; `PolicyAssistantError` where the name is no identifier.
    func user(claimed: String?, orElse unnamed: UserID? = nil) throws -> UserID {
        switch self {
        case .unknown:
            throw Problem.unauthorized
        case .user(let user):
            return try same(user, as: claimed)
        case .session(let session):
            return try same(session.user, as: claimed)
        case .key(let key):
            if let user = key.user { return try same(user, as: claimed) }
            return try named(claimed, orElse: unnamed)
        case .anyone:
            return try named(claimed, orElse: unnamed)
        }
    }

    /// Demands that the caller may see and delete a user's thread: it is the caller's own, or the caller is an
    /// administrator.
    ///
    /// - Throws: ``Problem`` with the code `forbidden`, whether there is such a thread or not.
    func requireAccess(toThreadOf owner: UserID) throws {
        switch self {
        case .user(let user) where user == owner: return
        case .session(let session) where session.user == owner: return
        case .key(let key) where key.user == owner: return
        default: try requireAdmin()
        }
    }

    /// Demands that the caller may follow a user's turn: it may act as that user, or is an administrator.
    ///
    /// - Throws: ``Problem`` with the code `forbidden`.
    func requireAccess(toTurnOf owner: UserID) throws {
        if case .key(let key) = self, key.user == nil { return }
        try requireAccess(toThreadOf: owner)
    }

    /// Demands an administrator.
    ///
    /// - Throws: ``Problem`` with the code `forbidden`.
    func requireAdmin() throws {
        switch self {
        case .anyone: return
        case .key(let key) where key.isAdmin: return
        case .unknown: throw Problem.unauthorized
        case .user, .session, .key: throw Problem.forbidden
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
