internal import DocumentText

/// What an answer quotes: the best statements of the best passage.
struct StatementChoice {
    /// The passage.
    let passage: ScoredPassage
    /// The statements.
    let text: String
    /// How likely the passage answers the question, 0…1; 0 if its vectors are still to be made.
    let certainty: Double

    /// The most words of an answer.
    private static let mostWords = 80
    /// The most statements that are quoted from the best passage, apart from the items of a list.
    private static let mostStatements = 4
    /// How many passages are weighed.
    private static let passages = 6

    /// Chooses among the statements of ranked passages; nil if there are none.
    init?(from ranked: [RankedPassage], for question: String) {
        let weighed = ranked.prefix(Self.passages)
        let read = weighed.map { passage in
            Scored(passage, after: weighed.count { $0.passage.stands(before: passage.passage) })
        }
        let scored = Self.scored(read, for: question)
        guard let best = scored.indices.max(by: { scored[$0].bestScore < scored[$1].bestScore }),
            let (place, _) = scored[best].best
        else { return nil }
        passage = ranked[best].passage
        text = Self.text(of: Self.places(around: place, of: scored[best]), in: scored[best].statements)
        certainty = scored[best].closeness?.certainty ?? 0
    }

    /// The statements of a passage with what each is worth.
    private struct Scored {
        /// What the passage itself is worth.
        ///
        /// In a document a rule stands before its exceptions, so that of passages of one document the first counts most.
        let worth: Double
        let statements: [Statement]
        let closeness: Closeness?
        var scores: [Double]

        /// Reads a passage that stands after a number of others of its document that are weighed, too.
        init(_ ranked: RankedPassage, after earlier: Int) {
            worth = 0.35 * ranked.rank - 0.5 * Double(earlier)
            statements = Statement.statements(of: ranked.passage.text)
            closeness = ranked.closeness
            scores = statements.map { _ in 0 }
        }

        var best: (place: Int, score: Double)? {
            scores.enumerated().max { $0.element < $1.element }.map { ($0.offset, $0.element) }
        }

        var bestScore: Double { best?.score ?? -.infinity }
    }

    /// Scores all statements by what their passage is worth, their closeness, and whether they are of the kind asked for.
    private static func scored(_ passages: [Scored], for question: String) -> [Scored] {
        let kind = AnswerKind(of: question)
        let entitlement = kind.isQuantity && Question.asksForEntitlement(question) ? 0.8 : 0
        let cosines = Standard(passages.flatMap { $0.closeness?.statements ?? [] })
        let tokens = Standard(passages.flatMap { $0.closeness?.statementTokens ?? [] })
        return passages.map { passage in
            var scored = passage
            for place in passage.statements.indices {
                let statement = passage.statements[place]
                var score = passage.worth + 1.3 * statement.fits(kind) + (statement.isEntitlement ? entitlement : 0)
                if let closeness = passage.closeness, closeness.statements.count == passage.statements.count {
                    score += 0.8 * cosines.score(closeness.statements[place])
                    score += 1.3 * tokens.score(closeness.statementTokens[place])
                }
                scored.scores[place] = score
            }
            return scored
        }
    }

    /// The places to quote: the best statement, what it needs to be understood, and the next best ones.
    private static func places(around best: Int, of passage: Scored) -> [Int] {
        let statements = passage.statements
        var chosen: Set<Int> = [best]
        func add(_ place: Int) {
            let words = chosen.reduce(statements[place].wordCount) { $0 + statements[$1].wordCount }
            if words <= mostWords { chosen.insert(place) }
        }
        if statements[best].isListItem, let lead = statements[..<best].lastIndex(where: { !$0.isListItem }),
            statements[lead].leadsIn
        {
            add(lead)
        }
        if statements[best].leansBack, best > 0 { add(best - 1) }
        if statements[best].leadsIn {
            for place in statements.indices[(best + 1)...].prefix(while: { statements[$0].isListItem }) { add(place) }
        }
        let others = statements.indices.filter { !chosen.contains($0) && !statements[$0].leadsIn }
        for place in others.sorted(by: { passage.scores[$0] > passage.scores[$1] })
        where chosen.count < mostStatements { add(place) }
        return chosen.sorted()
    }

    /// Statements as text: sentences follow each other, list items stand below each other.
    private static func text(of places: [Int], in statements: [Statement]) -> String {
        let isList = places.count > 1 && places.contains { statements[$0].isListItem }
        var text = ""
        for place in places {
            let statement = statements[place]
            let isItem = isList && statement.isListItem && (statement.beginsLine || !places.contains(place - 1))
            // A row of a table has no full stop that would end it.
            let isOpen = text.last.map { !".!?:…".contains($0) } ?? false
            if !text.isEmpty { text += isItem || statement.beginsLine && isOpen ? "\n" : " " }
            text += isItem ? "- " + statement.text : statement.text
        }
        guard text.wordCount > mostWords else { return text }
        return text.split(separator: " ").prefix(mostWords - 1).joined(separator: " ") + " …"
    }
}

extension ScoredPassage {
    /// Whether it stands before another passage of the same document.
    fileprivate func stands(before other: ScoredPassage) -> Bool { fileID == other.fileID && id < other.id }
}
