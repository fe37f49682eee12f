/// A row of a table as evidence for a figure: the figure holds only for what the row and its column are about.
struct RowEvidence: Sendable {
    /// The rows of the table.
    private let table: [TableRows.Row]
    /// The place of the row in the table.
    private let place: Int
    private let language: TextLanguage?

    /// Finds the rows of the tables and of the lists of pairs in a passage.
    ///
    /// - Parameters:
    ///   - statements: The statements of the passage.
    ///   - language: Their language; nil if it is unknown.
    /// - Returns: The rows, by the places of their statements.
    static func rows(among statements: [Statement], in language: TextLanguage?) -> [Int: RowEvidence] {
        var rows: [Int: RowEvidence] = [:]
        for table in TableRows(of: statements, listed: true).tables {
            // A single pair is no table, but `Effective: 1 May` or the like.
            guard table.count > 1 || table[0].cells.contains(where: { $0.name != nil }) else { continue }
            for (place, row) in table.enumerated() {
                let evidence = RowEvidence(table: table, place: place, language: language)
                for statement in row.places { rows[statement] = evidence }
            }
        }
        return rows
    }

    /// Whether a sentence may take a figure from the row.
    ///
    /// It has to name the row by what distinguishes it from the rows with another value in the figure's column, and the
    /// column by what distinguishes its header from those of other figures of the kind in the row.
    ///
    /// - Parameters:
    ///   - figure: The figure.
    ///   - scopes: The stems of the words beside the figure: of its part of the sentence, then of more text. The first that names
    ///     a row decides, and the first that names a column.
    /// - Returns: Whether a column of the row has the figure, and row and column are named.
    func holds(_ figure: Figure, in scopes: [Set<String>]) -> Bool {
        let columns = row.cells.indices.filter { states(figure, row.cells[$0]) }
        return columns.contains { isRowNamed($0, figure, scopes) && isColumnNamed($0, figure, scopes) }
    }

    private var row: TableRows.Row { table[place] }

    private func figures(_ cell: TableRows.Cell) -> [Figure] {
        Figure.all(in: [cell.name, cell.text].compactMap(\.self).joined(separator: ": "), language: language)
    }

    private func states(_ figure: Figure, _ cell: TableRows.Cell) -> Bool {
        figures(cell).contains { figure.matches($0) }
    }

    /// The cell of a row in a column of this row, if it has one.
    private func cell(_ column: Int, of other: TableRows.Row) -> TableRows.Cell? {
        guard let name = row.cells[column].name else {
            return other.cells.indices.contains(column) ? other.cells[column] : nil
        }
        return other.cells.first { $0.name == name }
    }

    private func isRowNamed(_ column: Int, _ figure: Figure, _ scopes: [Set<String>]) -> Bool {
        let rivals = table.indices.filter { other in
            guard other != place, let cell = cell(column, of: table[other]), !states(figure, cell) else { return false }
            // Rows of pairs may be about different things, such as `Duration: 18 weeks` and `Costs: €300`.
            return cell.name != nil || figures(cell).contains { $0.isMoney == figure.isMoney }
        }
        if table.count > 1, rivals.isEmpty { return true }
        let labels = table.map { Self.labels(of: $0, without: column) }
        for scope in scopes {
            let named = Self.named(by: scope, labels)
            guard !named.isEmpty else { continue }
            return named.contains(place) && rivals.allSatisfy { !named.contains($0) }
        }
        // The figure that distinguishes the row is its label.
        return column == row.keyColumn
    }

    /// The words of a row's key, and those of all cells but one.
    private static func labels(of row: TableRows.Row, without column: Int) -> (key: Set<String>, all: Set<String>) {
        let all = row.cells.indices.filter { $0 != column }.reduce(into: Set<String>()) { stems, other in
            stems.formUnion(TableRows.stems(of: row.cells[other].text))
        }
        return (column == row.keyColumn ? [] : row.keyStems, all)
    }

    /// The rows that words name: by their keys, or else by other cells.
    ///
    /// A word that all rows have names none. A row is left out if another is named by the same words and more, or is named by
    /// its whole key.
    private static func named(by scope: Set<String>, _ labels: [(key: Set<String>, all: Set<String>)]) -> [Int] {
        func common(_ stems: [Set<String>]) -> Set<String> {
            // A row without neighbours has nothing in common with them.
            stems.count == 1 ? [] : stems.dropFirst().reduce(stems[0]) { $0.intersection($1) }
        }
        let (commonKey, commonAll) = (common(labels.map(\.key)), common(labels.map(\.all)))
        let keys = labels.map { $0.key.subtracting(commonKey) }
        let byKey = keys.map { $0.intersection(scope) }
        let hasKey = byKey.contains { !$0.isEmpty }
        let matches = labels.indices.map { row in
            hasKey && byKey[row].isEmpty
                ? [] : labels[row].all.subtracting(commonAll).intersection(scope).union(byKey[row])
        }
        let named = labels.indices.filter { row in
            !matches[row].isEmpty && !matches.contains { matches[row].isStrictSubset(of: $0) }
        }
        let whole = named.filter { !keys[$0].isEmpty && keys[$0].isSubset(of: scope) }
        return whole.isEmpty ? named : whole
    }

    private func isColumnNamed(_ column: Int, _ figure: Figure, _ scopes: [Set<String>]) -> Bool {
        guard let header = row.cells[column].name, column != row.keyColumn || table.count == 1 else { return true }
        let rivals = row.cells.indices.filter { other in
            other != column && (other != row.keyColumn || table.count == 1)
                && figures(row.cells[other]).contains { $0.isOfKind(of: figure) && !figure.matches($0) }
        }
        let headers = rivals.compactMap { row.cells[$0].name }.map { TableRows.stems(of: $0) }
        guard !headers.isEmpty else { return true }
        let common = headers.reduce(TableRows.stems(of: header)) { $0.intersection($1) }
        let own = TableRows.stems(of: header).subtracting(common)
        for scope in scopes {
            let others = headers.map { $0.subtracting(common).intersection(scope).count }.max() ?? 0
            let count = own.intersection(scope).count
            guard max(count, others) > 0 else { continue }
            return count >= others
        }
        // A header such as `Days` beside `Extra days` has no word of its own.
        return own.isEmpty
    }
}

extension Figure {
    fileprivate var isMoney: Bool { unit?.isCurrency == true }

    /// Whether both may count the same.
    func isOfKind(of other: Figure) -> Bool {
        isCalendar == other.isCalendar && (unit == nil || other.unit == nil || unit == other.unit)
    }
}

extension Claim {
    /// The stems of the words beside a figure, for each part that states it: those of the part, then those of the whole
    /// sentence, and with those of the question.
    ///
    /// - Parameters:
    ///   - figure: The figure; its own number does not count.
    ///   - question: The stems of the question.
    /// - Returns: For each part its scopes, the closest first.
    func scopes(of figure: Figure, question: Set<String>) -> [[Set<String>]] {
        let number = figures.filter { figure.matches($0) }.reduce(into: Set<String>()) { stems, own in
            stems.formUnion(TableRows.stems(of: own.written ?? own.value))
        }
        let whole = TableRows.stems(of: text).subtracting(number)
        let parts = parts(with: figure).map { TableRows.stems(of: $0).subtracting(number) }
        return (parts.isEmpty ? [whole] : parts).map { [$0, whole, whole.union(question)] }
    }
}
