internal import Hummingbird
internal import PolicyAssistant

extension PolicyServer {
    /// All the routes.
    var routes: [Route] { describedRoutes + description.routes }

    /// The OpenAPI 3.1 document of the API, as `GET /openapi.json` returns it.
    public var openAPI: [UInt8] { description.text }

    /// The routes of the document in its order, without the document's own.
    private var describedRoutes: [Route] {
        let voice = VoiceRoutes(assistant: assistant, voice: voice, metrics: VoiceMetrics(factory: metrics))
        return ChatRoutes(assistant: assistant).routes
            + TurnRoutes(assistant: assistant, voice: voice).routes
            + voice.routes
            + FormerVoiceRoutes(voice: voice).routes
            + ThreadRoutes(assistant: assistant).routes
            + MemoryRoutes(assistant: assistant).routes
            + RoleRoutes(assistant: assistant).routes
            + ModelRoutes(settings: assistant.settings).routes
            + FormerChatRoutes(assistant: assistant).routes
            + FileRoutes(assistant: assistant).routes
            + SessionRoutes(
                settings: assistant.settings,
                hasTextMessages: assistant.sms != nil,
                credentials: sessionCredentials
            ).routes
            + signInRoutes
            + (assistant.sms.map { SMSRoutes(channel: $0).routes + MediaRoutes(channel: $0).routes } ?? [])
            + HealthRoutes(assistant: assistant).routes
            + MetricsRoutes(assistant: assistant, metrics: metrics).routes
            + PageRoutes().routes
    }

    /// The routes of users who sign in here or with the identity provider; none if they do neither.
    private var signInRoutes: [Route] {
        guard let credentials = sessionCredentials else { return [] }
        if let provider = identityProvider {
            return OpenIDRoutes(assistant: assistant, provider: provider, credentials: credentials).routes
        }
        guard case .token(let tokens) = assistant.settings.authentication, let signIn = tokens.signIn else { return [] }
        let sessionTokens = SessionTokens(secret: signIn.secret, issuer: tokens.issuer, audience: tokens.audience)
        return SignInRoutes(assistant: assistant, tokens: sessionTokens, credentials: credentials).routes
    }

    private var description: DescriptionRoutes {
        DescriptionRoutes(of: describedRoutes.map(\.operation), settings: assistant.settings, version: version)
    }
}
