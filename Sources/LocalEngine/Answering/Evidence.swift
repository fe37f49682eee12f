/// How well the statements of one passage answer a question.
struct Evidence: Sendable {
    /// The passage.
    let passage: ScoredPassage
    /// Its statements, in order.
    let statements: [Statement]
    /// How well each of them answers the question.
    let scores: [Double]
    /// What each term of the question matches, statement by statement: 0…1.
    private let matches: [[Double]]
    private let headingMatches: [Double]
    private let passageMatches: [Double]
    private let weights: [Double]

    /// What a term is worth that is not in the statement, but in a heading above it.
    private static let worthOfHeading = 0.6
    /// What a term is worth that is in a statement close by.
    private static let worthNearby = 0.3
    /// How far close by is.
    private static let nearby = 2
    /// What a word is worth that is not the term, but near to it.
    private static let worthOfRelative = 0.8
    /// What the right kind of answer is worth.
    private static let worthOfExpected = 0.15
    /// What the search's opinion is worth.
    private static let worthOfRank = 0.5
    /// A statement of more words is worth less, word by word.
    private static let longStatement = 45
    private static let costOfWord = 0.004

    /// Weighs a passage.
    init(_ passage: ScoredPassage, for question: Question) {
        self.passage = passage
        let statements = Statement.statements(of: passage.text)
        let headingStems = Set(passage.headings.flatMap { Words.all(in: $0) }.map { WordStem.of($0) })
        let matches = statements.map { statement in question.terms.map { Self.match($0, statement.stems) } }
        let headingMatches = question.terms.map { Self.match($0, headingStems) }
        let weights = question.terms.map(\.weight)
        self.statements = statements
        self.matches = matches
        self.headingMatches = headingMatches
        self.weights = weights
        passageMatches = weights.indices.map { term in matches.map { $0[term] }.max() ?? 0 }
        scores = statements.indices.map { place in
            let neighbours = max(0, place - Self.nearby)...min(statements.count - 1, place + Self.nearby)
            let aboutness = weights.indices.reduce(0.0) { sum, term in
                let near = neighbours.map { matches[$0][term] }.max() ?? 0
                let worth = max(
                    matches[place][term],
                    headingMatches[term] * Self.worthOfHeading,
                    near * Self.worthNearby
                )
                return sum + weights[term] * worth
            }
            let statement = statements[place]
            let isExpected =
                switch question.expectation {
                case .anything: false
                case .figure: statement.hasFigure
                case .date: statement.hasDate
                }
            let excess = max(0, statement.wordCount - Self.longStatement)
            return aboutness + (isExpected ? Self.worthOfExpected : 0) + passage.score * Self.worthOfRank
                - Double(excess) * Self.costOfWord
        }
    }

    /// How much of the question some statements of the passage cover, with the headings above them: 0…1.
    ///
    /// A term that is only elsewhere in the passage counts half.
    func coverage(of places: some Sequence<Int>) -> Double {
        weights.indices.reduce(0) { sum, term in
            let stated = places.map { matches[$0][term] }.max() ?? 0
            return sum + weights[term] * max(stated, headingMatches[term], passageMatches[term] / 2)
        }
    }

    /// How much of the question a statement adds to what others of the passage say.
    func gain(of place: Int, over chosen: some Sequence<Int>) -> Double {
        weights.indices.reduce(0) { sum, term in
            let stated = chosen.map { matches[$0][term] }.max() ?? 0
            return sum + weights[term] * max(0, matches[place][term] - stated)
        }
    }

    /// How surely a term is among some words: 1 for the same stem, less for another word for the same thing, or if one
    /// stem only begins with the other.
    private static func match(_ term: Question.Term, _ stems: Set<String>) -> Double {
        if stems.contains(term.stem) { return 1 }
        if term.related.contains(where: { stems.contains($0) }) { return Self.worthOfRelative }
        guard term.stem.count >= QueryWords.shortestPrefix else { return 0 }
        let isRelated = stems.contains { stem in
            stem.count >= QueryWords.shortestPrefix
                && (stem.hasPrefix(term.stem) || stem.hasPrefix(term.root) || term.stem.hasPrefix(stem))
        }
        return isRelated ? Self.worthOfRelative : 0
    }
}
