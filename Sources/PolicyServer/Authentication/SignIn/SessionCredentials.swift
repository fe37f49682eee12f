internal import Crypto
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import JWTKit
internal import PolicyAssistant

/// What whoever signs in is given: a token, the cookie that carries it for the page, and a word that tells the page's
/// requests from those that other pages make.
struct SessionCredentials: Sendable {
    private let signIn: SignInSettings
    private let issuer: String?
    private let audience: String?

    init(_ signIn: SignInSettings, issuer: String?, audience: String?) {
        self.signIn = signIn
        self.issuer = issuer
        self.audience = audience
    }

    /// How long token and cookie are good for, in seconds.
    static let lifetime = Int(Sessions.lifetime.components.seconds)

    /// Signs a token that opens a session.
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
    /// Returns the cookie that carries a token: no script reads it, and no other site makes a browser send it.
    func cookie(carrying token: String) -> Cookie { cookie(token, for: Self.lifetime) }

    /// The cookie that takes the place of one whose session has ended.
    var endedCookie: Cookie { cookie("", for: 0) }

    /// Returns the token that a request's cookie carries.
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

    /// With the prefix `__Host-`, browsers take the cookie from this very host only, over https, and for all its paths;
    /// with `__Secure-`, over https, for any path.
    static func cookieName(_ signIn: SignInSettings) -> String {
        guard signIn.hasSecureCookie else { return "policy-assistant" }
        return signIn.cookiePath == "/" ? "__Host-policy-assistant" : "__Secure-policy-assistant"
    }
}

// The word against forged requests, after OWASP's Cross-Site Request Forgery Prevention Cheat Sheet: a keyed hash of the
// session, which the page sends in a header of its own.
extension SessionCredentials {
    static let csrfHeader = HTTPField.Name(verified: "x-csrf-token")

    /// Returns the word for a session.
    func csrfToken(for session: Session) -> String {
        Data(HMAC<SHA256>.authenticationCode(for: Self.message(session), using: key)).base64EncodedString()
    }

    /// Whether a request shows the word for a session.
    func isValid(_ request: Request, in session: Session) -> Bool {
        guard let word = request.headers[Self.csrfHeader], let code = Data(base64Encoded: word) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.message(session), using: key)
    }

    private var key: SymmetricKey { SymmetricKey(data: Data(signIn.secret.value.utf8)) }

    /// What is hashed; no token has a colon in what is signed of it, so neither stands for the other.
    private static func message(_ session: Session) -> Data { Data("csrf:\(session.id)".utf8) }
}
