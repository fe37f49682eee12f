/// Texts of a model, for which the server stores nothing: `/chat/completions`.
public struct ChatCompletionsAPI: Sendable {
    let transport: Transport

    /// Asks for a text, and returns it when it is complete.
    public func create(_ request: ChatCompletionRequest) async throws(OpenAIError) -> ChatCompletion {
        try await transport.value(call(request, isStreamed: false))
    }

    /// Asks for a text, and returns its parts as they are generated.
    ///
    /// - Returns: The parts, once the API has accepted the request; of a server that does not stream, the whole text as
    ///   one part.
    public func stream(_ request: ChatCompletionRequest) async throws(OpenAIError) -> ChatCompletionParts {
        switch try await transport.eventsOrValue(call(request, isStreamed: true), as: ChatCompletion.self) {
        case .value(let completion): ChatCompletionParts(whole: completion.part)
        case .events(let response): ChatCompletionParts(EventStream(response, decode: StreamedPart.decode))
        }
    }

    private func call(_ request: ChatCompletionRequest, isStreamed: Bool) throws(OpenAIError) -> APICall {
        var request = request
        request.isStreamed = isStreamed
        var call = APICall.post("chat", "completions", json: try WireJSON.encode(request))
        call.hasIDs = false
        call.repeatability = .untilAnswered
        call.isStreamed = isStreamed
        return call
    }
}

/// The fields of a text to ask for; a field that is nil is not sent.
public struct ChatCompletionRequest: Sendable, Hashable, Encodable {
    /// The model's ID.
    public var model: String
    /// The conversation, oldest message first.
    public var messages: [InputMessage]
    /// The most tokens of the text, in the field `max_tokens`, which all compatible servers know.
    public var maximumTokens: Int?
    /// The randomness of the text; 0 for the least.
    public var temperature: Double?
    fileprivate var isStreamed = false

    /// Creates a request.
    public init(model: String, messages: [InputMessage], maximumTokens: Int? = nil, temperature: Double? = nil) {
        self.model = model
        self.messages = messages
        self.maximumTokens = maximumTokens
        self.temperature = temperature
    }

    private enum CodingKeys: String, CodingKey {
        case model, messages, temperature
        case maximumTokens = "max_tokens"
        case isStreamed = "stream"
    }
}
