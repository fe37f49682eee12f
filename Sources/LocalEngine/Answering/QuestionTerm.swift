/// A word that the answer to a question should be about.
struct QuestionTerm: Sendable, Hashable {
    /// The stem of the word.
    let stem: String
    /// How much it tells, as a share of the question; all terms together make 1.
    var weight: Double
    /// Whether an answer can hardly leave it out.
    let isEssential: Bool
    /// Whether it is a word of everyday language.
    let isEveryday: Bool
    /// What other forms of the word begin with.
    private let root: String

    /// Takes the word as it is in the question, in lower case and without accents.
    init(_ word: String, weight: Double, isEssential: Bool = false) {
        stem = WordStem.of(word)
        self.weight = weight
        self.isEssential = isEssential
        isEveryday = CommonWords.contains(word)
        root = WordStem.root(of: word)
    }

    /// How surely a word means the term: 1 for the same stem, less if one stem only begins with the other.
    func match(_ other: String, _ weights: AnswerWeights) -> Double {
        if other == stem { return 1 }
        let shortest = QueryWords.shortestPrefix
        guard stem.utf8.count >= shortest, other.utf8.count >= shortest else { return 0 }
        return other.hasPrefix(stem) || other.hasPrefix(root) || stem.hasPrefix(other) ? weights.prefix : 0
    }
}
