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

    /// Quotes what answers the question best in the best passages beside the answer's own.
    ///
    /// - Parameters:
    ///   - weighed: The passages, best first, with what their statements are worth as an answer.
    ///   - answered: The numbers of the passages that the answer quotes.
    ///   - least: The least score of a passage that is quoted.
    /// - Returns: Two quotations at most, each of another passage.
    static func choose(
        from weighed: [StatementChoice.Scored],
        besides answered: [Int64],
        least: Double
    ) -> [FurtherQuotation] {
        Array(
            weighed.lazy
                .filter { !answered.contains($0.passage.id) && $0.passage.score >= least }
                .compactMap { FurtherQuotation($0) }
                .prefix(most)
        )
    }

    /// Quotes the statements around the one that is worth most; nil without vectors to tell it.
    private init?(_ weighed: StatementChoice.Scored) {
        let (statements, scores) = (weighed.statements, weighed.scores)
        guard weighed.hasVectors else { return nil }
        let telling = statements.indices.filter { !statements[$0].leadsIn && scores[$0] > -.infinity }
        guard let best = telling.max(by: { scores[$0] < scores[$1] }) else { return nil }
        let start = statements[...best].lastIndex { $0.beginsLine } ?? 0
        let end = statements[(best + 1)...].firstIndex { $0.beginsLine } ?? statements.endIndex
        var chosen = best..<(best + 1)
        var length = statements[best].text.count
        while chosen.count < Self.maximumStatements {
            let neighbours = [chosen.lowerBound - 1, chosen.upperBound].filter {
                (start..<end).contains($0) && scores[$0] > -.infinity
                    && length + 1 + statements[$0].text.count <= Self.maximumCharacters
            }
            guard let next = neighbours.max(by: { scores[$0] < scores[$1] }) else { break }
            length += 1 + statements[next].text.count
            chosen = min(chosen.lowerBound, next)..<max(chosen.upperBound, next + 1)
        }
        passage = weighed.passage
        text = statements[chosen].map(\.text).joined(separator: " ")
    }
}
