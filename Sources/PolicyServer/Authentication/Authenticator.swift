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
    /// Sessions that an identity provider begins, its access tokens, and API keys.
    case openID(IdentityProvider, sessions: ProviderSessions, keys: APIKeyCache)
    /// Users whom a proxy has signed in, and API keys.
    case proxy(ProxyAuthenticator, keys: APIKeyCache)

    /// Returns the identity that a session's cookie proves.
    ///
    /// - Parameter token: The token in the cookie.
    /// - Returns: The identity of an open session.
    /// - Throws: The errors of ``identity(ofBearer:)``.
    func identity(ofSession token: String) async throws -> Identity {
        guard case .openID(_, let sessions, _) = self else {
            let identity = try await identity(ofBearer: token)
            guard case .session = identity else { throw Problem.unauthorized }
            return identity
        }
        guard let session = try await sessions.session(token: token) else { throw Problem.unauthorized }
        return .providerSession(session)
    }

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
        case .openID(let provider, _, let keys):
            if let key = try await key(credential, in: keys) { return .key(key) }
            guard let credential, let user = try await provider.user(ofAccessToken: credential) else {
                throw Problem.unauthorized
            }
            return .user(user.id, isAdmin: user.isAdmin)
        case .apiKeys(let keys), .proxy(_, let keys):
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
