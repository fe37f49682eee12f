/// The name of a role, checked once.
///
/// Two names are equal byte for byte, as in Redis.
public struct RoleName: Sendable, Hashable {
    /// The longest name, in Unicode scalars.
    public static let maximumCharacters = 20

    /// The regular expression that a name has to match: no control character and no slash, no blank at either end, and not
    /// `.` or `..`, which cannot be a part of a URL's path.
    public static let pattern =
        #"^(?!\.{1,2}$)[^\s\u0000-\u001F\u007F-\u009F/]([^\u0000-\u001F\u007F-\u009F/]*[^\s\u0000-\u001F\u007F-\u009F/])?$"#

    /// The name.
    public let value: String

    /// Checks a name.
    ///
    /// - Parameters:
    ///   - value: The name.
    ///   - field: What an error calls it.
    /// - Throws: ``PolicyAssistantError`` with the code `invalidField` where it has no visible character, is longer than
    ///   ``maximumCharacters``, begins or ends with a blank, holds a control character, or is `.` or `..`, which no URL can
    ///   name.
    public init(_ value: String, field: String = "role") throws(PolicyAssistantError) {
        let scalars = value.unicodeScalars
        let isNameable = value != "." && value != ".." && !value.contains("/")
        guard let first = scalars.first, let last = scalars.last, scalars.count <= Self.maximumCharacters, isNameable,
            !first.properties.isWhitespace, !last.properties.isWhitespace,
            !scalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            throw PolicyAssistantError(
                .invalidField,
                "The name of a role must have from 1 to \(Self.maximumCharacters) characters in one line, without a slash "
                    + "and without blanks around it.",
                field: field
            )
        }
        self.value = value
    }

    /// Creates a name from a recorded one, without checking it.
    init(recorded value: String) {
        self.value = value
    }

    /// Returns whether two names are equal byte for byte.
    public static func == (left: RoleName, right: RoleName) -> Bool {
        left.value.utf8.elementsEqual(right.value.utf8)
    }

    /// Hashes the bytes of the name.
    public func hash(into hasher: inout Hasher) {
        for byte in value.utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
    }
}
