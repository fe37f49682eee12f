/// How callers of the HTTP API prove who they are.
public enum Authentication: Sendable {
    /// They do not: the user that a request names is believed.
    case none
    /// By an API key, see ``APIKeys``.
    case apiKey
    /// By a token that an identity provider signed, whose `sub` is the user.
    case token(TokenSettings)

    /// The name in `AUTH_MODE`.
    public var mode: String {
        switch self {
        case .none: "none"
        case .apiKey: "api-key"
        case .token: "jwt"
        }
    }
}

/// Which tokens are believed.
public struct TokenSettings: Sendable {
    /// What tokens are verified with.
    public enum Keys: Sendable {
        /// A secret shared with the identity provider, for HS256.
        case secret(SigningSecret)
        /// The URL of the identity provider's key set.
        case url(String)
        /// The path of a file that holds a key set.
        case file(String)
    }

    /// What tokens are verified with.
    public var keys: Keys
    /// What `iss` has to be; always there with a key set.
    public var issuer: String?
    /// What `aud` has to be or hold; always there with a key set.
    public var audience: String?

    /// How people sign in here; nil where another service signs the tokens.
    public var signIn: SignInSettings?

    /// Creates settings.
    public init(keys: Keys, issuer: String?, audience: String?, signIn: SignInSettings? = nil) {
        self.keys = keys
        self.issuer = issuer
        self.audience = audience
        self.signIn = signIn
    }
}

/// How people sign in with a name and a password, see ``SignIn``.
public struct SignInSettings: Sendable {
    /// What signs the tokens of those who have signed in, by HS256.
    public var secret: SigningSecret
    /// Whether browsers send the session's cookie over https only.
    public var hasSecureCookie: Bool
    /// The path below which browsers send the session's cookie.
    public var cookiePath: String

    /// Creates settings.
    public init(secret: SigningSecret, hasSecureCookie: Bool, cookiePath: String = "/") {
        self.secret = secret
        self.hasSecureCookie = hasSecureCookie
        self.cookiePath = cookiePath
    }
}

/// A secret that signs tokens, which does not show itself when it is printed.
public struct SigningSecret: Sendable, CustomStringConvertible, CustomReflectable {
    /// The fewest bytes accepted: as many as HS256 has in its hash.
    public static let minimumBytes = 32

    /// The secret.
    public let value: String

    /// Creates a secret.
    public init(_ value: String) {
        self.value = value
    }

    /// Nothing of the secret.
    public var description: String { "…" }

    /// Nothing of the secret.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
