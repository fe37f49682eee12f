internal import FoundationEssentials
internal import PolicyAssistant

extension PolicyServer {
    /// Creates the service that fetches the identity provider's keys; nil if no published keys are configured.
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

    /// Creates the authenticator for the configured mode.
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

    /// The sessions' credentials; nil if users cannot sign in here.
    var sessionCredentials: SessionCredentials? {
        guard case .token(let tokens) = assistant.settings.authentication, let signIn = tokens.signIn else {
            return nil
        }
        return SessionCredentials(signIn, issuer: tokens.issuer, audience: tokens.audience)
    }
}
