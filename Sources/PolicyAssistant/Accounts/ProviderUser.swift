/// A user as the identity provider describes them.
public struct ProviderUser: Sendable, Hashable {
    /// The user's ID here.
    public var id: UserID
    /// The user's name for display; nil if the provider gives none.
    public var name: String?
    /// The provider's identifier of the user (`sub`).
    public var subject: String
    /// The names of the user's groups at the provider.
    public var groups: [String]
    /// Whether the user is a member of the administrators' group.
    public var isAdmin: Bool

    /// Creates a user.
    public init(id: UserID, name: String?, subject: String, groups: [String], isAdmin: Bool) {
        self.id = id
        self.name = name
        self.subject = subject
        self.groups = groups
        self.isAdmin = isAdmin
    }
}

/// A period in which a user is signed in by the identity provider.
public struct ProviderSession: Sendable, Hashable {
    /// The hash of the token that the browser's cookie carries; nobody can guess it.
    public let id: String
    /// The signed-in user.
    public let user: ProviderUser
    /// The ID token, by which the provider recognizes the session when the user signs out.
    ///
    /// A secret, and personal data.
    public let idToken: String
}

/// A sign-in at the identity provider that has begun and has not come back.
public struct SignInAttempt: Sendable, Hashable, Codable {
    /// The value that the ID token has to repeat.
    public var nonce: String
    /// The secret behind the code challenge (RFC 7636).
    public var verifier: String
    /// The path of the page to return to, within the server.
    public var destination: String
    /// The hash of the secret in the cookie of the browser that began the sign-in.
    public var browser: String

    /// Creates an attempt.
    public init(nonce: String, verifier: String, destination: String, browser: String) {
        self.nonce = nonce
        self.verifier = verifier
        self.destination = destination
        self.browser = browser
    }
}
