internal import Crypto
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import JWTKit
internal import PolicyAssistant

/// The credentials of a session: a token, the cookie that carries it for the page, and the CSRF token of the page's
/// requests.
struct SessionCredentials: Sendable {
    private let signIn: SignInSettings
    private let issuer: String?
    private let audience: String?

    init(_ signIn: SignInSettings, issuer: String?, audience: String?) {
        self.signIn = signIn
        self.issuer = issuer
        self.audience = audience
    }

    /// The lifetime of the token and the cookie in seconds.
    static let lifetime = Int(Sessions.lifetime.components.seconds)

    /// Signs a session's token.
    func token(for session: Session, at now: Date = .now) async throws -> String {
        let seconds = now.timeIntervalSince1970.rounded(.down)
        let keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: signIn.secret.value), digestAlgorithm: .sha256)
        return try await keys.sign(
            AccessToken(
                subject: session.user.value,
                expiry: seconds + Double(Self.lifetime),
                issuedAt: seconds,
                issuer: issuer,
                audience: audience.map(AccessToken.Audience.init),
                session: session.id
            )
        )
    }
}

// The cookie.
extension SessionCredentials {
    /// Returns the cookie that carries a token: invisible to scripts, and not sent with requests of other sites.
    func cookie(carrying token: String) -> Cookie { cookie(token, for: Self.lifetime) }

    /// The cookie that replaces the one of a session that has ended.
    var endedCookie: Cookie { cookie("", for: 0) }

    /// Returns the token in a request's cookie.
    func token(in request: Request) -> String? { request.cookies[Self.cookieName(signIn)]?.value }

    private func cookie(_ value: String, for seconds: Int) -> Cookie {
        Cookie(
            name: Self.cookieName(signIn),
            value: value,
            maxAge: seconds,
            path: signIn.cookiePath,
            secure: signIn.hasSecureCookie,
            httpOnly: true,
            sameSite: .strict
        )
    }

    /// Returns the cookie's name.
    ///
    /// With the prefix `__Host-`, browsers accept the cookie only from this host, over https and for all paths; with
    /// `__Secure-`, only over https.
    static func cookieName(_ signIn: SignInSettings) -> String {
        guard signIn.hasSecureCookie else { return "policy-assistant" }
        return signIn.cookiePath == "/" ? "__Host-policy-assistant" : "__Secure-policy-assistant"
    }
}

// The CSRF token, according to OWASP's Cross-Site Request Forgery Prevention Cheat Sheet: an HMAC of the session's ID,
// which the page sends in a header field.
extension SessionCredentials {
    static let csrfHeader = HTTPField.Name(verified: "x-csrf-token")

    /// Returns a session's CSRF token.
    func csrfToken(for session: Session) -> String {
        Data(HMAC<SHA256>.authenticationCode(for: Self.message(session), using: key)).base64EncodedString()
    }

    /// Returns whether a request has a session's CSRF token.
    func hasValidCSRFToken(_ request: Request, for session: Session) -> Bool {
        guard let code = request.headers[Self.csrfHeader].flatMap({ Data(base64Encoded: $0) }) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.message(session), using: key)
    }

    private var key: SymmetricKey { SymmetricKey(data: Data(signIn.secret.value.utf8)) }

    /// Returns the message of the HMAC.
    ///
    /// The signed part of a token has no colon, so neither can be mistaken for the other.
    private static func message(_ session: Session) -> Data { Data("csrf:\(session.id)".utf8) }
}
