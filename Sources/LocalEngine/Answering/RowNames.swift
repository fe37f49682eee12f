/// The names of rows of tables that a question has and that few passages have, which tell of which table it is.
struct RowNames: Sendable {
    /// Whether the question has such a name.
    private let hasNames: Bool
    /// The passages that have all words of a name.
    private let passages: Set<Int64>

    /// A name that more than one of so many passages has, such as `leave`, does not tell of which table a question is.
    private static let fewestPassagesForOne = 4

    /// Finds the names of rows that a question has whole.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - found: The passages that were found, with all tables that it may name a row of.
    init(in question: String, found: [ReadPassage]) {
        let (asked, words) = (TableRows.stems(of: question), AskedWords(question))
        // A line of a name and its text is a row only beside others.
        let rows = found.flatMap { $0.rows.tables.joined() }.filter { row in
            row.cells.contains { $0.name != nil } || row.cells.count > 2
        }
        let named = Set(rows.flatMap { $0.names(in: asked) })
        let namedWordForWord = Set(rows.flatMap { $0.names.filter(words.contains) })
        guard !named.isEmpty || !namedWordForWord.isEmpty else {
            (hasNames, passages) = (false, [])
            return
        }
        let texts = found.map(\.passage).map { ($0.headings + [$0.title, $0.text]).joined(separator: "\n") }
        let (sets, sequences) = (texts.map { TableRows.stems(of: $0) }, texts.map { AskedWords.stems(of: $0) })
        let having =
            named.map { name in sets.indices.filter { name.isSubset(of: sets[$0]) } }
            + namedWordForWord.map { name in sequences.indices.filter { sequences[$0].contains(inOrder: name) } }
        let telling = having.filter { $0.count * Self.fewestPassagesForOne <= found.count }
        hasNames = !telling.isEmpty
        passages = Set(telling.joined().map { found[$0].passage.id })
    }

    /// Whether a passage has all words of such a name.
    func contains(_ passage: ScoredPassage) -> Bool { passages.contains(passage.id) }

    /// Whether a table of the passage is about something else, as other passages have such a name.
    func leavesOutTables(of passage: ScoredPassage) -> Bool { hasNames && !contains(passage) }
}

extension TableRows.Row {
    /// The stems of each cell that names the row and of which a question has every word.
    ///
    /// These are the first cell that distinguishes the row and is no number, and those that all of its lines begin with.
    fileprivate func names(in asked: Set<String>) -> [Set<String>] {
        func isName(_ stems: Set<String>) -> Bool { stems.contains { $0.contains(where: \.isLetter) } }
        let key = cells[keyColumn...].lazy.map { TableRows.stems(of: $0.text) }.first { isName($0) }
        return ([key].compactMap(\.self) + leads).filter { isName($0) && $0.isSubset(of: asked) }
    }
}
