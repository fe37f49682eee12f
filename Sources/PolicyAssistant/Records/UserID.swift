internal import FoundationEssentials

/// A user's identifier, given by the caller and checked once.
///
/// Two identifiers are equal byte for byte: `é` with one code point and with two are two users, as they are two keys in
/// Redis.
public struct UserID: Sendable, Hashable {
    /// The longest identifier accepted, in Unicode scalars.
    public static let maximumCharacters = 256
    /// The regular expression that an identifier has to match: no control character, and not `.` or `..`, which cannot
    /// be a part of a URL's path.
    public static let pattern =
        #"^(\.{0,2}[^.\u0000-\u001F\u007F-\u009F][^\u0000-\u001F\u007F-\u009F]*|\.{3,}[^\u0000-\u001F\u007F-\u009F]*)$"#

    /// The identifier as the caller gave it.
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
        // Clients remove such parts from a path, even percent-encoded: the thread could be neither read nor deleted.
        guard value != ".", value != ".." else {
            throw PolicyAssistantError(
                .invalidField,
                "user_id must not be . or .., which no URL can name.",
                field: "user_id"
            )
        }
        self.value = value
    }

    /// All callers without a user, who share a thread where one is configured.
    ///
    /// No identifier that a caller gives is equal to it.
    public static let anonymous = UserID(recorded: "")

    /// Returns whether two identifiers are equal byte for byte.
    public static func == (left: UserID, right: UserID) -> Bool {
        left.value.utf8.elementsEqual(right.value.utf8)
    }

    /// Creates an identifier from a recorded value, without checking it.
    init(recorded value: String) {
        self.value = value
    }

    /// A pseudonym, by which upstream and logs distinguish users without identifying them.
    public var pseudonym: String { "u_" + ContentHash.of(value).prefix(32) }
}
