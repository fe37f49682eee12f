internal import HTTPTypes
internal import PolicyAssistant

extension OpenIDRoutes {
    static let destination = Parameter.query(
        "to",
        .string,
        "The path of the page to return to; the page itself if it is missing, or not a path of this server."
    )

    static let beginning = Operation(
        method: .get,
        path: "/login/oidc",
        id: "sign-in",
        tag: .session,
        summary: "Sign in with the identity provider",
        details: "For browsers: leads to the provider, which sends the browser back to `/login/oidc/callback`.",
        access: .anyone,
        parameters: [destination],
        replies: [
            Reply(
                status: .seeOther,
                summary: "The provider's page.",
                headers: [
                    HeaderDescription(name: .location, summary: "The URL of the provider's page.", isRequired: true)
                ]
            )
        ],
        problems: [
            .storeUnavailable, ProblemKind(.identityUnavailable),
            ProblemKind(.tooManyAttempts, "Too many sign-ins have begun at this address."),
        ]
    )

    static let completing = Operation(
        method: .get,
        path: OpenIDSettings.callbackPath,
        id: "complete-sign-in",
        tag: .session,
        summary: "Complete a sign-in",
        details: "For browsers that come back from the provider. Register this URL there as redirect URI.",
        access: .anyone,
        parameters: [
            .query("state", .string, "The state of the sign-in."),
            .query("code", .string, "The code, which is exchanged for tokens."),
            .query("iss", .string, "The issuer (RFC 9207)."),
            .query("error", .string, "The provider's reason not to sign the user in."),
        ],
        replies: [
            .text([PageFile.html], "The session has begun; the page leads on.", headers: [.strictSessionCookie]),
            Reply(
                status: .badRequest,
                summary: "The sign-in failed; the page says why.",
                contents: [Content(mediaType: PageFile.html, schema: .string)]
            ),
        ],
        problems: [.storeUnavailable, ProblemKind(.identityUnavailable)]
    )

    static let notifying = Operation(
        method: .post,
        path: "/login/oidc/logout",
        id: "back-channel-logout",
        tag: .session,
        summary: "End the sessions that the identity provider has ended",
        details: """
            For the provider (OpenID Connect Back-Channel Logout 1.0), with the field `logout_token` in a form. Register \
            this URL there as back-channel logout URI.
            """,
        access: .anyone,
        replies: [Reply(status: .ok, summary: "The sessions have ended.")],
        problems: [
            ProblemKind(.invalidLogoutToken("it has expired")), .storeUnavailable, ProblemKind(.identityUnavailable),
        ]
    )

    static let ending = Operation(
        method: .post,
        path: "/logout",
        id: "sign-out",
        tag: .session,
        summary: "Sign out",
        details:
            "Ends the cookie's session, and removes the cookie. `provider_url` signs the browser out at the provider.",
        replies: [.json(SignOutBody.self, "The session has ended.", headers: [.strictSessionCookie])],
        problems: [.storeUnavailable]
    )
}

/// The answer to `POST /logout`.
struct SignOutBody: Encodable {
    var providerURL: String?

    private enum CodingKeys: String, CodingKey {
        case providerURL = "provider_url"
    }
}

extension SignOutBody: Described {
    static let schema = Schema.named(
        "SignOut",
        .object(
            .optional(
                "provider_url",
                .string,
                "The URL that signs the browser out at the identity provider, if it has one."
            )
        ),
        "The end of a session."
    )

    static let example = SignOutBody(
        providerURL: "https://idp.example/logout?client_id=policy-assistant"
    )
}

extension HeaderDescription {
    fileprivate static let strictSessionCookie = Self(
        name: .setCookie,
        summary: "The session's cookie for the page: `HttpOnly` and `SameSite=Strict`."
    )
}

extension Problem {
    /// The identity provider's logout token is not valid (OpenID Connect Back-Channel Logout 1.0, section 2.8).
    static func invalidLogoutToken(_ reason: String) -> Problem {
        Problem(status: .badRequest, code: "invalid_logout_token", detail: "The logout token is refused: \(reason).")
    }
}
