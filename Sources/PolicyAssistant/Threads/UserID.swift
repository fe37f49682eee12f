internal import FoundationEssentials

/// Who asks: an identifier given by the caller, checked once.
public struct UserID: Sendable, Hashable {
    /// The longest identifier accepted, in Unicode scalars.
    public static let maximumCharacters = 256
    /// What an identifier has to match besides, as a regular expression: it holds no control character.
    public static let pattern = #"^[^\u0000-\u001F\u007F-\u009F]+$"#

    /// The identifier as it was given.
    ///
    /// It is personal data: it belongs in Redis and in answers, not in logs.
    public let value: String

    /// Checks an identifier.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `invalidField` where it is empty, longer than
    ///   ``maximumCharacters``, or holds a control character.
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
        self.value = value
    }

    /// All callers who name no user, where ``Settings/sharedThread`` names a thread for them.
    ///
    /// No identifier that a caller gives is equal to it.
    public static let anonymous = UserID(recorded: "")

    /// Takes an identifier that was checked before it was recorded.
    init(recorded value: String) {
        self.value = value
    }

    /// A name for the user that tells upstream and logs users apart without telling who they are.
    public var pseudonym: String { "u_" + ContentHash.of(value).prefix(32) }
}
