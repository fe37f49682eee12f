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

        // Compatible servers send an error envelope without saying that it is an event.
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
            // Documented with its fields flat, sent with them nested in `error`. Where they are flat, the type is the
            // event's.
            var detail = try ErrorEnvelope(from: decoder).detail
            if detail.type == "error" { detail.type = nil }
            self = .error(OpenAIError(detail))
        case let type: self = .other(type: type)
        }
    }
}
