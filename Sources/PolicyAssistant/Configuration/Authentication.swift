/// How callers of the HTTP API authenticate.
public enum Authentication: Sendable {
    /// They do not: a request names its user itself.
    case none
    /// By an API key, see ``APIKeys``.
    case apiKey
    /// By a token that an identity provider has signed, whose `sub` is the user.
    case token(TokenSettings)
    /// By a session that begins with a sign-in at an identity provider.
    case openID(OpenIDSettings)
    /// By a proxy that has signed users in.
    case proxy(ProxySettings)

    /// The name in `AUTH_MODE`.
    public var mode: String {
        switch self {
        case .none: "none"
        case .apiKey: "api-key"
        case .token: "jwt"
        case .openID: "oidc"
        case .proxy: "proxy"
        }
    }
}

/// The verification of tokens.
public struct TokenSettings: Sendable {
    /// The keys that tokens are verified with.
    public enum Keys: Sendable {
        /// A secret shared with the identity provider, for HS256.
        case secret(SigningSecret)
        /// The URL of the identity provider's key set.
        case url(String)
        /// The path of a file that holds a key set.
        case file(String)
    }

    /// The keys that tokens are verified with.
    public var keys: Keys
    /// The required value of `iss`; not nil with a key set.
    public var issuer: String?
    /// The audience that `aud` has to be or contain; not nil with a key set.
    public var audience: String?

    /// The settings of the sign-in here; nil where another service signs the tokens.
    public var signIn: SignInSettings?

    /// Creates settings.
    public init(keys: Keys, issuer: String?, audience: String?, signIn: SignInSettings? = nil) {
        self.keys = keys
        self.issuer = issuer
        self.audience = audience
        self.signIn = signIn
    }
}

/// The settings of the sign-in with a name and a password, see ``SignIn``.
public struct SignInSettings: Sendable {
    /// The secret that signs the tokens of users who have signed in, with HS256.
    public var secret: SigningSecret
    /// Whether the session's cookie has the attribute Secure.
    public var hasSecureCookie: Bool
    /// The attribute Path of the session's cookie.
    public var cookiePath: String

    /// Creates settings.
    public init(secret: SigningSecret, hasSecureCookie: Bool, cookiePath: String = "/") {
        self.secret = secret
        self.hasSecureCookie = hasSecureCookie
        self.cookiePath = cookiePath
    }
}

/// A secret that signs tokens, whose description is redacted.
public struct SigningSecret: Sendable, CustomStringConvertible, CustomReflectable {
    /// The smallest number of bytes: that of the hash of HS256.
    public static let minimumBytes = 32

    /// The secret.
    public let value: String

    /// Creates a secret.
    public init(_ value: String) {
        self.value = value
    }

    /// A placeholder for the secret.
    public var description: String { "…" }

    /// A mirror without the secret.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
