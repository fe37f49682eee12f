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
            return [("bearer", Self.bearer("JWT", description)), ("cookie", Self.cookie(of: signIn))]
        }
    }

    private static func bearer(_ format: String, _ description: String) -> JSONValue {
        ["type": "http", "scheme": "bearer", "bearerFormat": .of(format), "description": .of(description)]
    }

    private static func cookie(of signIn: SignInSettings) -> JSONValue {
        let description = """
            The cookie that `POST /login` sets for the page. With the cookie, unsafe requests also need the \
            `csrf_token` in the header `\(SessionCredentials.csrfHeader.rawName)`.
            """
        return [
            "type": "apiKey", "in": "cookie", "name": .of(SessionCredentials.cookieName(signIn)),
            "description": .of(description),
        ]
    }
}
