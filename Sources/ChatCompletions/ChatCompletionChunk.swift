private import Foundation

/// A part of a generated text.
public enum ChatCompletionEvent: Sendable, Hashable {
    /// More of the text.
    case text(String)
    /// The model thinks; what it thinks is not part of the text.
    case reasoning
    /// The model calls a tool instead of writing, though it was given none.
    case toolCall
    /// The text ends; no event follows.
    case finished(ChatCompletionEnd)
}

/// How a generated text ends.
public enum ChatCompletionEnd: Sendable, Hashable {
    /// The model has finished.
    case stop
    /// The text reached its maximum of tokens.
    case length
    /// Anything else, such as a content filter.
    case other
}

/// The data of an event of the stream, or the whole response of a server that does not stream.
struct ChatCompletionChunk: Decodable {
    let choices: [Choice]?
    let error: Failure?

    struct Choice: Decodable {
        let delta: Message?
        let message: Message?
        let finishReason: String?

        private enum CodingKeys: String, CodingKey {
            case delta, message
            case finishReason = "finish_reason"
        }
    }

    struct Message: Decodable {
        let content: String?
        let reasoning: String?
        let reasoningContent: String?
        let toolCalls: [Ignored]?
        let functionCall: Ignored?

        private enum CodingKeys: String, CodingKey {
            case content, reasoning
            case reasoningContent = "reasoning_content"
            case toolCalls = "tool_calls"
            case functionCall = "function_call"
        }
    }

    /// An error in the stream; its text may contain the request's.
    struct Failure: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    struct Ignored: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    /// Decodes JSON text.
    init(json: some Collection<UInt8>) throws(ChatCompletionError) {
        do {
            self = try JSONDecoder().decode(ChatCompletionChunk.self, from: Data(json))
        } catch {
            throw ChatCompletionError(.malformed, "an event is not the API's")
        }
    }

    /// The events of the first choice.
    var events: [ChatCompletionEvent] {
        get throws(ChatCompletionError) {
            if error != nil { throw ChatCompletionError(.refused, "the server reports an error in the stream") }
            guard let choice = choices?.first else { return [] }
            var events: [ChatCompletionEvent] = []
            if let message = choice.delta ?? choice.message {
                if message.reasoning?.isEmpty == false || message.reasoningContent?.isEmpty == false {
                    events.append(.reasoning)
                }
                if let text = message.content, !text.isEmpty { events.append(.text(text)) }
                if message.toolCalls?.isEmpty == false || message.functionCall != nil { events.append(.toolCall) }
            }
            switch choice.finishReason {
            case nil: break
            case "stop": events.append(.finished(.stop))
            case "length": events.append(.finished(.length))
            case "tool_calls", "function_call": events += [.toolCall, .finished(.other)]
            default: events.append(.finished(.other))
            }
            return events
        }
    }
}
