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
