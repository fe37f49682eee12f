/// A word that the answer to a question should be about.
struct QuestionTerm: Sendable, Hashable {
    /// The stem of the word.
    let stem: String
    /// How distinctive it is, as a share of the question; the sum over all terms is 1.
    var weight: Double
    /// Whether it is essential for an answer.
    let isEssential: Bool
    /// Whether it is a word of everyday language.
    let isEveryday: Bool
    /// The beginning of other forms of the word.
    private let root: String

    /// Creates a term for a word of the question, in lower case and without accents.
    init(_ word: String, weight: Double, isEssential: Bool = false) {
        stem = WordStem.of(word)
        self.weight = weight
        self.isEssential = isEssential
        isEveryday = CommonWords.contains(word)
        root = WordStem.root(of: word)
    }

    /// The certainty that a word means the term: 1 for the same stem, less if one stem only begins with the other.
    func match(_ other: String, _ weights: AnswerWeights) -> Double {
        if other == stem { return 1 }
        let shortest = QueryWords.shortestPrefix
        guard stem.utf8.count >= shortest, other.utf8.count >= shortest else { return 0 }
        return other.hasPrefix(stem) || other.hasPrefix(root) || stem.hasPrefix(other) ? weights.prefix : 0
    }
}

/// The names in a question, which are essential for an answer.
enum ProperNames {
    /// The words that are written like names, in lower case and without accents.
    static func names(in text: String) -> Set<String> { all(in: text).reduce(into: []) { $0.formUnion($1) } }

    /// What is written like a name: the words of each, in lower case and without accents.
    ///
    /// If all nouns or all words begin with capitals, as in German, there are none.
    static func all(in text: String) -> [Set<String>] {
        var names: [Set<String>] = []
        var plain = 0
        var isFirst = true
        var followsName = false
        for piece in text.split(whereSeparator: \.isWhitespace) {
            let opens = isFirst
            isFirst = piece.last.map { ".?!:".contains($0) } ?? false
            guard let letter = piece.first(where: \.isLetter) else { continue }
            let words = Set(Words.content(of: piece).filter { $0.count > 2 && !CommonWords.contains($0) })
            let isName = letter.isUppercase && !opens && !words.isEmpty
            if !letter.isUppercase { plain += 1 }
            if isName, followsName {
                names[names.count - 1].formUnion(words)
            } else if isName {
                names.append(words)
            }
            followsName = isName
        }
        let count = names.reduce(0) { $0 + $1.count }
        return count * fewest <= plain && !isGerman(text) ? names : []
    }

    /// The minimum number of other words for each name in an English question.
    private static let fewest = 2

    private static func isGerman(_ text: String) -> Bool {
        Words.all(in: text).contains { germanWords.contains($0) }
    }
    private static let germanWords: Set<String> = [
        "ich", "wir", "der", "die", "das", "den", "dem", "ein", "eine", "ist", "sind", "und", "wie", "wer", "wann",
        "wo",
        "bei", "mit", "fur", "von", "zu", "auf",
    ]
}

/// How surely words are the terms of a question; each word is compared once, however often the passages have it.
final class TermMatches {
    private let terms: [QuestionTerm]
    private let weights: AnswerWeights
    private var known: [String: [Double]] = [:]

    /// Compares with the terms of a question.
    init(_ terms: [QuestionTerm], _ weights: AnswerWeights) {
        self.terms = terms
        self.weights = weights
    }

    /// How surely a word means each of the terms.
    func values(of stem: String) -> [Double] {
        if let values = known[stem] { return values }
        let values = terms.map { $0.match(stem, weights) }
        known[stem] = values
        return values
    }

    /// How surely each of the terms is among some words.
    func best(in stems: [String]) -> [Double] {
        stems.reduce(into: terms.map { _ in 0 }) { best, stem in
            for (term, value) in values(of: stem).enumerated() { best[term] = max(best[term], value) }
        }
    }
}
