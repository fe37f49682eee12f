/// The tokens that a response used.
public struct Usage: Sendable, Hashable, Decodable {
    /// The tokens that the model read.
    public let inputTokens: Int
    /// The tokens that the model wrote, reasoning included.
    public let outputTokens: Int
    /// The sum of both.
    public let totalTokens: Int

    private enum CodingKeys: String, CodingKey {
        case inputTokens = "input_tokens"
        case outputTokens = "output_tokens"
        case totalTokens = "total_tokens"
    }

    init(inputTokens: Int, outputTokens: Int, totalTokens: Int?) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.totalTokens = totalTokens ?? inputTokens + outputTokens
    }

    /// Decodes the usage; a count that is absent is zero.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        inputTokens = try fields.decode(.inputTokens, or: 0)
        outputTokens = try fields.decode(.outputTokens, or: 0)
        totalTokens = try fields.decode(.totalTokens, or: inputTokens + outputTokens)
    }
}
