extension ConversationItem {
    private static let types = ["message", "file_search_call", "reasoning"]
    private static let roles = ["user", "assistant", "system", "developer"]

    /// Reads an item of a request, and gives it the shape and the ID that it is kept under.
    ///
    /// A message may be short, `{"role": "user", "content": "…"}`, or have its content in parts. Items that responses
    /// were made of may be sent back as they came.
    init(request value: JSONValue, at param: String) throws(APIError) {
        let fields = try RequestFields(value, at: param)
        switch try fields.string("type", oneOf: Self.types) {
        case "file_search_call": try self.init(fileSearch: value, fields)
        case "reasoning": try self.init(other: value, fields, prefix: "rs_")
        default: try self.init(message: fields)
        }
    }

    /// A message with the text of a user.
    init(userText text: String) {
        body = [
            "id": .string(Identifier.make("msg_")),
            "type": "message",
            "status": "completed",
            "role": "user",
            "content": [["type": "input_text", "text": .string(text)]],
        ]
    }

    private init(message fields: RequestFields) throws(APIError) {
        guard let role = try fields.string("role", oneOf: Self.roles) else { throw .missing(fields.param("role")) }
        var content: [JSONValue] = []
        switch fields.value("content") {
        case nil: throw .missing(fields.param("content"))
        case .string(let text): content = [Self.part(text: text, of: role)]
        default:
            for (value, param) in try fields.elements("content") ?? [] {
                content.append(try Self.part(value, of: role, at: param))
            }
        }
        var body: JSONValue = [
            "id": .string(try fields.string("id") ?? Identifier.make("msg_")),
            "type": "message",
            "status": "completed",
            "role": .string(role),
            "content": .array(content),
        ]
        if let phase = try fields.string("phase", oneOf: ["commentary", "final_answer"]) {
            body["phase"] = .string(phase)
        }
        self.body = body
    }

    private init(fileSearch value: JSONValue, _ fields: RequestFields) throws(APIError) {
        guard let queries = try fields.strings("queries") else { throw .missing(fields.param("queries")) }
        try self.init(other: value, fields, prefix: "fs_")
        self = ConversationItem(
            body: [
                "id": .string(id),
                "type": "file_search_call",
                "status": "completed",
                "queries": .array(queries.map(JSONValue.string)),
                "results": .array(try fields.elements("results")?.map(\.value) ?? []),
            ]
        )
    }

    private init(other value: JSONValue, _ fields: RequestFields, prefix: String) throws(APIError) {
        var body = value
        body["id"] = .string(try fields.string("id") ?? Identifier.make(prefix))
        self.body = body
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
