/// What a request says of an assistant that is to be made or changed.
struct AssistantSettings: Sendable {
    /// Every parameter that the API has.
    static let parameters: Set<String> = [
        "model", "name", "description", "instructions", "tools", "tool_resources", "metadata", "temperature", "top_p",
        "response_format", "reasoning_effort",
    ]

    /// The fields of the assistant's object that the request names, as they are to be.
    let changes: [String: JSONValue]
    /// The store that is to be searched, if the request says so.
    let resources: ToolResources?

    /// Reads a request; one that makes an assistant needs a model.
    init(_ fields: RequestFields, isNew: Bool) throws(APIError) {
        var changes: [String: JSONValue] = [:]
        if isNew || fields.value("model") != nil { changes["model"] = .string(try fields.requiredString("model")) }
        for (key, maximum) in [("name", 256), ("description", 512), ("instructions", 256_000)] {
            let text = try fields.string(key, maximum: maximum)
            if fields.values[key] != nil { changes[key] = .optional(text) }
        }
        changes["tools"] = try AssistantTools(fields, maximum: 128)?.echo
        if let metadata = try fields.metadata() ?? (fields.isNull("metadata") ? [:] : nil) {
            changes["metadata"] = metadata.wire
        }
        changes["temperature"] = try fields.number("temperature", in: 0...2).map(JSONValue.number)
        changes["top_p"] = try fields.number("top_p", in: 0...1).map(JSONValue.number)
        changes["response_format"] = try fields.textFormat()
        _ = try fields.effort()
        self.changes = changes
        resources = try ToolResources(fields)
    }
}

extension RequestFields {
    /// `response_format`, which can only be text here.
    func textFormat() throws(APIError) -> JSONValue? {
        guard let value = value("response_format") else { return nil }
        guard case .object = value else {
            return .string(try string("response_format", oneOf: ["auto"]) ?? "auto")
        }
        let type = try fields("response_format")?.requiredString("type")
        guard type == "text" else { throw .unsupported("response_format.type") }
        return value
    }

    /// `reasoning_effort`, which makes no difference here.
    func effort() throws(APIError) -> String? {
        try string("reasoning_effort", oneOf: ["none", "minimal", "low", "medium", "high", "xhigh", "max"])
    }
}
