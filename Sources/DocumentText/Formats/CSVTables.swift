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
        hasHeader = Self.isHeader(table[first]) && (isFirst || Self.hasFigures(table.dropFirst(first + 1)))
        isFirst = false
        rows += table
    }

    /// Whether the last table has no rows but titles so far.
    private var isOfTitles: Bool { titles == rows.count }

    /// Whether rows below the last table are rows of it.
    private func continues(in other: [SheetRow]) -> Bool {
        let (names, body) = (rows[titles], rows.dropFirst(titles + 1))
        let columns = Self.columns(of: names)
        guard let first = other.first, other.allSatisfy({ Self.columns(of: $0).isSubset(of: columns) }) else {
            return false
        }
        guard !body.isEmpty else { return hasHeader }
        let figures = Self.columnsOfFigures(body)
        guard !figures.isEmpty else { return other.count == 1 }
        let cells = first.cells.filter { figures.contains($0.columns.lowerBound) }
        return !cells.isEmpty && cells.allSatisfy { !$0.isOfWords }
    }

    private static func columns(of row: SheetRow) -> Set<Int> { Set(row.cells.map(\.columns.lowerBound)) }

    /// The columns whose cells are mostly figures.
    private static func columnsOfFigures(_ rows: some Sequence<SheetRow>) -> Set<Int> {
        var counts: [Int: (figures: Int, all: Int)] = [:]
        for cell in rows.prefix(200).lazy.flatMap(\.cells) {
            let count = counts[cell.columns.lowerBound] ?? (0, 0)
            counts[cell.columns.lowerBound] = (count.figures + (cell.isOfWords ? 0 : 1), count.all + 1)
        }
        return Set(counts.filter { $0.value.figures * 2 > $0.value.all }.keys)
    }

    private static func hasFigures(_ rows: some Sequence<SheetRow>) -> Bool { !columnsOfFigures(rows).isEmpty }

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
