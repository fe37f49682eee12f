internal import PolicyAssistant

/// Authenticates bearer credentials, in the mode that the settings choose.
enum Authenticator: Sendable {
    /// No authentication.
    case none
    /// API keys.
    case apiKeys(APIKeyCache)
    /// Tokens, and administrators' API keys.
    ///
    /// With `sessions`, only this server's own tokens are valid, and each of them as long as its session is open.
    case tokens(TokenVerifier, sessions: Sessions?, administrators: APIKeyCache)

    /// Returns the identity that a bearer credential proves.
    ///
    /// - Parameter credential: The API key or token; nil if the request has none.
    /// - Returns: An identity other than ``Identity/unknown``.
    /// - Throws: ``Problem/unauthorized``, whatever is wrong with the credential; `PolicyAssistantError` and
    ///   ``Problem/identityUnavailable`` if Redis or the identity provider's keys are unavailable.
    func identity(ofBearer credential: String?) async throws -> Identity {
        switch self {
        case .none:
            return .anyone
        case .apiKeys(let keys):
            guard let key = try await key(credential, in: keys) else { throw Problem.unauthorized }
            return .key(key)
        case .tokens(let verifier, let sessions, let administrators):
            if let key = try await key(credential, in: administrators), key.isAdmin { return .key(key) }
            guard let credential, let token = try await verifier.verify(credential),
                let user = try? UserID(token.subject)
            else {
                throw Problem.unauthorized
            }
            guard let sessions else { return .user(user) }
            guard let id = token.session, case let session = Session(id: id, user: user),
                try await sessions.isOpen(session)
            else { throw Problem.unauthorized }
            return .session(session)
        }
    }

    private func key(_ credential: String?, in keys: APIKeyCache) async throws -> APIKey? {
        guard let secret = credential.flatMap(APIKeySecret.init) else { return nil }
        return try await keys.verify(secret)
    }
}
