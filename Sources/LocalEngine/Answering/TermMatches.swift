/// How surely words are the terms of a question; each word is compared once, however often the passages have it.
final class TermMatches {
    private let terms: [QuestionTerm]
    private let weights: AnswerWeights
    private var known: [String: (values: [Double], phraseTerms: [Int])] = [:]

    /// Compares with the terms of a question.
    init(_ terms: [QuestionTerm], _ weights: AnswerWeights) {
        self.terms = terms
        self.weights = weights
    }

    /// How surely the word at a place means each of the terms, or begins a phrase that does.
    func values(at place: Int, of stems: [String]) -> [Double] {
        let word = compared(stems[place])
        guard !word.phraseTerms.isEmpty else { return word.values }
        var values = word.values
        for term in word.phraseTerms { values[term] = terms[term].match(at: place, of: stems, weights) }
        return values
    }

    /// How surely each of the terms is among some words.
    func best(in stems: [String]) -> [Double] {
        stems.indices.reduce(into: terms.map { _ in 0 }) { best, place in
            for (term, value) in values(at: place, of: stems).enumerated() { best[term] = max(best[term], value) }
        }
    }

    private func compared(_ stem: String) -> (values: [Double], phraseTerms: [Int]) {
        if let word = known[stem] { return word }
        let word = (
            values: terms.map { $0.match(at: 0, of: [stem], weights) },
            phraseTerms: terms.indices.filter { terms[$0].hasPhrase(beginningWith: stem) }
        )
        known[stem] = word
        return word
    }
}
