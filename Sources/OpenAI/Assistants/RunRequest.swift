/// The fields of a run to start.
///
/// A field that is nil is not sent; the assistant's own value applies then.
public struct RunRequest: Sendable, Hashable {
    /// The assistant's ID.
    public var assistantID: String
    /// The model, instead of the assistant's.
    public var model: String?
    /// The instructions to the model, instead of the assistant's.
    public var instructions: String?
    /// What is appended to the instructions.
    public var additionalInstructions: String?
    /// The messages that are added to the thread before the run starts.
    public var additionalMessages: [InputMessage]?
    /// Whether the model uses its tools.
    public var toolChoice: ToolChoice?
    /// How many tokens the model may read in the whole run: at least 256.
    public var maximumPromptTokens: Int?
    /// How many tokens the model may write in the whole run: at least 256.
    public var maximumCompletionTokens: Int?
    /// How many of the thread's last messages the model reads; nil for as many as fit.
    public var lastMessages: Int?
    /// The run's metadata: at most 16 pairs.
    public var metadata: [String: String]?
    /// The reasoning effort, such as `none`, `low` or `medium`; models differ in which values they accept.
    public var reasoningEffort: String?
    /// How much chance there is in the choice of words, from 0 to 2; some models refuse it.
    public var temperature: Double?
    /// The share of likely words that are chosen from, from 0 to 1; some models refuse it.
    public var topP: Double?

    /// Creates a request; the other fields are set on the value.
    ///
    /// - Parameters:
    ///   - assistantID: The assistant's ID.
    ///   - additionalMessages: The messages that are added to the thread before the run starts.
    public init(assistantID: String, additionalMessages: [InputMessage]? = nil) {
        self.assistantID = assistantID
        self.additionalMessages = additionalMessages
    }
}

extension RunRequest: Encodable {
    private enum CodingKeys: String, CodingKey {
        case model, instructions, metadata, temperature
        case topP = "top_p"
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

    /// Encodes the fields that are set.
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
        try fields.encodeIfPresent(temperature, forKey: .temperature)
        try fields.encodeIfPresent(topP, forKey: .topP)
    }
}

/// A request for a run with its events as a stream.
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
