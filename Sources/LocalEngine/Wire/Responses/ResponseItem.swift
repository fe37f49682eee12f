/// An item of a response's input or output, or of a conversation: a message, a file search.
struct ResponseItem: Sendable, Hashable {
    /// The item, with everything that `include` can request.
    let body: JSONValue

    init(_ body: JSONValue) {
        self.body = body
    }

    var id: String { body["id"]?.string ?? "" }
    /// The kind of item, such as `message`.
    var type: String { body["type"]?.string ?? "" }
    /// The author of a message.
    var role: String? { body["role"]?.string }

    /// The text of a message, its parts joined.
    var text: String {
        (body["content"]?.array ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
    }

    /// The item without what `include` does not request.
    func json(including options: Set<IncludeOption>) -> JSONValue {
        guard type == "file_search_call", !options.contains(.fileSearchResults) else { return body }
        var body = body
        body["results"] = .null
        return body
    }
}

extension ResponseItem {
    /// Reads a stored item.
    init(_ item: ConversationItem) throws {
        self.init(try JSONValue(item.body))
    }

    /// The item as it is stored.
    func stored() throws -> ConversationItem {
        ConversationItem(id: id, type: type, body: try body.stored())
    }
}

extension ResponseItem {
    private static let types = ["message", "file_search_call", "reasoning"]
    private static let roles = ["user", "assistant", "system", "developer"]

    /// Reads an item of a request, and gives it the shape and the ID with which it is stored.
    ///
    /// A message may be short, `{"role": "user", "content": "…"}`, or have its content in parts. Output items of
    /// responses may be sent back unchanged.
    init(request value: JSONValue, at param: String) throws(APIError) {
        let fields = try RequestFields(value, at: param)
        switch try fields.string("type", oneOf: Self.types) {
        case "file_search_call": self.init(try Self.fileSearch(fields))
        case "reasoning":
            var item = value
            item["id"] = .string(try fields.string("id") ?? Identifier.make("rs_"))
            self.init(item)
        default: self.init(try Self.message(fields))
        }
    }

    /// A message with the text of a user.
    init(userText text: String) {
        self.init([
            "id": .string(Identifier.make("msg_")),
            "type": "message",
            "status": "completed",
            "role": "user",
            "content": [["type": "input_text", "text": .string(text)]],
        ])
    }

    private static func message(_ fields: RequestFields) throws(APIError) -> JSONValue {
        guard let role = try fields.string("role", oneOf: roles) else { throw .missing(fields.param("role")) }
        var content: [JSONValue] = []
        switch fields.value("content") {
        case nil: throw .missing(fields.param("content"))
        case .string(let text): content = [part(text: text, of: role)]
        default:
            for (value, param) in try fields.elements("content") ?? [] {
                content.append(try part(value, of: role, at: param))
            }
        }
        var message: JSONValue = [
            "id": .string(try fields.string("id") ?? Identifier.make("msg_")),
            "type": "message",
            "status": "completed",
            "role": .string(role),
            "content": .array(content),
        ]
        if let phase = try fields.string("phase", oneOf: ["commentary", "final_answer"]) {
            message["phase"] = .string(phase)
        }
        return message
    }

    private static func fileSearch(_ fields: RequestFields) throws(APIError) -> JSONValue {
        guard let queries = try fields.strings("queries") else { throw .missing(fields.param("queries")) }
        return [
            "id": .string(try fields.string("id") ?? Identifier.make("fs_")),
            "type": "file_search_call",
            "status": "completed",
            "queries": .array(queries.map(JSONValue.string)),
            "results": .array(try fields.elements("results")?.map(\.value) ?? []),
        ]
    }

    private static func part(text: String, of role: String) -> JSONValue {
        role == "assistant"
            ? ["type": "output_text", "text": .string(text), "annotations": [], "logprobs": []]
            : ["type": "input_text", "text": .string(text)]
    }

    /// Reads a part of a message's content.
    private static func part(_ value: JSONValue, of role: String, at param: String) throws(APIError) -> JSONValue {
        let fields = try RequestFields(value, at: param)
        let allowed =
            role == "assistant"
            ? ["output_text", "refusal", "input_text"] : ["input_text", "input_image", "input_file"]
        guard let type = try fields.string("type", oneOf: allowed) else { throw .missing(fields.param("type")) }
        switch type {
        case "input_text", "output_text":
            guard let text = try fields.string("text") else { throw .missing(fields.param("text")) }
            var part = part(text: text, of: role)
            part["annotations"] =
                try fields.elements("annotations").map { .array($0.map(\.value)) } ?? part["annotations"]
            return part
        case "refusal":
            guard let refusal = try fields.string("refusal") else { throw .missing(fields.param("refusal")) }
            return ["type": "refusal", "refusal": .string(refusal)]
        default:
            return value
        }
    }
}

extension ChatMessage {
    /// Reads an item of a response; nil for one that is not a message.
    init?(_ item: ResponseItem) {
        guard item.type == "message" else { return nil }
        self.init(role: item.role, text: item.text)
    }
}
