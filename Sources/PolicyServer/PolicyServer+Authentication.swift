internal import FoundationEssentials
internal import PolicyAssistant

extension PolicyServer {
    /// Creates the service that fetches the identity provider's keys; nil if no published keys are configured.
    func publishedKeys() -> PublishedKeys? {
        if let identityProvider { return identityProvider.keys }
        guard case .token(let tokens) = assistant.settings.authentication else { return nil }
        switch tokens.keys {
        case .secret:
            return nil
        case .url(let url):
            return PublishedKeys(logger: logger) { [callProvider] in
                try await callProvider(.document(at: url)).document()
            }
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
        case .openID:
            guard let identityProvider else { preconditionFailure("there is a provider in this mode") }
            return .openID(
                identityProvider,
                sessions: assistant.providerSessions,
                keys: APIKeyCache(keys: assistant.keys)
            )
        case .proxy(let proxy):
            let settings = assistant.settings
            var origins = settings.publicURL.map { [$0.origin] } ?? []
            if case .listed(let listed) = settings.allowedOrigins { origins += listed }
            return .proxy(
                ProxyAuthenticator(proxy, proxies: settings.trustedProxies, origins: Set(origins)),
                keys: APIKeyCache(keys: assistant.keys)
            )
        }
    }

    /// The sessions' credentials; nil if users cannot sign in here.
    var sessionCredentials: SessionCredentials? {
        switch assistant.settings.authentication {
        case .token(let tokens): tokens.signIn.map(SessionCredentials.init)
        case .openID(let openID): SessionCredentials(openID)
        case .none, .apiKey, .proxy: nil
        }
    }
}
