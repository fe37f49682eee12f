/// A question and how it is to be answered.
public struct Question: Sendable {
    /// The user who asks.
    public var user: UserID
    /// The text of the question.
    public var message: String
    /// Whether the answer is streamed.
    public var isStreamed: Bool
    /// The key by which a repetition of the question is recognized.
    public var idempotencyKey: IdempotencyKey?
    /// Instructions for this answer, which follow those of the assistant; empty for none.
    public var instructions = ""
    /// The role in which it is answered; nil for the one of the settings.
    public var role: Role?
    /// What the caller wants of the model; empty for the settings' own.
    public var modelSettings = ModelSettings()

    /// Creates a question.
    public init(_ message: String, by user: UserID, isStreamed: Bool = false, idempotencyKey: IdempotencyKey? = nil) {
        self.message = message
        self.user = user
        self.isStreamed = isStreamed
        self.idempotencyKey = idempotencyKey
    }
}

/// A caller's key for one question, so that the question is answered once however often it is sent.
public struct IdempotencyKey: Sendable, Hashable {
    /// The longest key accepted.
    public static let maximumCharacters = 255
    /// The regular expression that a key has to match: printable ASCII characters without a space.
    public static let pattern = "^[!-~]+$"

    /// The hash of the key.
    let hash: String
    /// The hash of the question.
    let fingerprint: String

    /// Checks a caller's key.
    ///
    /// - Parameters:
    ///   - word: The key, which is valid for its user only.
    ///   - question: Everything that the answer depends on.
    /// - Throws: ``PolicyAssistantError`` with the code `invalidField` where it is empty, longer than
    ///   ``maximumCharacters``, or does not match ``pattern``.
    public init(_ word: String, for question: String) throws(PolicyAssistantError) {
        let isPrintable = word.utf8.allSatisfy { (UInt8(ascii: "!")...UInt8(ascii: "~")).contains($0) }
        guard !word.isEmpty, word.utf8.count <= Self.maximumCharacters, isPrintable else {
            throw PolicyAssistantError(
                .invalidField,
                "Idempotency-Key must have from 1 to \(Self.maximumCharacters) printable ASCII characters, and no space.",
                field: "Idempotency-Key"
            )
        }
        hash = ContentHash.of(word)
        fingerprint = ContentHash.of(question)
    }
}
