/// The training lines of a conversation, which no checker has to mend.
public struct TrainingExport: Sendable {
    /// The pairs that become lines.
    public private(set) var pairs: [MessagePair] = []
    /// How many pairs were left out, by problem.
    public private(set) var leftOut: [ExampleProblem: Int] = [:]

    /// Chooses the pairs of a conversation.
    ///
    /// - Parameters:
    ///   - conversation: The conversation.
    ///   - format: The form of the lines.
    ///   - maximumCharacters: The most characters of an example.
    /// - Throws: ``ExportError`` with the code `noPairs` if no pair remains.
    public init(
        of conversation: Conversation,
        as format: TrainingFormat,
        maximumCharacters: Int = ExampleRules.usualMaximumCharacters
    ) throws(ExportError) {
        var rules = ExampleRules(maximumCharacters: maximumCharacters)
        for pair in try conversation.pairs() {
            if let problem = rules.problem(of: pair, as: format) {
                leftOut[problem, default: 0] += 1
            } else {
                pairs.append(pair)
            }
        }
        guard !pairs.isEmpty else {
            throw ExportError(.noPairs, "No pair of messages can be used for training: all are too long or ambiguous.")
        }
    }
}
