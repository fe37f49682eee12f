/// Something that happened in a run.
///
/// Indirect, as some are large: a task that waits for one keeps room for several.
public indirect enum RunEvent: Sendable, Hashable {
    /// It was accepted.
    case created(Run)
    /// A message was begun.
    case messageCreated(ThreadMessage)
    /// A message went on.
    case messageDelta(MessageDelta)
    /// A message is as whole as it will be.
    case messageEnded(ThreadMessage)
    /// A step has ended.
    case stepEnded(RunStep)
    /// The run has ended, well or not, or waits for us; its status tells. Ends the stream.
    case ended(Run)
    /// The API gave up on the request. Ends the stream.
    case error(OpenAIError)
    /// What this program has no use for.
    case other(type: String)

    /// Whether no event follows this one.
    public var isTerminal: Bool {
        switch self {
        case .ended, .error: true
        case .created, .messageCreated, .messageDelta, .messageEnded, .stepEnded, .other: false
        }
    }
}

/// More of a message.
public struct MessageDelta: Sendable, Hashable, Decodable {
    /// The message.
    public let messageID: String
    /// More text of its parts, with the marks in it; what is no text is left out.
    public let texts: [Text]

    /// More text of a message's part.
    public struct Text: Sendable, Hashable {
        /// The part's place in the message.
        public let index: Int
        /// The text, which goes at the part's end; the places of its annotations count from the part's beginning.
        public let text: AnnotatedText
    }

    private enum CodingKeys: String, CodingKey {
        case delta
        case messageID = "id"
    }

    private struct Delta: Decodable {
        var content: [Part]?
    }

    private struct Part: Decodable {
        let index: Int?
        let text: AnnotatedText?
    }

    /// Decodes more of a message; only the message's ID must be there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        messageID = try fields.decode(String.self, forKey: .messageID)
        let parts = try fields.decode(.delta, or: Delta()).content ?? []
        texts = parts.compactMap { part in part.text.map { Text(index: part.index ?? 0, text: $0) } }
    }
}
