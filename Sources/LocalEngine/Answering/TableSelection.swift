/// The tables that a question is not about, since another one with the same columns is closer to it.
///
/// Tables with rows of the same names, such as the salaries of two years, differ only in their headings. One of them is left
/// out if the question has all that it has of another's headings, and more. A part of a long table is left out if the
/// question has the name of a row of another part word for word, and of none of its own.
struct TableSelection: Sendable {
    /// The places of the statements that are left out, by their passages.
    private let leftOut: [Int64: Set<Int>]

    /// Compares the tables of passages by what a question has of their headings and of the names of their rows.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - context: The question with the earlier ones that it continues.
    ///   - passages: The passages that are weighed for its answer.
    init(for question: String, in context: String, among passages: [ReadPassage]) {
        let asked = TableRows.stems(of: question)
        let named = asked.union(TableRows.stems(of: context))
        let words = [question, context].map { AskedWords($0) }
        let tables = passages.flatMap { Self.tables(of: $0, named: named, by: words, asked: asked) }
        let others = tables.filter { table in tables.contains { $0.isCloser(than: table) } }
        let kept = Set(tables.filter { table in !others.contains { $0.id == table.id } }.map(\.id.passage))
        leftOut = others.reduce(into: [:]) { leftOut, table in
            let whole = 0..<table.statementCount
            leftOut[table.id.passage, default: []].formUnion(kept.contains(table.id.passage) ? table.places : whole)
        }
    }

    /// The places of the statements of a passage that are left out: those of a table and its caption, or all of them if the
    /// question is about none of the passage's tables.
    func leftOut(of passage: ScoredPassage) -> Set<Int> { leftOut[passage.id] ?? [] }

    /// A table of a passage.
    private struct Table {
        /// Its passage, and its place among the passage's tables.
        let id: (passage: Int64, place: Int)
        /// The places of its caption and rows among the statements of the passage.
        let places: Range<Int>
        /// The number of statements of the passage.
        let statementCount: Int
        /// The stems of the names of its columns.
        let columns: Set<String>
        /// The stems of the names of rows that the question has.
        let keys: Set<Set<String>>
        /// Whether the question has the name of a row word for word.
        let isNamed: Bool
        /// The stems of the question's words that are above the table.
        let above: Set<String>

        /// Whether the question is about this table rather than another one with the same columns.
        func isCloser(than other: Table) -> Bool {
            guard !columns.isEmpty, columns.isSubset(of: other.columns) || other.columns.isSubset(of: columns) else {
                return false
            }
            return isNamed && !other.isNamed
                || isNamed == other.isNamed && !keys.isDisjoint(with: other.keys)
                    && other.above.isStrictSubset(of: above)
        }
    }

    private static func tables(
        of read: ReadPassage,
        named: Set<String>,
        by words: [AskedWords],
        asked: Set<String>
    ) -> [Table] {
        let (passage, statements) = (read.passage, read.statements)
        guard !read.rows.tables.isEmpty else { return [] }
        let headings = TableRows.stems(of: ([passage.title] + passage.headings).joined(separator: "\n"))
        var end = 0
        return read.rows.tables.enumerated().compactMap { place, rows in
            guard let first = rows.first?.places.lowerBound, let last = rows.last?.places.upperBound else { return nil }
            let caption = statements[end..<first].reversed().prefix { $0.isCaption }
            end = last
            let keys = Set(rows.map(\.keyStems).filter { !$0.isEmpty && $0.isSubset(of: named) })
            let captionStems = TableRows.stems(of: caption.map(\.text).joined(separator: "\n"))
            return Table(
                id: (passage.id, place),
                places: first - caption.count..<last,
                statementCount: statements.count,
                columns: rows.reduce(into: []) { $0.formUnion($1.headerStems) },
                keys: keys,
                isNamed: words.contains { !TableRows.named(wordForWordBy: $0, in: rows).isEmpty },
                above: headings.union(captionStems).intersection(asked)
            )
        }
    }
}
