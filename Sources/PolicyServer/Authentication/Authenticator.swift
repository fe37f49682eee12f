internal import PolicyAssistant

/// Finds out who a caller is, in the way that the settings say.
enum Authenticator: Sendable {
    /// Everybody is let in.
    case none
    /// Holders of API keys are.
    case apiKeys(APIKeyCache)
    /// Holders of tokens are, and administrators by their API keys.
    ///
    /// Where people sign in here, a token opens as long as its session goes on, and no other token does.
    case tokens(TokenVerifier, sessions: Sessions?, administrators: APIKeyCache)

    /// Returns who the holder of a bearer word is.
    ///
    /// - Parameter word: The word sent; nil where none was.
    /// - Returns: Somebody who is known.
    /// - Throws: ``Problem`` with the code `unauthorized`, always the same; `PolicyAssistantError` and ``Problem`` where
    ///   Redis or the identity provider's keys cannot be reached.
    func identity(ofBearer word: String?) async throws -> Identity {
        switch self {
        case .none:
            return .anyone
        case .apiKeys(let ring):
            guard let key = try await key(word, in: ring) else { throw Problem.unauthorized }
            return .key(key)
        case .tokens(let verifier, let sessions, let administrators):
            if let key = try await key(word, in: administrators), key.isAdmin { return .key(key) }
            guard let word, let token = try await verifier.token(word), let user = try? UserID(token.subject) else {
                throw Problem.unauthorized
            }
            guard let sessions else { return .user(user) }
            guard let id = token.session, case let session = Session(id: id, user: user),
                try await sessions.isOpen(session)
            else { throw Problem.unauthorized }
            return .session(session)
        }
    }

    private func key(_ word: String?, in ring: APIKeyCache) async throws -> APIKey? {
        guard let secret = word.flatMap(APIKeySecret.init) else { return nil }
        return try await ring.key(for: secret)
    }
}
