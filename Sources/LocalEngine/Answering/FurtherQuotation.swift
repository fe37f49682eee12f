/// A part of a passage that is cited beside an answer, for what the answer's own passage leaves out.
struct FurtherQuotation: Sendable, Hashable {
    let passage: ScoredPassage
    /// One to three sentences that follow each other, a list item or a table row, as the passage has them.
    let text: String

    /// The maximum number of quotations beside an answer.
    private static let most = 2
    /// The maximum number of statements of a quotation.
    private static let maximumStatements = 3
    /// The maximum number of characters of a quotation of more than one statement.
    private static let maximumCharacters = 400

    /// Quotes what is closest to the question in the best passages beside the answer's own.
    ///
    /// - Parameters:
    ///   - ranked: The passages, best first.
    ///   - answered: The number of the passage that the answer quotes.
    ///   - least: The least score of a passage that is quoted.
    ///   - focus: What is left out of the quotations; nil to leave out nothing.
    /// - Returns: Two quotations at most, each of another passage.
    static func choose(
        from ranked: some Sequence<RankedPassage>,
        besides answered: Int64,
        least: Double,
        focus: QuestionFocus? = nil
    ) -> [FurtherQuotation] {
        Array(
            ranked.lazy
                .filter { $0.passage.id != answered && $0.passage.score >= least }
                .compactMap { FurtherQuotation($0, focus) }
                .prefix(most)
        )
    }

    /// Quotes the statements around the one that is closest to the question; nil without vectors to tell it.
    private init?(_ ranked: RankedPassage, _ focus: QuestionFocus?) {
        let statements = Statement.statements(of: ranked.passage.text)
        guard let closeness = ranked.closeness, closeness.statements.count == statements.count else { return nil }
        let scores = zip(closeness.statements, closeness.statementTokens).map { $0 + $1 }
        let closest = scores.indices.max { scores[$0] < scores[$1] }
        let leftOut = focus?.leftOut(of: ranked.passage, statements, closest: closest) ?? []
        let telling = statements.indices.filter { !statements[$0].leadsIn && !leftOut.contains($0) }
        guard let best = telling.max(by: { scores[$0] < scores[$1] }) else { return nil }
        let start = statements[...best].lastIndex { $0.beginsLine } ?? 0
        let end = statements[(best + 1)...].firstIndex { $0.beginsLine } ?? statements.endIndex
        var chosen = best..<(best + 1)
        var length = statements[best].text.count
        while chosen.count < Self.maximumStatements {
            let neighbours = [chosen.lowerBound - 1, chosen.upperBound].filter {
                (start..<end).contains($0) && !leftOut.contains($0)
                    && length + 1 + statements[$0].text.count <= Self.maximumCharacters
            }
            guard let next = neighbours.max(by: { scores[$0] < scores[$1] }) else { break }
            length += 1 + statements[next].text.count
            chosen = min(chosen.lowerBound, next)..<max(chosen.upperBound, next + 1)
        }
        passage = ranked.passage
        text = statements[chosen].map(\.text).joined(separator: " ")
    }
}
