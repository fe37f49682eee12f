/// Something that happened to a response in the making.
///
/// Indirect, as some are large: a task that waits for one keeps room for several.
public indirect enum ResponseEvent: Sendable, Hashable {
    /// It was accepted.
    case created(Response)
    /// An item was begun; a message's phase is known from here on.
    case outputItemAdded(OutputItem, outputIndex: Int)
    /// A message's text went on.
    case outputTextDelta(TextDelta)
    /// A message's refusal went on.
    case refusalDelta(TextDelta)
    /// A place in a message's text leans on something.
    case annotationAdded(AnnotationAddition)
    /// An item is whole.
    case outputItemDone(OutputItem, outputIndex: Int)
    /// The response is whole. Ends the stream.
    case completed(Response)
    /// The response ended before it was whole. Ends the stream.
    case incomplete(Response)
    /// The response ended without an answer. Ends the stream.
    case failed(Response)
    /// The API gave up on the request. Ends the stream.
    case error(OpenAIError)
    /// What this program has no use for.
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
    /// The message.
    public let itemID: String?
    /// The message's place among the output items.
    public let outputIndex: Int
    /// The part's place in the message.
    public let contentIndex: Int
    /// The text, which goes at the part's end.
    public let text: String

    private enum CodingKeys: String, CodingKey {
        case itemID = "item_id"
        case outputIndex = "output_index"
        case contentIndex = "content_index"
        case text = "delta"
    }

    /// Decodes more text.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        itemID = try fields.decodeIfPresent(String.self, forKey: .itemID)
        outputIndex = try fields.decode(.outputIndex, or: 0)
        contentIndex = try fields.decode(.contentIndex, or: 0)
        text = try fields.decode(.text, or: "")
    }
}

/// One more annotation of a message's part.
///
/// It may come before all of the text that it speaks of.
public struct AnnotationAddition: Sendable, Hashable, Decodable {
    /// The message.
    public let itemID: String?
    /// The message's place among the output items.
    public let outputIndex: Int
    /// The part's place in the message.
    public let contentIndex: Int
    /// The annotation.
    public let annotation: Annotation

    private enum CodingKeys: String, CodingKey {
        case annotation
        case itemID = "item_id"
        case outputIndex = "output_index"
        case contentIndex = "content_index"
    }

    /// Decodes one more annotation.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        itemID = try fields.decodeIfPresent(String.self, forKey: .itemID)
        outputIndex = try fields.decode(.outputIndex, or: 0)
        contentIndex = try fields.decode(.contentIndex, or: 0)
        annotation = try fields.decode(.annotation, or: .other(type: ""))
    }
}
