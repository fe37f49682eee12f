/// The tables of a .csv file.
///
/// A blank line may separate two tables, or rows of one. The rows below it continue the table above if their figures are in
/// the same columns.
struct CSVTables {
    /// The tables, in reading order.
    private(set) var all: [TableBuilder] = []
    /// The rows of the last table so far, its titles included.
    private var rows: [SheetRow] = []
    /// How many of them are above the row of names.
    private var titles = 0
    private var hasHeader = false
    private var isFirst = true

    /// Divides the rows of a file.
    init(of rows: [SheetRow]) {
        for table in SheetTables(of: rows).all { add(table) }
        end()
    }

    private mutating func add(_ table: [SheetRow]) {
        let first = table.firstIndex { $0.cells.count > 1 }
        // Lines above a table are its titles.
        let hasTitle = first != 0
        if !self.rows.isEmpty, !isOfTitles, !hasTitle, continues(in: table) {
            rows += table
            return
        }
        if !isOfTitles { end() }
        guard let first else {
            rows += table
            titles = rows.count
            return
        }
        titles = rows.count + first
        let hasFigures = !SheetTables.columnsOfFigures(table.dropFirst(first + 1)).isEmpty
        hasHeader = Self.isHeader(table[first]) && (isFirst || hasFigures)
        isFirst = false
        rows += table
    }

    /// Whether the last table has no rows but titles so far.
    private var isOfTitles: Bool { titles == rows.count }

    /// Whether rows below the last table are rows of it.
    private func continues(in other: [SheetRow]) -> Bool {
        if SheetTables.continues(rows, below: titles, in: other) { return true }
        let columns = SheetTables.columns(of: rows[titles])
        guard other.allSatisfy({ SheetTables.columns(of: $0).isSubset(of: columns) }) else { return false }
        let body = rows.dropFirst(titles + 1)
        return body.isEmpty ? hasHeader : other.count == 1 && SheetTables.columnsOfFigures(body).isEmpty
    }

    /// Whether no cell of a row is a figure alone.
    private static func isHeader(_ row: SheetRow) -> Bool {
        !row.cells.contains { Double(($0.text ?? "").filter { $0 != "%" }) != nil }
    }

    private mutating func end() {
        guard !rows.isEmpty else { return }
        all.append(rows.table(headerRow: hasHeader && !isOfTitles ? titles : nil))
        rows = []
        titles = 0
        hasHeader = false
    }
}
