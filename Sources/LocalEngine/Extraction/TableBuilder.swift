/// Collects the cells of a table and tells its rows as lines that can each be understood alone.
///
/// A row reads `Header: cell; Header: cell`. One that would be long becomes a line for each of its cells, each with the
/// row's first cell before it, so that a single fact of a wide table can be quoted. What is repeated is shortened; its
/// whole text is told once.
struct TableBuilder {
    private struct Cell {
        var column: Int
        var text: String
        /// Whether the text is that of the cell above, with which the cell is merged.
        var isRepeated = false
    }

    /// A row: its cells with text, in order.
    private struct Row {
        var cells: [Cell] = []
        /// How many columns the cells so far span, with those that have no text.
        var width = 0
    }

    /// Whether the source says that the first row is a header; unknown if `nil`.
    var firstRowIsHeader: Bool?
    private var rows: [Row] = []

    /// A row of more words than this is told cell by cell.
    private static let longRow = 40
    /// A text of more bytes than this is shortened where it is repeated.
    private static let longestRepetition = 200
    /// A cell spans no more columns than this.
    private static let widestCell = 64

    /// How many rows there are, with the one that is being filled.
    var rowCount: Int { rows.count }

    /// Begins a row.
    mutating func beginRow() {
        rows.append(Row())
    }

    /// Takes the row begun last out of the table.
    mutating func removeLastRow() {
        _ = rows.popLast()
    }

    /// Adds a cell to the row begun last.
    ///
    /// - Parameters:
    ///   - text: The text of the cell.
    ///   - columns: How many columns the cell spans.
    mutating func addCell(_ text: some StringProtocol, spanning columns: Int = 1) {
        add(Cell(column: 0, text: text.onOneLine), spanning: columns)
    }

    /// Adds a cell that is merged with the one above it, and tells that one's text again.
    mutating func addMergedCell(spanning columns: Int = 1) {
        let above = rows.dropLast().last?.cells ?? []
        let column = rows.last?.width ?? 0
        let text = Self.cell(at: column, of: above)?.text.shortened(toBytes: Self.longestRepetition) ?? ""
        add(Cell(column: 0, text: text, isRepeated: true), spanning: columns)
    }

    private mutating func add(_ cell: Cell, spanning columns: Int) {
        if rows.isEmpty { beginRow() }
        let last = rows.count - 1
        var cell = cell
        cell.column = rows[last].width
        if !cell.text.isEmpty { rows[last].cells.append(cell) }
        rows[last].width += min(max(columns, 1), Self.widestCell)
    }

    /// Finds the cell that begins at a column.
    private static func cell(at column: Int, of cells: [Cell]) -> Cell? {
        var (low, high) = (0, cells.count)
        while low < high {
            let middle = (low + high) / 2
            if cells[middle].column < column { low = middle + 1 } else { high = middle }
        }
        return low < cells.count && cells[low].column == column ? cells[low] : nil
    }

    /// Adds the rows to a document.
    ///
    /// - Throws: `ExtractionError` if the document becomes more text than allowed.
    func append(to document: inout DocumentBuilder) throws(ExtractionError) {
        let filled = rows.filter { !$0.cells.isEmpty }
        guard let first = filled.first else { return }
        guard filled.count > 1, firstRowIsHeader ?? looksLikeHeader(first) else {
            for row in filled {
                note(row, in: &document)
                try document.append(.tableRow(line(of: row)))
            }
            return
        }
        if first.cells.contains(where: { $0.text.utf8.count > Self.longestRepetition }) {
            try document.append(.tableRow(line(of: first)))
        }
        let header = Dictionary(
            first.cells.map { ($0.column, $0.text.shortened(toBytes: Self.longestRepetition)) }
        ) { first, _ in first }
        for row in filled.dropFirst() {
            note(row, in: &document)
            try append(row, under: header, to: &document)
        }
    }

    private func note(_ row: Row, in document: inout DocumentBuilder) {
        let repeated = row.cells.reduce(0) { $0 + ($1.isRepeated ? $1.text.utf8.count : 0) }
        document.note(.mergedCells, bytes: repeated)
    }

    /// A header names things: its cells are short, and after the first column none begins with a figure.
    private func looksLikeHeader(_ row: Row) -> Bool {
        let (first, others) = (row.cells.first { $0.column == 0 }, row.cells.filter { $0.column > 0 })
        guard row.width > 1, others.count == row.width - 1, first?.text.last != ":" else { return false }
        return others.allSatisfy { cell in
            cell.text.wordCount <= 8 && cell.text.last != "."
                && !cell.text.split(separator: " ").contains {
                    $0.first?.isNumber == true || $0.first?.isCurrencySymbol == true
                }
        }
    }

    /// A row of a table without a header.
    private func line(of row: Row) -> String {
        let cells = row.cells.map(\.text)
        guard cells.count == 2 else { return cells.joined(separator: "; ") }
        return cells[0].last == ":" ? "\(cells[0]) \(cells[1])" : "\(cells[0]): \(cells[1])"
    }

    private func append(
        _ row: Row,
        under header: [Int: String],
        to document: inout DocumentBuilder
    ) throws(ExtractionError) {
        var headerBytes = 0
        let named = row.cells.map { cell in
            guard let name = header[cell.column] else { return cell.text }
            headerBytes += name.utf8.count
            return "\(name): \(cell.text)"
        }
        document.note(.tableHeaders, bytes: headerBytes)
        let whole = named.joined(separator: "; ")
        guard named.count > 2, whole.wordCount > Self.longRow else { return try document.append(.tableRow(whole)) }
        let lead = named[0].shortened(toBytes: Self.longestRepetition)
        if lead != named[0] { try document.append(.tableRow(named[0])) }
        for cell in named.dropFirst() {
            document.note(.firstCells, bytes: lead.utf8.count)
            try document.append(.tableRow("\(lead); \(cell)"))
        }
    }
}
