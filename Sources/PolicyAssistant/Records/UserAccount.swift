/// Somebody who can sign in, without the password's hash.
///
/// Kept in the hash `user:<name>`.
public struct UserAccount: Sendable, Hashable {
    /// The name to sign in with.
    public let name: UserName
    /// When the account was made, in ISO 8601.
    public let createdAt: String
    /// When the password was last changed, in ISO 8601.
    public let passwordChangedAt: String
}

/// What a password is held against.
struct Credentials: Sendable {
    let hash: PasswordHash
    /// A word that is another with each new password, and that sessions have to name.
    let generation: String
}
