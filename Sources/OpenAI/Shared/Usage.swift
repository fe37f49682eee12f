public import JSON

/// The tokens that a response used.
public struct Usage: Sendable, Hashable {
    /// The tokens that the model read.
    public let inputTokens: Int
    /// The tokens that the model wrote, reasoning included.
    public let outputTokens: Int
    /// The sum of both.
    public let totalTokens: Int

    init(inputTokens: Int, outputTokens: Int, totalTokens: Int?) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.totalTokens = totalTokens ?? inputTokens + outputTokens
    }
}

extension Usage: JSONReadable {
    /// Reads the usage; a count that is absent is zero.
    public init(reading json: inout JSONReader) throws(JSONError) {
        var (input, output, total) = (0, 0, nil as Int?)
        try json.readObject { name, json throws(JSONError) in
            switch name {
            case "input_tokens": input = try json.readIntegerIfPresent() ?? 0
            case "output_tokens": output = try json.readIntegerIfPresent() ?? 0
            case "total_tokens": total = try json.readIntegerIfPresent()
            default: try json.skip()
            }
        }
        self.init(inputTokens: input, outputTokens: output, totalTokens: total)
    }
}
