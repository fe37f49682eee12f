/// How well the statements of one passage answer a question.
struct Evidence: Sendable {
    /// The passage.
    let read: ReadPassage
    /// How well each of its statements answers the question; minus infinity for what is not to be quoted.
    let scores: [Double]
    /// How well each of them is of the kind that is asked for: 0…1.
    private let fits: [Double]
    /// What each term of the question matches, statement by statement: 0…1.
    private let matches: [[Double]]
    /// How many pairs of neighbouring terms are close together in each of them: 0…1.
    private let phrases: [Double]
    /// Whether all essential terms are present.
    private let isComplete: Bool
    /// What each term matches anywhere in the passage, the headings above it or the file's name.
    private let presence: [Double]
    private let question: Question

    /// The number of words that show the subject of a question.
    private static let fewWords = 3.0
    /// The distance, in statements, that counts as close by.
    private static let nearby = 2

    /// Weighs a passage.
    ///
    /// - Parameters:
    ///   - read: The passage.
    ///   - standing: The weighted scores of the passage and its file.
    ///   - particularity: The particularity of other words, by their stems: 0…1.
    ///   - question: The question.
    ///   - termMatches: Compares words with the terms of the question.
    ///   - named: The essential terms that the file has beside what it says of the other terms.
    ///   - leftOut: The places of the statements that are about something other than what the question names.
    ///   - weights: The weights.
    init(
        _ read: ReadPassage,
        standing: Double,
        particularity: [String: Double],
        for question: Question,
        termMatches: TermMatches,
        named: Set<Int>,
        leavingOut leftOut: Set<Int>,
        weights: AnswerWeights
    ) {
        let (passage, statements) = (read.passage, read.statements)
        self.read = read
        self.question = question
        let terms = question.terms
        // What each term matches at each place of a statement.
        let placed = statements.map { statement in
            statement.stems.map { termMatches.values(of: $0) }
        }
        let matches = placed.map { places in
            terms.indices.map { term in places.reduce(0) { max($0, $1[term]) } }
        }
        let phrases = placed.map { places in
            question.phrases(at: terms.indices.map { term in places.indices.filter { places[$0][term] > 0 } })
        }
        self.phrases = phrases
        let headingMatches = termMatches.best(
            in: passage.headings.flatMap { Words.all(in: $0) }.map { WordStem.of($0) }
        )
        let titleMatches = termMatches.best(in: Words.all(in: passage.title).map { WordStem.of($0) })
        let fits = statements.map { $0.fits(question.kind) }
        self.matches = matches
        self.fits = fits
        let presence = terms.indices.map { term in
            max(
                matches.map { $0[term] }.max() ?? 0,
                headingMatches[term],
                titleMatches[term],
                named.contains(term) ? 1 : 0
            )
        }
        self.presence = presence
        let whole = terms.indices.reduce(0) { $0 + terms[$1].weight * presence[$1] }
        let isComplete = terms.indices.allSatisfy { !terms[$0].isEssential || presence[$0] > 0 }
        self.isComplete = isComplete
        let standing = standing + whole * weights.whole - (isComplete ? 0 : weights.incomplete)
        scores = statements.indices.map { place in
            guard !leftOut.contains(place) else { return -.infinity }
            let neighbours = max(0, place - Self.nearby)...min(statements.count - 1, place + Self.nearby)
            let aboutness = terms.indices.reduce(0.0) { sum, term in
                let near = neighbours.map { matches[$0][term] }.max() ?? 0
                let worth = max(
                    matches[place][term],
                    headingMatches[term] * weights.heading,
                    titleMatches[term] * weights.title,
                    near * weights.nearby
                )
                return sum + terms[term].weight * worth
            }
            let statement = statements[place]
            let isMatched = placed[place].map { $0.contains { $0 > 0 } }
            let excess = statement.stems.indices.reduce(0.0) { sum, place in
                guard let cost = particularity[statement.stems[place]] else { return sum }
                return isMatched[place] ? sum : sum + cost
            }
            return aboutness + standing
                + fits[place] * weights.kind
                + phrases[place] * weights.phrase
                + question.pairs(in: statement) * weights.pair
                + (question.asksForEntitlement && statement.isEntitlement ? weights.entitlement : 0)
                - min(excess * weights.excess, weights.maximumExcess)
        }
    }

    /// The observations that show whether some statements of the passage answer the question.
    func observations(of places: [Int]) -> Confidence.Observations {
        let terms = question.terms
        let foremost = terms.indices.max { terms[$0].weight < terms[$1].weight }
        return Confidence.Observations(
            stated: share { stated($0, in: places) },
            present: share { presence[$0] },
            foremost: foremost.map { presence[$0] } ?? 0,
            statedWords: statedWords(in: places),
            isComplete: isComplete,
            phrases: places.map { phrases[$0] }.max() ?? 0,
            fit: places.map { fits[$0] }.max() ?? 0,
            rank: read.passage.score
        )
    }

    /// How many words of the question some statements hold, as a share of a few; words of everyday language count half.
    private func statedWords(in places: [Int]) -> Double {
        func count(_ terms: [Int]) -> Double { terms.reduce(0) { $0 + (question.terms[$1].isEveryday ? 0.5 : 1) } }
        let all = Array(question.terms.indices)
        let wanted = min(Self.fewWords, max(1, count(all)))
        return min(1, count(all.filter { stated($0, in: places) > 0 }) / wanted)
    }

    /// The share of the question that something holds of.
    private func share(_ worth: (_ term: Int) -> Double) -> Double {
        question.terms.indices.reduce(0) { $0 + question.terms[$1].weight * worth($1) }
    }

    private func stated(_ term: Int, in places: some Sequence<Int>) -> Double {
        places.map { matches[$0][term] }.max() ?? 0
    }
}
