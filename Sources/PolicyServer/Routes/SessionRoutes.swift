internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `GET /session`: the caller's identity, and the mode of authentication.
struct SessionRoutes: Sendable {
    let settings: Settings
    /// Whether questions can be asked by text message.
    let hasTextMessages: Bool
    /// The sessions' credentials; nil if users cannot sign in here.
    let credentials: SessionCredentials?

    var routes: [Route] { [Route(Self.showing, show)] }

    @Sendable private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        var body = SessionBody(signIn: .init(settings.authentication))
        if case .proxy(let proxy) = settings.authentication { body.signOutURL = proxy.signOutURL }
        if case .unknown = context.identity { return try .json(body) }
        body.textMessages = hasTextMessages ? true : nil
        body.isKnown = true
        body.isAdmin = (try? context.identity.requireAdmin()) != nil
        body.userID = (try? context.identity.user(claimed: nil))?.value
        if case .providerSession(let session) = context.identity { body.name = session.user.name }
        body.csrfToken = context.identity.sessionID.flatMap { credentials?.csrfToken(for: $0) }
        return try .json(body)
    }

    private static let showing = Operation(
        method: .get,
        path: "/session",
        id: "session",
        tag: .session,
        summary: "Show who the caller is",
        access: .optionallyAuthenticated,
        replies: [.json(SessionBody.self, "The caller's identity, and the way to authenticate.")]
    )
}

/// The answer to `GET /session`.
struct SessionBody: Encodable {
    /// The way in which users authenticate.
    enum Way: String, Encodable, CaseIterable {
        case none, key, token, password, provider, proxy

        init(_ authentication: Authentication) {
            switch authentication {
            case .none: self = .none
            case .apiKey: self = .key
            case .token(let tokens): self = tokens.signIn == nil ? .token : .password
            case .openID: self = .provider
            case .proxy: self = .proxy
            }
        }
    }

    let signIn: Way
    var isKnown = false
    var isAdmin = false
    var userID: String?
    var name: String?
    var csrfToken: String?
    var signOutURL: String?
    var textMessages: Bool?

    private enum CodingKeys: String, CodingKey {
        case signIn = "sign_in"
        case isKnown = "is_known"
        case isAdmin = "is_admin"
        case userID = "user_id"
        case name
        case signOutURL = "sign_out_url"
        case csrfToken = "csrf_token"
        case textMessages = "text_messages"
    }
}

extension SessionBody: Described {
    static let schema = Schema.named(
        "Caller",
        .object(
            .required("sign_in", .choice(Way.allCases.map(\.rawValue)), "The way in which users authenticate."),
            .required("is_known", .boolean, "Whether the caller is authenticated, or does not have to be."),
            .required("is_admin", .boolean, "Whether the caller is an administrator."),
            .optional("user_id", .user, "The only user that the caller can act as."),
            .optional("name", .string, "The caller's name for display, if the identity provider tells it."),
            .optional("sign_out_url", .string, "Where a proxy that signs users in signs them out."),
            .optional("csrf_token", .string, "The token to send as `x-csrf-token` with the session's cookie."),
            .optional("text_messages", .boolean, "True if questions can be asked by text message as well.")
        ),
        "The caller's identity."
    )

    static let example = SessionBody(
        signIn: .password,
        isKnown: true,
        userID: "ana",
        csrfToken: LoginBody.example.csrfToken
    )
}
