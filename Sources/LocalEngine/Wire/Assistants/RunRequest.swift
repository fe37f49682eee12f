/// A request for a run.
struct RunRequest: Sendable {
    /// All parameters of the API.
    static let parameters: Set<String> = [
        "additional_instructions", "additional_messages", "assistant_id", "instructions", "max_completion_tokens",
        "max_prompt_tokens", "metadata", "model", "parallel_tool_calls", "reasoning_effort", "response_format",
        "stream", "temperature", "tool_choice", "tools", "top_p", "truncation_strategy",
    ]

    let assistantID: String
    let model: String?
    let instructions: String?
    let additionalInstructions: String?
    /// The messages that are added to the thread before the run begins.
    let additionalMessages: [MessageRequest]
    /// The tools that replace the assistant's.
    let tools: AssistantTools?
    /// Whether the tools may be used.
    let allowsTools: Bool
    let maximumCompletionTokens: Int?
    /// How many messages of the thread the answer takes into account, if the request sets it.
    let lastMessages: Int?
    let isStreamed: Bool
    /// The fields of the request that the run repeats.
    let echo: [String: JSONValue]

    /// Reads a request.
    init(_ fields: RequestFields) throws(APIError) {
        assistantID = try fields.requiredString("assistant_id")
        model = try fields.string("model")
        instructions = try fields.string("instructions", maximum: 256_000)
        additionalInstructions = try fields.string("additional_instructions", maximum: 256_000)
        additionalMessages = try MessageRequest.array(fields, "additional_messages") ?? []
        tools = try AssistantTools(fields, maximum: 20)
        maximumCompletionTokens = try fields.integer("max_completion_tokens", in: 256...Int.max)
        isStreamed = try fields.bool("stream") ?? false
        _ = try fields.effort()
        let choice = try Self.toolChoice(fields)
        allowsTools = choice != "none"
        let truncation = try fields.fields("truncation_strategy", known: ["type", "last_messages"])
        let strategy = try truncation?.string("type", oneOf: ["auto", "last_messages"]) ?? "auto"
        lastMessages = try truncation?.integer("last_messages", in: 1...Int.max)
        echo = [
            "metadata": (try fields.metadata() ?? [:]).json,
            "max_prompt_tokens": .optional(try fields.integer("max_prompt_tokens", in: 256...Int.max)),
            "max_completion_tokens": .optional(maximumCompletionTokens),
            "truncation_strategy": ["type": .string(strategy), "last_messages": .optional(lastMessages)],
            "tool_choice": choice,
            "parallel_tool_calls": .bool(try fields.bool("parallel_tool_calls") ?? true),
            "response_format": try fields.textFormat() ?? "auto",
        ].merging(try Self.sampling(fields)) { first, _ in first }
    }

    private static func toolChoice(_ fields: RequestFields) throws(APIError) -> JSONValue {
        let choice = fields.value("tool_choice") ?? "auto"
        if case .object = choice {
            let type = try fields.fields("tool_choice")?.string("type", oneOf: ["file_search"])
            if type == nil { throw .missing("tool_choice.type") }
        } else {
            _ = try fields.string("tool_choice", oneOf: ["none", "auto", "required"])
        }
        return choice
    }

    /// The sampling parameters that the request sets; the assistant has the others.
    private static func sampling(_ fields: RequestFields) throws(APIError) -> [String: JSONValue] {
        var sampling: [String: JSONValue] = [:]
        sampling["temperature"] = try fields.number("temperature", in: 0...2).map(JSONValue.number)
        sampling["top_p"] = try fields.number("top_p", in: 0...1).map(JSONValue.number)
        return sampling
    }
}

extension RunRequest {
    /// The fields of a new run's object, as they are stored: those of the request, and the assistant's for the others.
    func newFields(for assistant: StoredObject) throws -> JSONFields {
        let assistant = try JSONValue(assistant.body)
        let instructions = [instructions ?? assistant["instructions"]?.string, additionalInstructions]
            .compactMap(\.self)
        let fields: [String: JSONValue] = [
            "object": "thread.run",
            "required_action": nil,
            "last_error": nil,
            "started_at": nil,
            "cancelled_at": nil,
            "failed_at": nil,
            "completed_at": nil,
            "incomplete_details": nil,
            "model": model.map(JSONValue.string) ?? assistant["model"] ?? "",
            "instructions": .string(instructions.joined(separator: "\n\n")),
            "tools": tools?.echo ?? assistant["tools"] ?? [],
            "temperature": assistant["temperature"] ?? 1.0,
            "top_p": assistant["top_p"] ?? 1.0,
            "usage": nil,
        ]
        return try fields.merging(echo) { _, requested in requested }.stored()
    }

    /// The file search of a run with an assistant; nil if there is none or `tool_choice` excludes it.
    func fileSearch(for assistant: StoredObject) throws -> AssistantTools.FileSearch? {
        guard allowsTools else { return nil }
        return try (tools ?? AssistantTools(RequestFields(JSONValue(assistant.body)), maximum: 128))?.fileSearch
    }
}
