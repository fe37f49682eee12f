/// Something said in a thread.
public struct ThreadMessage: Sendable, Hashable {
    /// Who said something.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// The user asked.
        case user
        /// The assistant answered.
        case assistant
    }

    /// The message's ID upstream.
    public var id: String
    /// Who said it.
    public var role: Role
    /// What was said, without citation marks.
    public var text: String
    /// What an answer rests on, as far as it is still in force.
    public var citations: [Citation]
    /// How sure an answer is; nil for a question, and where upstream does not say.
    public var confidence: AnswerConfidence?
}
