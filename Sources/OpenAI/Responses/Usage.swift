/// What a response cost, in tokens.
public struct Usage: Sendable, Hashable, Decodable {
    /// What the model read.
    public let inputTokens: Int
    /// The part of the input that was cached, and cost less.
    public let cachedTokens: Int
    /// What the model wrote, thoughts included.
    public let outputTokens: Int
    /// The part of the output that was thoughts.
    public let reasoningTokens: Int
    /// Input and output.
    public let totalTokens: Int

    private enum CodingKeys: String, CodingKey {
        case inputTokens = "input_tokens"
        case inputDetails = "input_tokens_details"
        case outputTokens = "output_tokens"
        case outputDetails = "output_tokens_details"
        case totalTokens = "total_tokens"
    }

    private struct Details: Decodable {
        let cachedTokens: Int?
        let reasoningTokens: Int?

        enum CodingKeys: String, CodingKey {
            case cachedTokens = "cached_tokens"
            case reasoningTokens = "reasoning_tokens"
        }
    }

    /// Creates a usage of which no details are known.
    init(inputTokens: Int, outputTokens: Int, totalTokens: Int?) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.totalTokens = totalTokens ?? inputTokens + outputTokens
        cachedTokens = 0
        reasoningTokens = 0
    }

    /// Decodes the usage; a count that is absent is zero.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        inputTokens = try fields.decode(.inputTokens, or: 0)
        outputTokens = try fields.decode(.outputTokens, or: 0)
        totalTokens = try fields.decode(.totalTokens, or: inputTokens + outputTokens)
        cachedTokens = try fields.decodeIfPresent(Details.self, forKey: .inputDetails)?.cachedTokens ?? 0
        reasoningTokens = try fields.decodeIfPresent(Details.self, forKey: .outputDetails)?.reasoningTokens ?? 0
    }
}
