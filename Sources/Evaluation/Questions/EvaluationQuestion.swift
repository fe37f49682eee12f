/// A question of an evaluation, with what its answer has to be.
public struct EvaluationQuestion: Sendable, Hashable {
    /// What the answer has to do.
    public enum Expectation: Sendable, Hashable {
        /// Answer from a document.
        case answer
        /// Refuse, as the documents do not hold the answer.
        case refusal
        /// Pass the question's assertions; nothing else is known of it.
        case assertions
    }

    /// The name under which reports show the question: its own, or its place in the file, such as `line 7`.
    public var id: String
    /// What is asked.
    public var text: String
    /// What the same user asks before it in the same conversation, in order.
    public var before: [String] = []
    /// The group that the question is counted in, such as `number` or `follow-up`.
    public var kind: String?
    /// What the answer has to do.
    public var expectation: Expectation
    /// The right answer as a person would word it; shown in reports, never compared.
    public var expectedAnswer: String?
    /// The documents that hold the answer, each by its path or the end of it; empty where that is not known.
    public var files: [String] = []
    /// What a right answer says; nil where that is not known.
    public var fact: Fact?
    /// What else the text of the answer has to pass.
    public var assertions: [Assertion] = []
    /// What the file asks for and is not checked, such as promptfoo's `llm-rubric`.
    public var unchecked: [String] = []

    /// Whether an answer can be right or wrong.
    var isCheckable: Bool { expectation != .assertions || !assertions.isEmpty }
}

/// What a right answer says.
public enum Fact: Sendable, Hashable {
    /// Each text of one of these lists stands in it; layout and case do not count.
    case texts(anyOf: [[String]])
    /// Each of these figures stands in it, however its digits are grouped.
    case figures([String])

    /// Returns what a text lacks; empty where it holds the fact.
    ///
    /// - Parameter text: A text as it was written, Markdown included.
    /// - Returns: Of several lists of texts, what lacks of the one that comes closest.
    func missing(in text: String) -> [String] {
        switch self {
        case .texts(let alternatives):
            let text = Folding.folded(Folding.rendered(text))
            let missing = alternatives.map { $0.filter { !text.contains(Folding.folded($0)) } }
            return missing.min { $0.count < $1.count } ?? []
        case .figures(let figures):
            let held = Set(Figures.inText(text))
            return figures.filter { !held.contains($0) }
        }
    }
}
