/// A table of a Word document that is being read.
struct WordTable {
    /// What a cell holds, in order.
    enum Content {
        case paragraph(WordParagraph)
        /// A paragraph with the number of its list.
        case line(String)
        case table(WordTable)
        /// The values of a chart.
        case chart(TableBuilder)
        /// A point of a diagram.
        case point(String, level: Int)

        /// The text on one line.
        var text: String {
            switch self {
            case .paragraph(let paragraph): paragraph.lineWithNotes
            case .line(let line): line
            case .table(let table): table.text
            case .chart(let table): table.rows.joined(by: " ")
            case .point(let text, _): text
            }
        }
    }

    /// The cells that were read.
    private var ownCells = TableBuilder()
    /// The rows of the tables directly below that have the same columns.
    private var addedRows: [TableBuilder.Row] = []
    /// Whether its first rows are a header; nil until a table below asks for it.
    private var hasHeader: Bool?
    /// The widths of the columns.
    private var grid: [String] = []
    /// The cell that is read.
    var cell = WordCell()
    /// What the cells hold; only of a table that may be an arrangement of others.
    private(set) var contents: [Content] = []
    private var nestedTables: [(row: Int, isFirstCell: Bool, table: WordTable)] = []
    private var style = ""
    private var marksFirstRow = false
    private var rowIsHeader = false
    /// The cells of the row that is read.
    private var cells = 0
    private var mostCells = 0

    /// The maximum number of columns whose widths are compared.
    private static let maximumColumns = 256

    /// The cells so far.
    var builder: TableBuilder {
        guard !addedRows.isEmpty else { return ownCells }
        var whole = TableBuilder(rows: ownCells.rows + addedRows)
        whole.firstRowIsHeader = ownCells.firstRowIsHeader
        whole.label = ownCells.label
        return whole
    }

    /// Records the start of an element of the table.
    mutating func start(_ name: String, _ attributes: [String: String]) {
        let value = attributes["w:val"]
        switch name {
        case "w:tblStyle": style = value ?? ""
        case "w:tblLook":
            let bits = value.flatMap { Int($0, radix: 16) } ?? 0
            marksFirstRow = attributes["w:firstRow"].map { ["1", "true", "on"].contains($0) } ?? (bits & 0x20 != 0)
        case "w:gridCol": if grid.count < Self.maximumColumns { grid.append(attributes["w:w"] ?? "") }
        case "w:tr":
            ownCells.beginRow()
            rowIsHeader = false
            cells = 0
        case "w:tblHeader": rowIsHeader = !["0", "false", "off"].contains(value)
        case "w:gridBefore": ownCells.addCell("", spanning: value.flatMap { Int($0) } ?? 1)
        case "w:tc": cell = WordCell()
        case "w:gridSpan": cell.width = value.flatMap { Int($0) } ?? 1
        case "w:hMerge": cell.continuesLeft = value != "restart"
        case "w:vMerge": cell.continuesAbove = value != "restart"
        default: break
        }
    }

    /// Adds the cell that was read.
    mutating func endCell() {
        // The columns of the cells after a deleted one stay the same.
        if cell.isDeleted { cell = WordCell(width: cell.width) }
        if cell.continuesLeft, cells > 0 {
            ownCells.widenLastCell(by: cell.width)
        } else if cell.continuesAbove {
            ownCells.addMergedCell(spanning: cell.width)
        } else {
            ownCells.addCell(cell.text, spanning: cell.width, isHeader: rowIsHeader, isBold: !cell.hasPlainText)
        }
        for case .table(let table) in cell.contents { nestedTables.append((ownCells.rowCount - 1, cells == 0, table)) }
        cells += 1
        mostCells = max(mostCells, cells)
        if mayBeArrangement { contents += cell.contents } else { contents = [] }
        cell = WordCell()
    }

    /// Removes the last row.
    mutating func removeLastRow() {
        ownCells.removeLastRow()
        nestedTables.removeAll { $0.row >= ownCells.rowCount }
    }

