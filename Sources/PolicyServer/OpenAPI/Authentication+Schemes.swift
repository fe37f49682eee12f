internal import HTTPTypes
internal import PolicyAssistant

extension Authentication {
    /// Whether callers have to authenticate.
    var isRequired: Bool {
        if case .none = self { false } else { true }
    }

    /// OpenAPI's security schemes; none without authentication.
    var schemes: [(name: String, scheme: JSONValue)] {
        switch self {
        case .none:
            return []
        case .apiKey:
            return [("bearer", Self.bearer("pa_…", "An API key, as `policy-assistant keys add` creates it."))]
        case .token(let tokens):
            guard let signIn = tokens.signIn else {
                let description = "A token whose `sub` is the user, or an administrator's API key."
                return [("bearer", Self.bearer("JWT", description))]
            }
            let description = "The token of `POST /login`, or an administrator's API key."
            return [
                ("bearer", Self.bearer("JWT", description)),
                ("cookie", Self.cookie(SessionCredentials(signIn), "`POST /login`")),
            ]
        case .openID(let openID):
            let tokens = openID.audience == nil ? "" : ", or an access token of the identity provider"
            return [
                ("bearer", Self.bearer("pa_…", "An API key, as `policy-assistant keys add` creates it\(tokens).")),
                ("cookie", Self.cookie(SessionCredentials(openID), "a sign-in at `GET /login/oidc`")),
            ]
        case .proxy:
            let description = """
                An API key, as `policy-assistant keys add` creates it; the proxy authenticates everybody else.
                """
            return [("bearer", Self.bearer("pa_…", description))]
        }
    }

    private static func bearer(_ format: String, _ description: String) -> JSONValue {
        ["type": "http", "scheme": "bearer", "bearerFormat": .of(format), "description": .of(description)]
    }

    private static func cookie(_ credentials: SessionCredentials, _ origin: String) -> JSONValue {
        let description = """
            The cookie that \(origin) sets for the page. With the cookie, unsafe requests also need the `csrf_token` in the \
            header `\(SessionCredentials.csrfHeader.rawName)`.
            """
        return [
            "type": "apiKey", "in": "cookie", "name": .of(credentials.cookieName), "description": .of(description),
        ]
    }
}
