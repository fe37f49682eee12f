internal import FoundationEssentials
internal import PolicyAssistant

extension PolicyServer {
    /// The identity provider's keys, where tokens are verified with keys that it publishes.
    func publishedKeys() -> PublishedKeys? {
        guard case .token(let tokens) = assistant.settings.authentication else { return nil }
        switch tokens.keys {
        case .secret:
            return nil
        case .url(let url):
            return PublishedKeys(logger: logger) { [fetchKeys] in try await fetchKeys(url) }
        case .file(let path):
            return PublishedKeys(logger: logger) { Array(try Data(contentsOf: URL(filePath: path))) }
        }
    }

    /// Makes what tells callers apart, as the settings say.
    func authenticator(_ published: PublishedKeys?) async throws -> Authenticator {
        switch assistant.settings.authentication {
        case .none:
            return .none
        case .apiKey:
            return .apiKeys(APIKeyCache(keys: assistant.keys))
        case .token(let tokens):
            var keys = published.map { TokenVerifier.Keys.published($0) }
            if case .secret(let secret) = tokens.keys { keys = .secret(try await KeySet(secret: secret.value)) }
            guard let keys else { preconditionFailure("tokens have a secret or published keys") }
            let verifier = TokenVerifier(keys: keys, issuer: tokens.issuer, audience: tokens.audience)
            return .tokens(
                verifier,
                sessions: tokens.signIn.map { _ in assistant.signIn.sessions },
                administrators: APIKeyCache(keys: assistant.keys)
            )
        }
    }

    /// What those are given who sign in here; nil where nobody can.
    var sessionCredentials: SessionCredentials? {
        guard case .token(let tokens) = assistant.settings.authentication, let signIn = tokens.signIn else {
            return nil
        }
        return SessionCredentials(signIn, issuer: tokens.issuer, audience: tokens.audience)
    }
}
