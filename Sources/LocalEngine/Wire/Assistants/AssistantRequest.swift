/// A request that creates or changes an assistant.
struct AssistantRequest: Sendable {
    /// All parameters of the API.
    static let parameters: Set<String> = [
        "model", "name", "description", "instructions", "tools", "tool_resources", "metadata", "temperature", "top_p",
        "response_format", "reasoning_effort",
    ]

    /// The fields of the assistant's object that the request sets.
    private let changes: [String: JSONValue]
    /// The store that the assistant searches, if the request sets it.
    let store: StoreSelection?

    /// Reads a request; one that creates an assistant requires a model.
    init(_ fields: RequestFields, isNew: Bool) throws(APIError) {
        var changes: [String: JSONValue] = [:]
        if isNew || fields.value("model") != nil { changes["model"] = .string(try fields.requiredString("model")) }
        for (key, maximum) in [("name", 256), ("description", 512), ("instructions", 256_000)] {
            let text = try fields.string(key, maximum: maximum)
            if fields.values[key] != nil { changes[key] = .optional(text) }
        }
        changes["tools"] = try AssistantTools(fields, maximum: 128)?.echo
        changes["metadata"] = try (fields.metadata() ?? (fields.isNull("metadata") ? [:] : nil))?.json
        changes["temperature"] = try fields.number("temperature", in: 0...2).map(JSONValue.number)
        changes["top_p"] = try fields.number("top_p", in: 0...1).map(JSONValue.number)
        changes["response_format"] = try fields.textFormat()
        _ = try fields.effort()
        self.changes = changes
        store = try StoreSelection(fields)
    }

    /// The fields that change, as they are stored.
    func changedFields() throws -> JSONFields {
        try changes.stored()
    }

    /// The fields of a new assistant, as they are stored.
    func newFields() throws -> JSONFields {
        let defaults: [String: JSONValue] = [
            "object": "assistant", "name": nil, "description": nil, "instructions": nil, "tools": [], "metadata": [:],
            "temperature": 1.0, "top_p": 1.0, "response_format": "auto",
        ]
        return try defaults.merging(changes) { _, requested in requested }.stored()
    }
}

extension RequestFields {
    /// `response_format`, for which only text is supported.
    func textFormat() throws(APIError) -> JSONValue? {
        guard let value = value("response_format") else { return nil }
        guard case .object = value else {
            return .string(try string("response_format", oneOf: ["auto"]) ?? "auto")
        }
        let type = try fields("response_format")?.requiredString("type")
        guard type == "text" else { throw .unsupported("response_format.type") }
        return value
    }

    /// `reasoning_effort`, which the engine validates and ignores.
    func effort() throws(APIError) -> String? {
        try string("reasoning_effort", oneOf: ["none", "minimal", "low", "medium", "high", "xhigh", "max"])
    }
}
