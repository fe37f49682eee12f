internal import HTTPTypes

extension Problem {
    /// The caller has not proved who it is; the same whatever was wrong, so that nobody learns by trying.
    static let unauthorized = Problem(
        status: .unauthorized,
        code: "unauthorized",
        detail: "Send a valid key or token in the header authorization: Bearer ….",
        headers: [.wwwAuthenticate: "Bearer"]
    )

    /// The name is unknown or the password is wrong: the same answer, so that nobody learns which names there are.
    static let invalidCredentials = Problem(
        status: .unauthorized,
        code: "invalid_credentials",
        detail: "The user name or the password is wrong.",
        headers: [.wwwAuthenticate: "Bearer"]
    )

    /// A request that a browser sent along with the cookie, and that need not be the page's own.
    static let forgeryRefused = Problem(
        status: .forbidden,
        code: "csrf_token_invalid",
        detail: "With a cookie, send the csrf_token of GET /session in the header x-csrf-token."
    )

    static let forbidden = Problem(
        status: .forbidden,
        code: "forbidden",
        detail: "This needs an administrator's key, or to be the thread's own user."
    )

    static let userMismatch = Problem(
        status: .forbidden,
        code: "user_mismatch",
        detail: "user_id names another user than the key or token does; leave it out, or name the same.",
        field: "user_id"
    )

    /// Nobody can be told apart while the identity provider's keys have never been had.
    static let identityUnavailable = Problem(
        status: .serviceUnavailable,
        code: "identity_unavailable",
        detail: "Tokens cannot be checked at the moment. Try again shortly.",
        headers: [.retryAfter: "30"]
    )
}
