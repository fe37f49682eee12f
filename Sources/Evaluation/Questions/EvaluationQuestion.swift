/// A question of an evaluation, with the expected answer.
public struct EvaluationQuestion: Sendable, Hashable {
    /// The expected kind of answer.
    public enum Expectation: Sendable, Hashable {
        /// An answer from a document.
        case answer
        /// A refusal, as no document has the answer.
        case refusal
        /// Any answer that passes the question's assertions.
        case assertions
    }

    /// The question's ID in reports: its own, or its position in the file, such as `line 7`.
    public var id: String
    /// The question's text.
    public var text: String
    /// The earlier messages of the same conversation, in order.
    public var before: [String] = []
    /// The group of the question in reports, such as `number` or `follow-up`.
    public var kind: String?
    /// The expected kind of answer.
    public var expectation: Expectation
    /// The right answer in a person's words, for reports only.
    public var expectedAnswer: String?
    /// The documents with the answer, by their paths or the ends of these; empty where they are unknown.
    public var files: [String] = []
    /// The fact of a right answer; nil where it is unknown.
    public var fact: Fact?
    /// The assertions about the answer's text.
    public var assertions: [Assertion] = []
    /// The checks of the file that are not supported, such as promptfoo's `llm-rubric`.
    public var unchecked: [String] = []

    /// Whether an answer can be right or wrong.
    var isCheckable: Bool { expectation != .assertions || !assertions.isEmpty }
}

/// The fact of a right answer.
public enum Fact: Sendable, Hashable {
    /// All texts of one of these lists, regardless of layout and case.
    case texts(anyOf: [[String]])
    /// All of these figures, however their digits are grouped.
    case figures([String])

    /// Returns what a text lacks of the fact; empty if it has all of it.
    ///
    /// - Parameter text: A text in its source form, Markdown included.
    /// - Returns: Of several lists of texts, what is missing of the closest one.
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
