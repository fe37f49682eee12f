/// A complete text of a model.
public struct ChatCompletion: Sendable, Hashable, Decodable {
    /// The text; empty if the model wrote none.
    public let text: String
    /// Why the text ends, such as `stop` or `length`.
    public let finishReason: String?
    /// The number of tokens of the text, where the server counts them.
    public let tokens: Int?
    let part: ChatCompletionPart

    private enum CodingKeys: CodingKey {
        case choices, usage
    }

    private struct Usage: Decodable {
        let completionTokens: Int?

        enum CodingKeys: String, CodingKey {
            case completionTokens = "completion_tokens"
        }
    }

    /// Decodes the first choice.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        part = ChatCompletionPart(try fields.decode([Choice].self, forKey: .choices).first)
        (text, finishReason) = (part.text, part.finishReason)
        tokens = try fields.decodeIfPresent(Usage.self, forKey: .usage)?.completionTokens
    }
}

/// A part of a text that is being generated.
public struct ChatCompletionPart: Sendable, Hashable {
    /// More of the text; empty in parts that only say something about it.
    public let text: String
    /// Whether the model reasons; what it reasons is not part of the text.
    public let isReasoning: Bool
    /// Whether the model calls a tool instead of writing, though it was given none.
    public let callsTool: Bool
    /// Why the text ends, such as `stop` or `length`; nil if it goes on.
    public let finishReason: String?

    /// The end of a stream without a reason.
    fileprivate static let end = ChatCompletionPart(nil)

    fileprivate init(_ choice: Choice?) {
        let content = choice?.delta ?? choice?.message
        text = content?.content ?? ""
        isReasoning = content?.reasoning?.isEmpty == false || content?.reasoningContent?.isEmpty == false
        callsTool = content?.toolCalls?.isEmpty == false || content?.functionCall != nil
        finishReason = choice?.finishReason
    }
}

/// The data of an event: a part, or an error.
struct StreamedPart: Decodable {
    private let part: ChatCompletionPart
    private let error: ErrorDetail?

    private enum CodingKeys: CodingKey {
        case choices, error
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let isError = fields.contains(.error) && (try? fields.decodeNil(forKey: .error)) != true
        error = isError ? try ErrorEnvelope(from: decoder).detail : nil
        part = ChatCompletionPart(try fields.decode(.choices, or: [Choice]()).first)
    }

    /// Decodes an event, and says whether no other follows it.
    static func decode(
        _ event: ServerSentEvent,
        requestID: String?
    ) throws -> (event: ChatCompletionPart, isTerminal: Bool) {
        guard event.data != "[DONE]" else { return (.end, true) }
        let streamed = try WireJSON.decode(StreamedPart.self, from: event.data.utf8)
        if let error = streamed.error { throw OpenAIError(error).identified(by: requestID) }
        return (streamed.part, streamed.part.finishReason != nil)
    }
}

private struct Choice: Decodable {
    let message: Content?
    let delta: Content?
    let finishReason: String?

    enum CodingKeys: String, CodingKey {
        case message, delta
        case finishReason = "finish_reason"
    }

    struct Content: Decodable {
        let content: String?
        let reasoning: String?
        let reasoningContent: String?
        let toolCalls: [Ignored]?
        let functionCall: Ignored?

        enum CodingKeys: String, CodingKey {
            case content, reasoning
            case reasoningContent = "reasoning_content"
            case toolCalls = "tool_calls"
            case functionCall = "function_call"
        }
    }

    struct Ignored: Decodable {
        init(from decoder: any Decoder) throws {}
    }
}
