/// What a run is to do, and how.
///
/// What is not set is not sent; then the assistant's own settings hold.
public struct RunRequest: Sendable, Hashable {
    /// The assistant.
    public var assistantID: String
    /// The model to ask, instead of the assistant's.
    public var model: String?
    /// How the model is to behave, instead of the assistant's instructions.
    public var instructions: String?
    /// What is added to the instructions.
    public var additionalInstructions: String?
    /// What is put into the thread before the run begins.
    public var additionalMessages: [InputMessage]?
    /// Whether the model is to use its tools.
    public var toolChoice: ToolChoice?
    /// How much the model may read in the whole run: at least 256.
    public var maximumPromptTokens: Int?
    /// How long the answer may get: at least 256.
    public var maximumCompletionTokens: Int?
    /// How many messages of the thread the model is shown; left out, as many as fit.
    public var lastMessages: Int?
    /// Our own notes on the run: at most 16 pairs.
    public var metadata: [String: String]?
    /// How hard the model is to think, such as `none`, `low` or `medium`; models differ in which they take.
    public var reasoningEffort: String?

    /// Creates a request; the rest is set on the value.
    ///
    /// - Parameters:
    ///   - assistantID: The assistant.
    ///   - additionalMessages: What is put into the thread before the run begins.
    public init(assistantID: String, additionalMessages: [InputMessage]? = nil) {
        self.assistantID = assistantID
        self.additionalMessages = additionalMessages
    }
}

extension RunRequest: Encodable {
    private enum CodingKeys: String, CodingKey {
        case model, instructions, metadata
        case assistantID = "assistant_id"
        case additionalInstructions = "additional_instructions"
        case additionalMessages = "additional_messages"
        case toolChoice = "tool_choice"
        case maximumPromptTokens = "max_prompt_tokens"
        case maximumCompletionTokens = "max_completion_tokens"
        case truncation = "truncation_strategy"
        case reasoningEffort = "reasoning_effort"
    }

    private struct Truncation: Encodable {
        let type = "last_messages"
        let lastMessages: Int

        enum CodingKeys: String, CodingKey {
            case type
            case lastMessages = "last_messages"
        }
    }

    /// Encodes the request as the API writes it.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(assistantID, forKey: .assistantID)
        try fields.encodeIfPresent(model, forKey: .model)
        try fields.encodeIfPresent(instructions, forKey: .instructions)
        try fields.encodeIfPresent(additionalInstructions, forKey: .additionalInstructions)
        try fields.encodeIfPresent(additionalMessages, forKey: .additionalMessages)
        try fields.encodeIfPresent(toolChoice, forKey: .toolChoice)
        try fields.encodeIfPresent(maximumPromptTokens, forKey: .maximumPromptTokens)
        try fields.encodeIfPresent(maximumCompletionTokens, forKey: .maximumCompletionTokens)
        try fields.encodeIfPresent(lastMessages.map(Truncation.init), forKey: .truncation)
        try fields.encodeIfPresent(metadata, forKey: .metadata)
        try fields.encodeIfPresent(reasoningEffort, forKey: .reasoningEffort)
    }
}

/// A request whose run is to be told as a stream of events.
struct StreamedRunRequest: Encodable {
    let request: RunRequest

    private enum CodingKeys: CodingKey {
        case stream
    }

    func encode(to encoder: any Encoder) throws {
        try request.encode(to: encoder)
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(true, forKey: .stream)
    }
}
