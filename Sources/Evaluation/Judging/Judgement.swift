/// The judgement of an answer.
struct Judgement: Sendable, Equatable {
    /// The outcome of a question.
    enum Outcome: String, Sendable, Codable {
        /// An answer with citations.
        case answered
        /// An answer with citations that says that it may be wrong.
        case unsure
        /// A text without citations.
        case refused
        /// An error instead of an answer.
        case failed
    }

    var outcome: Outcome
    /// Whether the first citation is of a right document; nil where these are unknown.
    var isFileFirst: Bool?
    /// Whether any citation is of a right document; nil where these are unknown.
    var isFileCited: Bool?
    /// Whether the answer's own text has the fact; nil without a fact.
    var isFactStated: Bool?
    /// Whether the answer's text and its quotes have the fact; nil without a fact.
    var isFactHeld: Bool?
    /// The outcomes of the question's assertions.
    var assertions: [Bool] = []
    /// For each quote, whether its document has it verbatim; nil where the document's text is unknown.
    var quotes: [Bool?] = []
    /// Whether the answer is right; nil where nothing can be checked.
    var isRight: Bool?
    /// Why it is wrong, a reason each.
    var misses: [String] = []
    /// Other remarks.
    var notes: [String] = []

    /// The properties that are equal in answers that agree.
    var gist: [Bool?] {
        [outcome == .answered, outcome == .unsure, outcome == .refused, isFileFirst, isFileCited, isFactHeld, isRight]
            + assertions
    }
}
