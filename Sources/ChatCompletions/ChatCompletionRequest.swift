private import Foundation

/// A message of a conversation with a model.
public struct ChatCompletionMessage: Sendable, Hashable, Encodable {
    /// The author of a message.
    public enum Role: String, Sendable, Hashable, Encodable {
        /// The operator, who says how to answer.
        case system
        /// The user, who asks.
        case user
        /// The model, which answers.
        case assistant
    }

    /// The author.
    public let role: Role
    /// The text.
    public let content: String

    /// Creates a message.
    public init(_ role: Role, _ content: String) {
        self.role = role
        self.content = content
    }
}

/// A request for a streamed text: `POST /v1/chat/completions`.
///
/// It has only the fields that every compatible server knows. `max_tokens` is not `max_completion_tokens`, which few
/// servers other than OpenAI's have.
struct ChatCompletionRequest: Encodable {
    let model: String
    let messages: [ChatCompletionMessage]
    let maximumTokens: Int
    let temperature = 0.0
    let stream = true

    private enum CodingKeys: String, CodingKey {
        case model, messages, temperature, stream
        case maximumTokens = "max_tokens"
    }

    /// The request as JSON text in UTF-8.
    func encoded() throws(ChatCompletionError) -> [UInt8] {
        do {
            return Array(try JSONEncoder().encode(self))
        } catch {
            throw .invalid("the request cannot be encoded")
        }
    }
}
