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
        if !isOfTitles {
            // Rows of two cells above a wider table tell about it.
            if all.isEmpty, table.contains(where: { $0.cells.count > 2 }), arePairs { hasHeader = false }
            end()
        }
        guard let first else {
            rows += table
            titles = rows.count
            return
        }
        titles = rows.count + first
        let hasFigures = !SheetTables.columnsOfFigures(table.dropFirst(first + 1)).isEmpty
        hasHeader = Self.isHeader(table[first], above: table.dropFirst(first + 1).first) && (isFirst || hasFigures)
        isFirst = false
        rows += hasHeader ? Self.withSpans(table, header: first) : table
    }

    /// Whether the last table has no rows but titles so far.
    private var isOfTitles: Bool { titles == rows.count }

    /// Whether rows below the last table are rows of it.
    private func continues(in other: [SheetRow]) -> Bool {
        if SheetTables.hasFigures(other, below: titles, of: rows) { return true }
        let columns = SheetTables.columns(of: rows[titles])
        guard other.allSatisfy({ SheetTables.columns(of: $0).isSubset(of: columns) }) else { return false }
        let body = rows.dropFirst(titles + 1)
        return body.isEmpty ? hasHeader : other.count == 1 && SheetTables.columnsOfFigures(body).isEmpty
    }

    /// Whether the rows of the last table are names with their values, which are not all figures.
    private var arePairs: Bool {
        let body = rows.dropFirst(titles + 1)
        return rows[titles...].allSatisfy { $0.cells.map(\.columns) == [0..<1, 1..<2] }
            && (body.count < 2 || body.contains { $0.cells[1].isOfWords })
    }

    /// Whether no cell of a row is a figure alone, or a figure with the unit of the one below it.
    private static func isHeader(_ row: SheetRow, above next: SheetRow?) -> Bool {
        let units = Dictionary(next?.cells.map { ($0.columns.lowerBound, Self.unit(of: $0)) } ?? []) { first, _ in first
        }
        return !row.cells.contains { cell in
            let unit = unit(of: cell)
            let below = next?.cells.first { $0.columns.lowerBound == cell.columns.lowerBound }?.text
            return isFigure(cell.text ?? "") || isDate(cell.text ?? "") && below.map(isDate) == true
                || !cell.isOfWords && !unit.isEmpty && units[cell.columns.lowerBound] == unit
        }
    }

    /// The rows, in which a name of the header covers the blank cells after it if the next row has names only below these.
    private static func withSpans(_ table: [SheetRow], header: Int) -> [SheetRow] {
        guard header + 2 < table.count, let width = table.map({ $0.cells.last?.columns.upperBound ?? 0 }).max(),
            table[header].cells.count > 1, table[header].cells[0].columns.lowerBound == 0,
            let start = table[header + 1].cells.first?.columns.lowerBound, start > 0
        else { return table }
        let names = table[header].cells
        let ends = names.dropFirst().map(\.columns.lowerBound) + [width]
        let wide = zip(names, ends).filter { $0.columns.upperBound < $1 }.map { $0.columns.lowerBound..<$1 }
        let below = Set(table[header + 1].cells.map(\.columns.lowerBound))
        guard !wide.isEmpty, below == Set(wide.joined()) else { return table }
        var rows = table
        rows[header].cells = zip(names, ends).map { SheetCell(columns: $0.columns.lowerBound..<$1, text: $0.text) }
        let merged = names.filter { !below.contains($0.columns.lowerBound) }.map { SheetCell(columns: $0.columns) }
        rows[header + 1].cells = (merged + table[header + 1].cells).sorted {
            $0.columns.lowerBound < $1.columns.lowerBound
        }
        return rows
    }

    /// The text of a cell without its figures.
    private static func unit(of cell: SheetCell) -> String {
        (cell.text ?? "").filter { !$0.isNumber && !$0.isWhitespace && !".,".contains($0) }
    }

    /// Whether a text is a day with its month, such as `3 April`, `3. April 2026`, `April 3` or `03.04.2026`.
    private static func isDate(_ text: String) -> Bool {
        let words = text.split(whereSeparator: \.isWhitespace)
        if words.count == 1 {
            let parts = text.split { ".-/".contains($0) }
            return parts.count > 1 && parts.allSatisfy { $0.allSatisfy(\.isWholeNumber) }
        }
        return words.count <= 4 && words.contains { MonthNames.contains($0) }
            && words.contains { $0.first?.isWholeNumber == true && $0.count { $0.isWholeNumber } <= 2 }
    }

    /// Whether a text is a figure, which may have a currency's symbol, and no date such as `01.05.2026`.
    private static func isFigure(_ text: String) -> Bool {
        let figure = text.filter { !$0.isWhitespace && !$0.isCurrencySymbol && $0 != "%" }.drop { "+-−".contains($0) }
        let isDate = figure.split(separator: ".").dropFirst().last?.count == 4
        return figure.contains(where: \.isNumber) && !isDate
            && figure.allSatisfy { $0.isNumber || ".,'’".contains($0) }
    }

    private mutating func end() {
        guard !rows.isEmpty else { return }
        all.append(rows.table(headerRow: hasHeader && !isOfTitles ? titles : nil))
        rows = []
        titles = 0
        hasHeader = false
    }
}
