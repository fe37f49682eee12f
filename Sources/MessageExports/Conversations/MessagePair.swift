/// What somebody wrote, and what a person replied.
public struct MessagePair: Sendable, Hashable, Codable {
    /// What somebody wrote.
    public let prompt: String
    /// What the person replied.
    public let completion: String

    /// Creates a pair.
    public init(prompt: String, completion: String) {
        self.prompt = prompt
        self.completion = completion
    }

    /// The number of characters of both texts.
    var characters: Int { prompt.count + completion.count }
}
