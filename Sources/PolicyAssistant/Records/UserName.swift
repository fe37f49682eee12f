internal import Foundation

/// The name that a person signs in with, in small letters: `Ana` and `ana` are one.
///
/// So are all ways of writing the same letters, as `é` with one code point or with two (RFC 8265).
public struct UserName: Sendable, Hashable {
    /// The longest name accepted, in UTF-8 bytes.
    public static let maximumBytes = 128

    /// Who it is that signed in.
    public let user: UserID

    /// The name itself.
    public var value: String { user.value }

    /// Checks a name, without the white space around it, which keyboards of telephones add.
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
