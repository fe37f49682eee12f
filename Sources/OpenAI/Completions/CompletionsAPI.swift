/// Texts that a model continues: `/completions`, for models that were trained with prompts and completions.
public struct CompletionsAPI: Sendable {
    let transport: Transport

    /// Asks for the continuation of a text, and returns it when it is complete.
    public func create(_ request: CompletionRequest) async throws(OpenAIError) -> Completion {
        var call = try APICall.post("completions", json: request)
        call.repeatability = .untilAnswered
        return try await transport.value(call)
    }
}

/// The fields of a continuation to ask for; a field that is nil is not sent.
public struct CompletionRequest: Sendable, Hashable, Encodable {
    /// The model's ID.
    public var model: String
    /// The text to continue.
    public var prompt: String
    /// The text at which the model stops, which is not part of the continuation.
    public var stop: String?
    /// The most tokens of the continuation.
    public var maximumTokens: Int?
    /// The randomness of the continuation; 0 for the least.
    public var temperature: Double?

    /// Creates a request.
    public init(
        model: String,
        prompt: String,
        stop: String? = nil,
        maximumTokens: Int? = nil,
        temperature: Double? = nil
    ) {
        self.model = model
        self.prompt = prompt
        self.stop = stop
        self.maximumTokens = maximumTokens
        self.temperature = temperature
    }

    private enum CodingKeys: String, CodingKey {
        case model, prompt, stop, temperature
        case maximumTokens = "max_tokens"
    }
}

/// The continuation of a text.
public struct Completion: Sendable, Hashable, Decodable {
    /// The text; empty if the model wrote none.
    public let text: String

    private enum CodingKeys: CodingKey {
        case choices
    }

    private struct Choice: Decodable {
        let text: String?
    }

    /// Decodes the first choice.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        text = try fields.decode([Choice].self, forKey: .choices).first?.text ?? ""
    }
}
