/// A message of a thread.
public struct ThreadMessage: Sendable, Hashable {
    /// The author of a message.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// The user, who asks.
        case user
        /// The assistant, which answers.
        case assistant
    }

    /// The message's ID upstream.
    public var id: String
    /// The author.
    public var role: Role
    /// The text, without citation marks.
    public var text: String
    /// The passages that an answer cites, as far as their documents are still in force.
    public var citations: [Citation]
    /// How sure an answer is; nil for a question, and where upstream does not say.
    public var confidence: AnswerConfidence?
    /// Who wrote an answer; nil for a question, and where upstream does not say.
    public var author: AnswerAuthor?
}
