internal import Foundation
public import FoundationEssentials

/// The account of a user who signs in, without the password's hash.
public struct UserAccount: Sendable, Hashable {
    /// The name to sign in with.
    public let name: UserName
    /// When the account was created, in whole seconds; nil where that is not on record.
    public let createdAt: Date?
    /// When the password was last changed, in whole seconds; nil where that is not on record.
    public let passwordChangedAt: Date?
}

/// What a password is compared with.
struct Credentials: Sendable {
    let hash: PasswordHash
    /// A random token that changes with the password; a session is valid while it has the same.
    let generation: String
}

/// The name that a user signs in with, in lower case: `Ana` and `ana` are the same name.
///
/// So are `é` with one code point and with two (RFC 8265).
public struct UserName: Sendable, Hashable {
    /// The longest name accepted, in UTF-8 bytes.
    public static let maximumBytes = 128

    /// The user of this name.
    public let user: UserID

    /// The name.
    public var value: String { user.value }

    /// Checks a name, without the white space around it, which the keyboards of phones add.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `invalidField` where it is empty, longer than ``maximumBytes``,
    ///   or holds a control character.
    public init(_ text: String) throws(PolicyAssistantError) {
        let name = text[...].trimmingWhitespace().lowercased().precomposedStringWithCanonicalMapping
        guard name.utf8.count <= Self.maximumBytes, let user = try? UserID(name) else {
            throw PolicyAssistantError(
                .invalidField,
                "A user's name must have from 1 to \(Self.maximumBytes) bytes and no control characters.",
                field: "username"
            )
        }
        self.user = user
    }
}