    /// Ends the table, and applies its style.
    mutating func end(in styles: WordStyles) {
        if marksFirstRow, !style.isEmpty, styles.marksHeaders(style) { ownCells.firstRowIsHeader = true }
    }

    /// Whether another table directly below this one goes on with it: it has the same columns, and only this one has a
    /// header.
    mutating func takes(_ other: WordTable) -> Bool {
        let first = other.ownCells.rows.first?.cells ?? []
        guard !grid.isEmpty, grid == other.grid, !first.allSatisfy({ $0.isHeader || $0.isBold }), !other.showsHeader
        else {
            return false
        }
        let hasHeader = hasHeader ?? showsHeader
        self.hasHeader = hasHeader
        return hasHeader
    }

    /// Whether its first rows are a header.
    private var showsHeader: Bool {
        TableHeader(of: ownCells.filledRows, firstRowIsHeader: ownCells.firstRowIsHeader).rowCount > 0
    }

    /// Adds the rows of the table below.
    mutating func append(_ other: WordTable) {
        addedRows += other.ownCells.rows
    }

    private var mayBeArrangement: Bool { ownCells.rowCount == 1 || isColumn }

    /// Whether the table only arranges others.
    var isArrangement: Bool { mayBeArrangement && !nestedTables.isEmpty }

    /// Whether the table has several rows, and several cells in one of them.
    var hasGrid: Bool { ownCells.rowCount > 1 && mostCells > 1 }

    /// The text of its cells.
    var text: String { ownCells.rows.joined(by: " ") }

    /// Whether each row has one cell.
    var isColumn: Bool { mostCells == 1 }

    /// The text of each row.
    var lines: [String] { ownCells.filledRows.map { [$0].joined(by: " ") } }

    /// The tables within its cells, each labelled by the first cell of its row.
    var nested: [WordTable] {
        nestedTables.map { row, isFirstCell, table in
            var table = table
            if !isFirstCell { table.ownCells.label = builder.rows[row].cells.first?.text }
            return table
        }
    }
}

/// A table cell of a Word document that is being read.
struct WordCell {
    /// The text so far, without that of the tables within the cell.
    private(set) var text = ""
    /// What it holds, in order.
    private(set) var contents: [WordTable.Content] = []
    /// Whether some of the text is not in bold type.
    private(set) var hasPlainText = false
    /// How many columns the cell covers.
    var width: Int
    /// Whether the cell is merged with the one above it.
    var continuesAbove = false
    /// Whether the cell is merged with the one before it.
    var continuesLeft = false
    /// Whether a tracked change deletes the cell.
    var isDeleted = false

    /// Creates an empty cell.
    init(width: Int = 1) {
        self.width = width
    }

    /// Adds what a text box, an embedded document or a table within the cell holds.
    mutating func add(_ content: WordTable.Content) {
        switch content {
        case .paragraph(let paragraph): add(paragraph, number: nil)
        case .line, .chart, .point:
            add(content.text, isBold: false)
            contents.append(content)
        case .table(let table): add(table)
        }
    }

    /// Adds a paragraph.
    mutating func add(_ paragraph: WordParagraph, number: String?) {
        let line = (number.map { $0 + " " } ?? "") + paragraph.lineWithNotes
        add(paragraph.isAside ? "(\(line))" : line, isBold: !paragraph.hasPlainText)
        contents.append(number == nil && paragraph.effectiveList == nil ? .paragraph(paragraph) : .line(line))
    }

    /// Adds the text of a paragraph.
    mutating func add(_ line: String, isBold: Bool) {
        text += " " + line
        if !isBold, !line.isEmpty { hasPlainText = true }
    }

    /// Adds a table: a grid apart, and any other as text.
    mutating func add(_ table: WordTable) {
        if table.hasGrid || table.isArrangement {
            contents.append(.table(table))
        } else {
            add(table.text, isBold: false)
            contents += table.isColumn ? table.contents : table.lines.map { .line($0) }
        }
    }
}

extension [TableBuilder.Row] {
    fileprivate func joined(by separator: String) -> String {
        flatMap(\.cells).map(\.text).joined(separator: separator)
    }
}
