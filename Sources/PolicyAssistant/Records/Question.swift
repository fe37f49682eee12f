/// A question, with how its caller wants it answered.
public struct Question: Sendable {
    /// Who asks.
    public var user: UserID
    /// What is asked.
    public var message: String
    /// Whether the answer is told piece by piece as it is made.
    public var isStreamed: Bool
    /// The caller's word for this question, by which a repetition is known.
    public var idempotencyKey: IdempotencyKey?

    /// Creates a question.
    public init(_ message: String, by user: UserID, isStreamed: Bool = false, idempotencyKey: IdempotencyKey? = nil) {
        self.message = message
        self.user = user
        self.isStreamed = isStreamed
        self.idempotencyKey = idempotencyKey
    }
}
