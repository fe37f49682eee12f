internal import DocumentText

/// The exceptions to a rule that stand in a section of their own beside it, or below it.
struct SectionExceptions: Sendable {
    let passage: ScoredPassage
    /// Their heading and their first statements.
    let text: String

    /// Fewer words do not tell an exception.
    private static let fewestWords = 10

    /// Finds the exceptions to what is quoted from a passage; nil if no section of them was found, or it is too long.
    ///
    /// - Parameters:
    ///   - passage: The passage that is quoted.
    ///   - found: The passages, best first.
    ///   - least: The least score of a passage that is quoted.
    ///   - maximumWords: How many words may be quoted.
    init?(to passage: ScoredPassage, among found: [ScoredPassage], least: Double, maximumWords: Int) {
        guard let own = passage.headings.last, !Self.isOfExceptions(own) else { return nil }
        let above = [passage.headings, passage.headings.dropLast()]
        let exceptions = found.first { other in
            other.fileID == passage.fileID && other.score >= least && above.contains(other.headings.dropLast())
                && other.headings.last.map { Self.isOfExceptions($0) } == true
        }
        guard let exceptions, let heading = SectionHeading(of: exceptions) else { return nil }
        let statements = Statement.statements(of: exceptions.text)
        let room = maximumWords - heading.text.wordCount
        guard room >= Self.fewestWords, let first = statements.first, first.wordCount <= room else { return nil }
        let excerpt = Excerpt(
            around: 0,
            in: statements,
            worth: statements.indices.map { -Double($0) },
            maximumWords: room
        )
        self.passage = exceptions
        text = heading.lead + "\n" + excerpt.text(from: statements)
    }

    /// Whether a heading is that of exceptions.
    private static func isOfExceptions(_ heading: String) -> Bool {
        Words.all(in: heading).contains { LimitWords.exceptions.contains($0) }
    }
}
