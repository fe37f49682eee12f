public import JSON

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
public struct TextDelta: Sendable, Hashable {
    /// The message's ID.
    public let itemID: String?
    /// The message's index among the output items.
    public let outputIndex: Int
    /// The part's index in the message.
    public let contentIndex: Int
    /// The text to append to the part.
    public let text: String
}

/// Another annotation of a message's part.
///
/// It may arrive before the text that it refers to.
public struct AnnotationAddition: Sendable, Hashable {
    /// The message's ID.
    public let itemID: String?
    /// The message's index among the output items.
    public let outputIndex: Int
    /// The part's index in the message.
    public let contentIndex: Int
    /// The annotation.
    public let annotation: Annotation
}

extension ResponseEvent: JSONReadable {
    /// Reads an event of any type.
    public init(reading json: inout JSONReader) throws(JSONError) {
        var whole = json
        var (type, itemID, text) = (nil as String?, nil as String?, nil as String?)
        var (outputIndex, contentIndex) = (0, 0)
        // What they hold depends on the type.
        var (response, item, annotation) = (nil as JSONReader?, nil as JSONReader?, nil as JSONReader?)
        var hasError = false
        try json.readObject { name, json throws(JSONError) in
            switch name {
            case "type": type = try json.readTextIfPresent()
            case "item_id": itemID = try json.readTextOrSkip()
            case "delta": text = try json.readTextOrSkip()
            case "output_index": outputIndex = try json.readIntegerOrSkip() ?? 0
            case "content_index": contentIndex = try json.readIntegerOrSkip() ?? 0
            case "response": response = try json.skipped()
            case "item": item = try json.skipped()
            case "annotation": annotation = try json.skipped()
            case "error":
                hasError = true
                try json.skip()
            default: try json.skip()
            }
        }
        let end = json.mismatch
        func read<Value: JSONReadable>(_ value: JSONReader?) throws(JSONError) -> Value {
            guard var value else { throw end }
            return try Value(reading: &value)
        }
        func delta() -> TextDelta {
            TextDelta(itemID: itemID, outputIndex: outputIndex, contentIndex: contentIndex, text: text ?? "")
        }

        // Some compatible servers send an error envelope without an event's type.
        switch type ?? (hasError ? "error" : "") {
        case "response.created": self = .created(try read(response))
        case "response.output_item.added": self = .outputItemAdded(try read(item), outputIndex: outputIndex)
        case "response.output_text.delta": self = .outputTextDelta(delta())
        case "response.refusal.delta": self = .refusalDelta(delta())
        case "response.output_text.annotation.added":
            self = .annotationAdded(
                AnnotationAddition(
                    itemID: itemID,
                    outputIndex: outputIndex,
                    contentIndex: contentIndex,
                    annotation: try annotation?.readIfPresent(Annotation.self) ?? .other(type: "")
                )
            )
        case "response.output_item.done": self = .outputItemDone(try read(item), outputIndex: outputIndex)
        case "response.completed": self = .completed(try read(response))
        case "response.incomplete": self = .incomplete(try read(response))
        case "response.failed": self = .failed(try read(response))
        case "error": self = .error(try Self.error(reading: &whole))
        case let type: self = .other(type: type)
        }
    }

    /// Reads an error, which is documented with flat fields, and sent with fields nested in `error`.
    private static func error(reading json: inout JSONReader) throws(JSONError) -> OpenAIError {
        let mismatch = json.mismatch
        guard var detail = try? WireJSON.decode(ErrorEnvelope.self, from: try json.readJSON()).detail else {
            throw mismatch
        }
        // Flat fields have the event's type.
        if detail.type == "error" { detail.type = nil }
        return OpenAIError(detail)
    }
}
