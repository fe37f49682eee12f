/// An event of a response.
///
/// Indirect, as some are large: a task that waits for one reserves space for several.
public indirect enum ResponseEvent: Sendable, Hashable {
    /// The response was created.
    case created(Response)
    /// An item was started; of a message, the phase is known.
    case outputItemAdded(OutputItem, outputIndex: Int)
    /// A message has more text.
    case outputTextDelta(TextDelta)
    /// A message has more of a refusal.
    case refusalDelta(TextDelta)
    /// A message's text has another annotation.
    case annotationAdded(AnnotationAddition)
    /// An item is complete.
    case outputItemDone(OutputItem, outputIndex: Int)
    /// The response is complete. Terminal.
    case completed(Response)
    /// The response ended incomplete. Terminal.
    case incomplete(Response)
    /// The response failed. Terminal.
    case failed(Response)
    /// The API reports an error. Terminal.
    case error(OpenAIError)
    /// An event of another type.
    case other(type: String)

    /// Whether no event follows this one.
    public var isTerminal: Bool {
        switch self {
        case .completed, .incomplete, .failed, .error: true
        case .created, .outputItemAdded, .outputTextDelta, .refusalDelta, .annotationAdded, .outputItemDone, .other:
            false
        }
    }
}

/// More text of a message's part.
public struct TextDelta: Sendable, Hashable, Decodable {
    /// The message's ID.
    public let itemID: String?
    /// The message's index among the output items.
    public let outputIndex: Int
    /// The part's index in the message.
    public let contentIndex: Int
    /// The text to append to the part.
    public let text: String

    private enum CodingKeys: String, CodingKey {
        case itemID = "item_id"
        case outputIndex = "output_index"
        case contentIndex = "content_index"
        case text = "delta"
    }

    /// Decodes a delta; all of its fields may be absent.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        itemID = try fields.decodeIfPresent(String.self, forKey: .itemID)
        outputIndex = try fields.decode(.outputIndex, or: 0)
        contentIndex = try fields.decode(.contentIndex, or: 0)
        text = try fields.decode(.text, or: "")
    }
}

/// Another annotation of a message's part.
///
/// It may arrive before the text that it refers to.
public struct AnnotationAddition: Sendable, Hashable, Decodable {
    /// The message's ID.
    public let itemID: String?
    /// The message's index among the output items.
    public let outputIndex: Int
    /// The part's index in the message.
    public let contentIndex: Int
    /// The annotation.
    public let annotation: Annotation

    private enum CodingKeys: String, CodingKey {
        case annotation
        case itemID = "item_id"
        case outputIndex = "output_index"
        case contentIndex = "content_index"
    }

    /// Decodes an annotation; all of its fields may be absent.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        itemID = try fields.decodeIfPresent(String.self, forKey: .itemID)
        outputIndex = try fields.decode(.outputIndex, or: 0)
        contentIndex = try fields.decode(.contentIndex, or: 0)
        annotation = try fields.decode(.annotation, or: .other(type: ""))
    }
}

extension ResponseEvent: Decodable {
    private enum CodingKeys: String, CodingKey {
        case type, response, item, error
        case outputIndex = "output_index"
    }

    /// Decodes an event of any type.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)

        func response() throws -> Response { try fields.decode(Response.self, forKey: .response) }
        func item() throws -> OutputItem { try fields.decode(OutputItem.self, forKey: .item) }
        func index() throws -> Int { try fields.decode(.outputIndex, or: 0) }

        // Some compatible servers send an error envelope without an event's type.
        let untyped = fields.contains(.error) ? "error" : ""
        switch try fields.decode(.type, or: untyped) {
        case "response.created": self = .created(try response())
        case "response.output_item.added": self = .outputItemAdded(try item(), outputIndex: try index())
        case "response.output_text.delta": self = .outputTextDelta(try TextDelta(from: decoder))
        case "response.refusal.delta": self = .refusalDelta(try TextDelta(from: decoder))
        case "response.output_text.annotation.added": self = .annotationAdded(try AnnotationAddition(from: decoder))
        case "response.output_item.done": self = .outputItemDone(try item(), outputIndex: try index())
        case "response.completed": self = .completed(try response())
        case "response.incomplete": self = .incomplete(try response())
        case "response.failed": self = .failed(try response())
        case "error":
            // Documented with flat fields, sent with fields nested in `error`. Flat fields have the event's type.
            var detail = try ErrorEnvelope(from: decoder).detail
            if detail.type == "error" { detail.type = nil }
            self = .error(OpenAIError(detail))
        case let type: self = .other(type: type)
        }
    }
}
