/// What makes an example useless for training.
public struct ExampleRules: Sendable {
    /// The most characters of an example: about 2,000 tokens, which the smallest models take.
    public static let usualMaximumCharacters = 8_000

    private let maximumCharacters: Int
    private var seen: Set<MessagePair> = []

    init(maximumCharacters: Int) {
        self.maximumCharacters = maximumCharacters
    }

    /// Returns what is wrong with an example; nil if nothing is.
    ///
    /// An example without a problem is remembered, so that the same one is a duplicate later.
    mutating func problem(of pair: MessagePair, as format: TrainingFormat) -> ExampleProblem? {
        if pair.prompt.trimmingBlanks().isEmpty || pair.completion.trimmingBlanks().isEmpty { return .empty }
        if pair.characters > maximumCharacters { return .tooLong }
        if format == .promptCompletion, PromptCompletion.isAmbiguous(pair) { return .ambiguous }
        return seen.insert(pair).inserted ? nil : .duplicate
    }

    /// Whether a text alone is too long for an example.
    func isTooLong(_ text: String) -> Bool { text.count > maximumCharacters }
}
