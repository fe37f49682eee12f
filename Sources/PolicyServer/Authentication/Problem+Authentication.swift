internal import HTTPTypes

extension Problem {
    /// The request is not authenticated; the response is the same whatever is wrong with the credentials.
    static let unauthorized = Problem(
        status: .unauthorized,
        code: "unauthorized",
        detail: "Send a valid key or token in the header authorization: Bearer ….",
        headers: [.wwwAuthenticate: "Bearer"]
    )

    /// The user name is unknown or the password is wrong; the response is the same, so that it reveals no user names.
    static let invalidCredentials = Problem(
        status: .unauthorized,
        code: "invalid_credentials",
        detail: "The user name or the password is wrong.",
        headers: [.wwwAuthenticate: "Bearer"]
    )

    /// The request has a session's cookie and no valid CSRF token, so it may come from another site's page.
    static let invalidCSRFToken = Problem(
        status: .forbidden,
        code: "csrf_token_invalid",
        detail: "With a cookie, send the csrf_token of GET /session in the header x-csrf-token."
    )

    /// A proxy authenticates the browser, and the request comes from another site's page.
    static let crossSiteRequest = Problem(
        status: .forbidden,
        code: "cross_site_request",
        detail:
            "A page of another origin sent this request. Set PUBLIC_URL, or name the origin in CORS_ALLOWED_ORIGINS."
    )

    static let forbidden = Problem(
        status: .forbidden,
        code: "forbidden",
        detail: "Only the user of the thread and administrators are allowed to do this."
    )

    static let userMismatch = Problem(
        status: .forbidden,
        code: "user_mismatch",
        detail: "user_id is not the user of the key or token. Omit it, or send the same user.",
        field: "user_id"
    )

    /// The identity provider's keys could not be fetched since the start, so no token can be verified.
    static let identityUnavailable = Problem(
        status: .serviceUnavailable,
        code: "identity_unavailable",
        detail: "Tokens cannot be verified at the moment. Try again shortly.",
        headers: [.retryAfter: "30"]
    )
}
