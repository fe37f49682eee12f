internal import FoundationEssentials

/// Who asks: an identifier given by the caller, checked once.
///
/// Identifiers are what programs make of people, so that only the very same stand for one user: `é` with one code point
/// and with two are two users, as they are two keys in Redis.
public struct UserID: Sendable, Hashable {
    /// The longest identifier accepted, in Unicode scalars.
    public static let maximumCharacters = 256
    /// What an identifier has to match besides, as a regular expression: it holds no control character, and it is not `.`
    /// or `..`, which no URL can have as a part of its path.
    public static let pattern =
        #"^(\.{0,2}[^.\u0000-\u001F\u007F-\u009F][^\u0000-\u001F\u007F-\u009F]*|\.{3,}[^\u0000-\u001F\u007F-\u009F]*)$"#

    /// The identifier as it was given.
    ///
    /// It is personal data: it belongs in Redis and in answers, not in logs.
    public let value: String

    /// Checks an identifier.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `invalidField` where it is empty, longer than
    ///   ``maximumCharacters``, holds a control character, or is `.` or `..`.
    public init(_ value: String) throws(PolicyAssistantError) {
        guard !value.isEmpty, value.unicodeScalars.count <= Self.maximumCharacters else {
            throw PolicyAssistantError(
                .invalidField,
                "user_id must have from 1 to \(Self.maximumCharacters) characters.",
                field: "user_id"
            )
        }
        guard !value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw PolicyAssistantError(.invalidField, "user_id must not hold control characters.", field: "user_id")
        }
        // Clients take such parts out of a path, also in percent escapes: the thread could not be shown and not deleted.
        guard value != ".", value != ".." else {
            throw PolicyAssistantError(
                .invalidField,
                "user_id must not be . or .., which no URL can name.",
                field: "user_id"
            )
        }
        self.value = value
    }

    /// All callers who name no user, where ``Settings/sharedThread`` names a thread for them.
    ///
    /// No identifier that a caller gives is equal to it.
    public static let anonymous = UserID(recorded: "")

    /// Whether two identifiers are the same, byte for byte.
    public static func == (left: UserID, right: UserID) -> Bool {
        left.value.utf8.elementsEqual(right.value.utf8)
    }

    /// Takes an identifier that was checked before it was recorded.
    init(recorded value: String) {
        self.value = value
    }

    /// A name for the user that tells upstream and logs users apart without telling who they are.
    public var pseudonym: String { "u_" + ContentHash.of(value).prefix(32) }
}
