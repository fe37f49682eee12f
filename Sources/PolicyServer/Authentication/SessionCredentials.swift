internal import Crypto
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// The credentials of a session's browser: the cookie that carries its token, and the CSRF token of the page's requests.
struct SessionCredentials: Sendable {
    private let hasSecureCookie: Bool
    private let cookiePath: String
    /// The key of CSRF tokens; nil where a session's ID is one, since nobody but the server knows it.
    private let secret: SigningSecret?

    /// Creates the credentials of users who sign in with a password.
    init(_ signIn: SignInSettings) {
        hasSecureCookie = signIn.hasSecureCookie
        cookiePath = signIn.cookiePath
        secret = signIn.secret
    }

    /// Creates the credentials of users whom the identity provider signs in.
    init(_ openID: OpenIDSettings) {
        hasSecureCookie = openID.publicURL.isSecure
        cookiePath = openID.publicURL.cookiePath
        secret = nil
    }

    /// The lifetime of a session and its cookie in seconds.
    static let lifetime = Int(Sessions.lifetime.components.seconds)
}

// The cookie.
extension SessionCredentials {
    /// Returns the cookie that carries a token: invisible to scripts, and not sent with requests of other sites.
    func cookie(carrying token: String) -> Cookie { cookie(token, for: Self.lifetime) }

    /// The cookie that replaces the one of a session that has ended.
    var endedCookie: Cookie { cookie("", for: 0) }

    /// Returns the token in a request's cookie.
    func token(in request: Request) -> String? { request.cookies[cookieName]?.value }

    private func cookie(_ value: String, for seconds: Int) -> Cookie {
        Cookie(
            name: cookieName,
            value: value,
            maxAge: seconds,
            path: cookiePath,
            secure: hasSecureCookie,
            httpOnly: true,
            sameSite: .strict
        )
    }

    /// The cookie's name.
    var cookieName: String { prefix + "policy-assistant" }

    /// The prefix of cookies' names.
    ///
    /// With the prefix `__Host-`, browsers accept a cookie only from this host, over https and for all paths; with
    /// `__Secure-`, only over https.
    private var prefix: String {
        guard hasSecureCookie else { return "" }
        return cookiePath == "/" ? "__Host-" : "__Secure-"
    }
}

// The browser of a sign-in at the identity provider.
extension SessionCredentials {
    private var browserCookieName: String { prefix + "policy-assistant-browser" }

    /// Returns the cookie by which the browser that begins a sign-in at the identity provider is recognized.
    ///
    /// The provider sends the browser back from another site, so the cookie is `SameSite=Lax`.
    func browserCookie(carrying secret: String) -> Cookie {
        Cookie(
            name: browserCookieName,
            value: secret,
            maxAge: Self.lifetime,
            path: cookiePath,
            secure: hasSecureCookie,
            httpOnly: true,
            sameSite: .lax
        )
    }

    /// Returns the secret in a request's cookie of the browser; nil if there is none.
    func browserSecret(in request: Request) -> String? { request.cookies[browserCookieName]?.value }
}

// The CSRF token, according to OWASP's Cross-Site Request Forgery Prevention Cheat Sheet: an HMAC of the session's ID,
// which the page sends in a header field.
extension SessionCredentials {
    static let csrfHeader = HTTPField.Name(verified: "x-csrf-token")

    /// Returns the CSRF token of the session with an ID.
    func csrfToken(for session: String) -> String {
        Data(HMAC<SHA256>.authenticationCode(for: Self.message(session), using: key(session))).base64EncodedString()
    }

    /// Returns whether a request has a session's CSRF token.
    func hasValidCSRFToken(_ request: Request, for session: String) -> Bool {
        guard let code = request.headers[Self.csrfHeader].flatMap({ Data(base64Encoded: $0) }) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.message(session), using: key(session))
    }

    private func key(_ session: String) -> SymmetricKey { SymmetricKey(data: Data((secret?.value ?? session).utf8)) }

    /// Returns the message of the HMAC.
    ///
    /// The signed part of a token has no colon, so neither can be mistaken for the other.
    private static func message(_ session: String) -> Data { Data("csrf:\(session)".utf8) }
}
