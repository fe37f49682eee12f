/// An event of a run.
///
/// Indirect, as some are large: a task that waits for one reserves space for several.
public indirect enum RunEvent: Sendable, Hashable {
    /// The run was created.
    case created(Run)
    /// A message was started.
    case messageCreated(ThreadMessage)
    /// A message has more content.
    case messageDelta(MessageDelta)
    /// A message is complete, or stays incomplete.
    case messageEnded(ThreadMessage)
    /// A step has ended.
    case stepEnded(RunStep)
    /// The run has ended, or requires an action, as its status says. Terminal.
    case ended(Run)
    /// The API reports an error. Terminal.
    case error(OpenAIError)
    /// An event of another type.
    case other(type: String)

    /// Whether no event follows this one.
    public var isTerminal: Bool {
        switch self {
        case .ended, .error: true
        case .created, .messageCreated, .messageDelta, .messageEnded, .stepEnded, .other: false
        }
    }
}

/// More content of a message.
public struct MessageDelta: Sendable, Hashable, Decodable {
    /// The message's ID.
    public let messageID: String
    /// More text of its parts, with citation marks; parts of other types are left out.
    public let texts: [Text]

    /// More text of a message's part.
    public struct Text: Sendable, Hashable {
        /// The part's index in the message.
        public let index: Int
        /// The text to append to the part; the indices of its annotations count from the part's start.
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

    /// Decodes more content; only the message's ID is required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        messageID = try fields.decode(String.self, forKey: .messageID)
        let parts = try fields.decode(.delta, or: Delta()).content ?? []
        texts = parts.compactMap { part in part.text.map { Text(index: part.index ?? 0, text: $0) } }
    }
}

extension RunEvent {
    /// Decodes an event, whose type is the server-sent event's and not in its data.
    ///
    /// The data of other types is not decoded.
    init(_ event: ServerSentEvent) throws {
        func read<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
            try WireJSON.decode(type, from: event.data.utf8)
        }
        switch event.type {
        case "thread.run.created":
            self = .created(try read())
        case "thread.run.completed", "thread.run.failed", "thread.run.incomplete", "thread.run.cancelled",
            "thread.run.expired", "thread.run.requires_action":
            self = .ended(try read())
        case "thread.message.created":
            self = .messageCreated(try read())
        case "thread.message.delta":
            self = .messageDelta(try read())
        case "thread.message.completed", "thread.message.incomplete":
            self = .messageEnded(try read())
        case "thread.run.step.completed", "thread.run.step.failed", "thread.run.step.cancelled",
            "thread.run.step.expired":
            self = .stepEnded(try WireJSON.decode(RunStep.self, from: event.data.utf8))
        case "error":
            self = .error(OpenAIError(try read(ErrorEnvelope.self).detail))
        default:
            self = .other(type: event.type)
        }
    }
}
