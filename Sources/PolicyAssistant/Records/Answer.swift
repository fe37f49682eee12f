/// An answer with its sources.
public struct Answer: Sendable, Hashable, Codable {
    /// The answer's text, without citation marks.
    public var text: String
    /// Where it comes from, in the order of first mention.
    public var citations: [Citation]
    /// The thread that the turn belongs to.
    public var threadID: String
    /// The turn's ID upstream.
    public var responseID: String
    /// The revision of the corpus that was asked.
    public var revision: Int
    /// What the turn cost, where upstream told it.
    public var usage: TokenUsage?
    /// How sure the answer is; nil where upstream does not say.
    public var confidence: AnswerConfidence?
}

/// A passage of a document that an answer rests on.
public struct Citation: Sendable, Hashable, Codable {
    /// The ID of the uploaded file.
    public var fileID: String
    /// The document's path below the assets folder.
    public var filename: String
    /// What the passage says, word for word, of 400 characters at most; empty where upstream did not
    /// show it.
    public var quote: String
}

/// The tokens that a turn used.
public struct TokenUsage: Sendable, Hashable, Codable {
    /// Tokens read.
    public var input: Int
    /// Tokens written.
    public var output: Int
    /// All tokens.
    public var total: Int
}
