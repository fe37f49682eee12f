/// What is right and what is wrong about one answer.
struct Judgement: Sendable, Equatable {
    /// What came of the question.
    enum Outcome: String, Sendable, Codable {
        /// An answer with a source.
        case answered
        /// An answer with a source that says that it may not be the answer.
        case unsure
        /// Words without a source.
        case refused
        /// An error in place of an answer.
        case failed
    }

    var outcome: Outcome
    /// Whether the first citation names the right document; nil where that is not known.
    var isFileFirst: Bool?
    /// Whether any citation names it.
    var isFileCited: Bool?
    /// Whether the answer's own text holds the fact; nil where no fact is known.
    var isFactStated: Bool?
    /// Whether the answer's text and its quotes hold the fact.
    var isFactHeld: Bool?
    /// The outcomes of the question's assertions.
    var assertions: [Bool] = []
    /// For each quote whether it stands in its document word for word; nil where the document's text is not known.
    var quotes: [Bool?] = []
    /// Whether the answer is what the question demands; nil where nothing of it can be checked.
    var isRight: Bool?
    /// Why it is not right.
    var misses: [String] = []
    /// What else is worth a look.
    var notes: [String] = []

    /// What has to be the same of two answers that agree.
    var gist: [Bool?] {
        [outcome == .answered, outcome == .unsure, outcome == .refused, isFileFirst, isFileCited, isFactHeld, isRight]
            + assertions
    }
}
