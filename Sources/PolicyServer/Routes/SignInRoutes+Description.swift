internal import HTTPTypes
internal import PolicyAssistant

extension SignInRoutes {
    static let body = JSONBody<LoginRequest>(
        schema: .named(
            "SignIn",
            .object(
                .required("username", .string, "The user name; case and surrounding white space are ignored."),
                .required("password", .string, "The password.")
            )
        ),
        examples: [("sign-in", LoginRequest(username: "ana", password: "correct horse battery"))],
        // More than the longest name and password, even if every character is escaped.
        maximumBytes: 16 * 1024
    )

    static let beginning = Operation(
        method: .post,
        path: "/login",
        id: "sign-in",
        tag: .session,
        summary: "Sign in",
        details: "An unknown name and a wrong password get the same response, after the same time.",
        access: .anyone,
        body: body.description,
        replies: [.json(LoginBody.self, "The session has begun.", headers: [.sessionCookie])],
        problems: body.problems + [
            ProblemKind(.invalidCredentials), .storeUnavailable,
            ProblemKind(.tooManyAttempts, "Too many attempts with this name, or from this address, have failed."),
            ProblemKind(.signInBusy, "Too many users are signing in at the moment."),
        ]
    )

    static let ending = Operation(
        method: .post,
        path: "/logout",
        id: "sign-out",
        tag: .session,
        summary: "Sign out",
        details: "Ends the session of the token or cookie, and removes the cookie.",
        replies: [
            Reply(status: .noContent, summary: "The session has ended.", headers: [.sessionCookie])
        ]
    )
}

/// The body of `POST /login`.
struct LoginRequest: Codable, Sendable {
    let username: String
    let password: String
}

/// The answer to `POST /login`.
struct LoginBody: Encodable {
    let token: String
    let tokenType: String
    let expiresIn: Int
    let userID: String
    let csrfToken: String

    private enum CodingKeys: String, CodingKey {
        case token
        case tokenType = "token_type"
        case expiresIn = "expires_in"
        case userID = "user_id"
        case csrfToken = "csrf_token"
    }

    static let bearer = "Bearer"
}

extension LoginBody: Described {
    static let schema = Schema.named(
        "Session",
        .object(
            .required("token", .string, "The JSON Web Token to send as `authorization: Bearer …`."),
            .required("token_type", .choice([bearer]), "The scheme of authentication."),
            .required("expires_in", .count, "The lifetime in seconds."),
            .required("user_id", .user, "The user who signed in."),
            .required("csrf_token", .string, "The token to send as `x-csrf-token` with the cookie.")
        ),
        "A session of a signed-in user."
    )

    static let example = LoginBody(
        token: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJl",
        tokenType: bearer,
        expiresIn: SessionCredentials.lifetime,
        userID: "ana",
        csrfToken: "H4pVGmRI04IotxicuvH+3eNLip4RAerz//96WGLYMPo="
    )
}

extension HeaderDescription {
    fileprivate static let sessionCookie = Self(
        name: .setCookie,
        summary: "The session's cookie for the page: `HttpOnly` and `SameSite=Strict`.",
        isRequired: true
    )
}
