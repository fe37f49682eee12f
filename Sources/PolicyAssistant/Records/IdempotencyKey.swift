/// A caller's word for one question, so that the question is answered once however often it is sent.
public struct IdempotencyKey: Sendable, Hashable {
    /// The longest word accepted.
    public static let maximumCharacters = 255
    /// What a word has to match besides, as a regular expression: it is of printable ASCII characters, without a space.
    public static let pattern = "^[!-~]+$"

    /// Stands for the word.
    private let hash: String
    /// Stands for what was asked with it.
    let fingerprint: String

    /// Takes a caller's word.
    ///
    /// - Parameters:
    ///   - word: The word; it counts for its user alone.
    ///   - question: What is asked: all that the answer depends on.
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

    func redisKey(of user: UserID) -> String { "idempotency:\(user.value):\(hash)" }
}
