internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `GET /session`: who the caller is taken for, and how one proves it.
struct SessionRoutes: Sendable {
    let settings: Settings
    /// What those have been given who signed in; nil where nobody can.
    let credentials: SessionCredentials?

    var routes: [Route] { [Route(Self.telling, tell)] }

    @Sendable private func tell(_ request: Request, _ context: APIContext) async throws -> Response {
        var body = SessionBody(signIn: .init(settings.authentication))
        if case .unknown = context.identity { return try .json(body) }
        body.isKnown = true
        body.isAdmin = (try? context.identity.requireAdmin()) != nil
        body.userID = (try? context.identity.user(claimed: nil))?.value
        if case .session(let session) = context.identity { body.csrfToken = credentials?.csrfToken(for: session) }
        return try .json(body)
    }

    private static let telling = Operation(
        method: .get,
        path: "/session",
        id: "session",
        tag: .session,
        summary: "Tell who the caller is taken for",
        access: .visitor,
        replies: [.json(SessionBody.self, "Who it is, and how one proves it.")]
    )
}

/// The answer to `GET /session`.
struct SessionBody: Encodable {
    /// What people prove with who they are.
    enum Way: String, Encodable, CaseIterable {
        case none, key, token, password

        init(_ authentication: Authentication) {
            switch authentication {
            case .none: self = .none
            case .apiKey: self = .key
            case .token(let tokens): self = tokens.signIn == nil ? .token : .password
            }
        }
    }

    let signIn: Way
    var isKnown = false
    var isAdmin = false
    var userID: String?
    var csrfToken: String?

    private enum CodingKeys: String, CodingKey {
        case signIn = "sign_in"
        case isKnown = "is_known"
        case isAdmin = "is_admin"
        case userID = "user_id"
        case csrfToken = "csrf_token"
    }
}

extension SessionBody: Described {
    static let schema = Schema.named(
        "Caller",
        .object(
            .required("sign_in", .choice(Way.allCases.map(\.rawValue)), "What people prove with who they are."),
            .required("is_known", .boolean, "Whether the caller has proved it, or need not."),
            .required("is_admin", .boolean, "Whether the administrators' routes are open to the caller."),
            .optional("user_id", .user, "The one user that the caller can act as."),
            .optional("csrf_token", .string, "What to send as `x-csrf-token` with the session's cookie.")
        ),
        "Who the caller is taken for."
    )

    static let example = SessionBody(
        signIn: .password,
        isKnown: true,
        userID: "ana",
        csrfToken: LoginBody.example.csrfToken
    )
}
