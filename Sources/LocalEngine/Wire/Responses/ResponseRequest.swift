/// A request for a response.
struct ResponseRequest: Sendable {
    /// All parameters of the API.
    static let parameters: Set<String> = [
        "background", "context_management", "conversation", "include", "input", "instructions", "max_output_tokens",
        "max_tool_calls", "metadata", "model", "moderation", "parallel_tool_calls", "previous_response_id", "prompt",
        "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "reasoning", "safety_identifier",
        "service_tier", "store", "stream", "stream_options", "temperature", "text", "tool_choice", "tools",
        "top_logprobs", "top_p", "truncation", "user",
    ]

    let model: String
    let input: [ResponseItem]
    let instructions: String?
    /// What the response continues.
    let context: ResponseContext
    /// The file search; nil if there is none or `tool_choice` excludes it.
    let fileSearch: FileSearchTool?
    let inclusions: Set<IncludeOption>
    let isStreamed: Bool
    let isStored: Bool
    let maximumOutputTokens: Int?
    /// The fields of the request that the response only repeats.
    let echo: [String: JSONValue]

    /// Reads a request.
    init(_ fields: RequestFields) throws(APIError) {
        model = try fields.requiredString("model")
        guard let input = fields.value("input") else { throw .missing("input") }
        self.input = try Self.items(input)
        instructions = try fields.string("instructions")
        context = try Self.context(fields)
        let tools = try ResponseTools(fields)
        fileSearch = tools.usable
        inclusions = try IncludeOption.set(of: try fields.strings("include") ?? [])
        isStreamed = try fields.bool("stream") ?? false
        isStored = try fields.bool("store") ?? true
        maximumOutputTokens = try fields.integer("max_output_tokens", in: 16...Int.max)
        echo = try Self.echo(fields).merging(tools.echo) { first, _ in first }
        if try fields.bool("background") == true { throw .unsupported("background") }
        if fields.value("prompt") != nil { throw .unsupported("prompt") }
    }

    private static func items(_ input: JSONValue) throws(APIError) -> [ResponseItem] {
        switch input {
        case .string(let text):
            return [ResponseItem(userText: text)]
        case .array(let elements):
            guard !elements.isEmpty else { throw .empty("input") }
            var items: [ResponseItem] = []
            for (index, element) in elements.enumerated() {
                items.append(try ResponseItem(request: element, at: "input[\(index)]"))
            }
            return items
        default:
            throw .wrongType("input", expected: "a string or an array", got: input)
        }
    }

    private static func context(_ fields: RequestFields) throws(APIError) -> ResponseContext {
        let previous = try fields.string("previous_response_id")
        guard let value = fields.value("conversation") else {
            return previous.map(ResponseContext.response) ?? .nothing
        }
        guard previous == nil else { throw .exclusive("previous_response_id", "conversation") }
        if case .object = value {
            return .conversation(try RequestFields(value, at: "conversation", known: ["id"]).requiredString("id"))
        }
        return .conversation(try fields.requiredString("conversation"))
    }

    private static func echo(_ fields: RequestFields) throws(APIError) -> [String: JSONValue] {
        let reasoning = try fields.fields("reasoning")
        let efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"]
        let text = try fields.fields("text", known: ["format", "verbosity"])
        if let format = try text?.fields("format"), try format.requiredString("type") != "text" {
            throw .unsupported("text.format.type")
        }
        return [
            "metadata": try fields.metadata()?.json ?? [:],
            "temperature": .number(try fields.number("temperature", in: 0...2) ?? 1),
            "top_p": .number(try fields.number("top_p", in: 0...1) ?? 1),
            "truncation": .string(try fields.string("truncation", oneOf: ["auto", "disabled"]) ?? "disabled"),
            "parallel_tool_calls": .bool(try fields.bool("parallel_tool_calls") ?? true),
            "max_tool_calls": .optional(try fields.integer("max_tool_calls", in: 1...Int.max)),
            "top_logprobs": .integer(try fields.integer("top_logprobs", in: 0...20) ?? 0),
            "safety_identifier": .optional(try fields.string("safety_identifier", maximum: 64)),
            "prompt_cache_key": .optional(try fields.string("prompt_cache_key")),
            "user": .optional(try fields.string("user")),
            "reasoning": [
                "effort": .optional(try reasoning?.string("effort", oneOf: efforts)),
                "summary": .optional(try reasoning?.string("summary", oneOf: ["auto", "concise", "detailed"])),
            ],
            "text": .object(["format": ["type": "text"]].merging(try text.verbosity()) { first, _ in first }),
        ]
    }
}

extension RequestFields? {
    /// The `verbosity` of a `text` parameter.
    fileprivate func verbosity() throws(APIError) -> [String: JSONValue] {
        guard let verbosity = try self?.string("verbosity", oneOf: ["low", "medium", "high"]) else { return [:] }
        return ["verbosity": .string(verbosity)]
    }
}
