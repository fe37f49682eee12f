/// A word that the answer to a question should be about, or a phrase.
struct QuestionTerm: Sendable, Hashable {
    /// The stem of the word, or the stems of the phrase.
    let stem: String
    /// How much it tells, as a share of the question; all terms together make 1.
    var weight: Double
    /// Whether an answer can hardly leave it out.
    let isEssential: Bool
    /// Whether it is a word of everyday language.
    let isEveryday: Bool
    /// What other forms of the word begin with.
    private let root: String
    /// The stems of other words for the same thing.
    private let synonyms: Set<String>
    /// The stems of phrases for the same thing, by their first stem.
    private let phrases: [String: [[String]]]

    /// Takes the word as it is in the question, in lower case and without accents.
    init(_ word: String, weight: Double, isEssential: Bool = false) {
        let stem = Synonyms.stem(of: word)
        let related = Synonyms.of(word).map { Synonyms.stem(of: $0) }
        let phrases = (related + [stem]).map { $0.split(separator: " ").map { String($0) } }.filter { $0.count > 1 }
        self.stem = stem
        self.weight = weight
        self.isEssential = isEssential
        isEveryday = CommonWords.contains(word)
        root = WordStem.root(of: word)
        synonyms = Set(related.filter { !$0.contains(" ") })
        self.phrases = Dictionary(grouping: phrases) { $0[0] }
    }

    /// Whether a phrase that means the term begins with a word.
    func hasPhrase(beginningWith stem: String) -> Bool { phrases[stem] != nil }

    /// How surely the word at a place means the term, or begins a phrase that does: 1 for the same stem, less for another
    /// word for the same thing, or if one stem only begins with the other.
    func match(at place: Int, of stems: [String], _ weights: AnswerWeights) -> Double {
        let other = stems[place]
        if other == stem { return 1 }
        if synonyms.contains(other) { return weights.synonym }
        if let phrase = phrases[other]?.first(where: { stems[place...].starts(with: $0) }) {
            return phrase.joined(separator: " ") == stem ? 1 : weights.synonym
        }
        let shortest = QueryWords.shortestPrefix
        guard stem.utf8.count >= shortest, other.utf8.count >= shortest else { return 0 }
        return other.hasPrefix(stem) || other.hasPrefix(root) || stem.hasPrefix(other) ? weights.prefix : 0
    }
}
