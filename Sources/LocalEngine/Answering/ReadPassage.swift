/// A passage with its statements and tables, which are found once for all that a question is compared with.
struct ReadPassage: Sendable {
    let passage: ScoredPassage
    /// Its statements, in order.
    let statements: [Statement]
    /// The rows of the tables among its statements.
    let rows: TableRows

    /// Reads a passage.
    init(_ passage: ScoredPassage) {
        self.passage = passage
        statements = Statement.statements(of: passage.text)
        rows = TableRows(of: statements)
    }

    /// The places of the rows of which a question names a cell, by its row and its column, and nothing else but what is above
    /// them.
    ///
    /// - Parameter asked: The stems of the words of the question that show its subject.
    /// - Returns: The places of the statements of those rows.
    func places(ofCellsNamedBy asked: Set<String>) -> Set<Int> {
        guard !rows.tables.isEmpty else { return [] }
        let context = Set((passage.headings + [passage.title]).flatMap { TableRows.stems(of: $0) })
        return rows.places(ofCellsNamedBy: asked, below: context)
    }
}
