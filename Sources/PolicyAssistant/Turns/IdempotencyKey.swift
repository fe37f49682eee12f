/// A caller's word for one question, so that the question is answered once however often it is sent.
public struct IdempotencyKey: Sendable, Hashable {
    /// The longest word accepted, in UTF-8 bytes.
    public static let maximumBytes = 255

    /// Stands for the word.
    private let hash: String
    /// Stands for what was asked with it.
    let fingerprint: String

    /// Takes a caller's word.
    ///
    /// - Parameters:
    ///   - word: The word; it counts for its user alone.
    ///   - question: What is asked: all that the answer depends on.
    /// - Throws: ``PolicyAssistantError`` with the code `invalidField` where it is empty or longer than ``maximumBytes``.
    public init(_ word: String, for question: String) throws(PolicyAssistantError) {
        guard !word.isEmpty, word.utf8.count <= Self.maximumBytes else {
            throw PolicyAssistantError(
                .invalidField,
                "Idempotency-Key must have from 1 to \(Self.maximumBytes) bytes.",
                field: "Idempotency-Key"
            )
        }
        hash = ContentHash.of(word)
        fingerprint = ContentHash.of(question)
    }

    func redisKey(of user: UserID) -> String { "idempotency:\(user.value):\(hash)" }
}
