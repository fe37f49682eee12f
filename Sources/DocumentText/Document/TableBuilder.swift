/// Collects the cells of a table, resolves their spans, and writes its rows as lines that are understandable by
/// themselves.
///
/// A row is written as `Header: cell; Header: cell`. A long row is written as a line for each of its cells, after the
/// cells that name the row, so that a single fact of a wide table can be quoted; a long cell is written as several of
/// them. Repeated texts are shortened; the whole text is written once.
struct TableBuilder {
    /// A cell with text, and its position in the table's grid.
    struct Cell {
        var column = 0
        /// How many columns the cell covers.
        var width = 1
        var text: String
        /// Whether the text is that of the cell above, with which the cell is merged.
        var isRepeated = false
        /// Whether the source marks the cell as a header.
        var isHeader = false
        /// Whether all of the text is in bold type.
        var isBold = false
        /// How far the text is indented.
        var indentation = 0

        /// The columns that the cell covers.
        var columns: Range<Int> { column..<(column + width) }
    }

    /// A row's cells with text, in the order of their columns.
    struct Row {
        var cells: [Cell] = []
        /// How many columns the cells so far cover, those without text included.
        var width = 0

        /// Whether there are no cells but those of rows above.
        var isRepeated: Bool { cells.allSatisfy(\.isRepeated) }
    }

    /// A cell that covers rows below its own.
    private struct OpenSpan {
        var cell: Cell
        var rowsLeft: Int
    }

    /// Whether the source says that the first row is a header; unknown if `nil`.
    var firstRowIsHeader: Bool?
    /// What the rows are about, before the text of each; nil if the table tells it.
    var label: String?
    /// The form of rows in the file.
    let form: RowForm
    private(set) var rows: [Row] = []
    /// The cells of rows above that also cover the last row, in the order of their columns.
    private var openSpans: [OpenSpan] = []
    private var repeatedCells = 0

    /// The maximum number of bytes of a repeated text, to which it is shortened.
    static let maximumRepetitionBytes = 200
    /// The maximum number of columns of a cell.
    static let maximumCellColumns = 64
    /// The maximum number of cells that are repeated in rows below; further spans are ignored.
    private static let maximumRepeatedCells = 100_000
    /// The maximum number of cells that cover a row from above.
    private static let maximumOpenSpans = 256

    /// The form of a table's rows in a file.
    enum RowForm {
        /// Words on a line.
        case words
        /// A line with bars between the cells.
        case bars
        /// A form that cannot be quoted.
        case other
    }

    /// Creates an empty table, or one with some rows.
    ///
    /// - Parameters:
    ///   - form: The form of its rows in the file.
    ///   - rows: The rows.
    init(rowsAs form: RowForm = .other, rows: [Row] = []) {
        self.form = form
        self.rows = rows
    }

    /// The number of rows, the last one included.
    var rowCount: Int { rows.count }

    /// Starts a row.
    mutating func beginRow() {
        endRow()
        rows.append(Row())
    }

    /// Ends the cells that cover rows below, as no cell covers rows of another group of rows.
    mutating func endRowGroup() {
        endRow()
        openSpans = []
    }

    /// Widens the last row's last cell.
    mutating func widenLastCell(by columns: Int) {
        guard let last = rows.indices.last else { return }
        let count = min(max(columns, 1), Self.maximumCellColumns)
        if let cell = rows[last].cells.indices.last, rows[last].cells[cell].columns.upperBound == rows[last].width {
            let width = rows[last].cells[cell].width + count
            rows[last].cells[cell].width = min(width, Self.maximumCellColumns)
        }
        rows[last].width += count
    }

    /// Removes the last row.
    mutating func removeLastRow() {
        _ = rows.popLast()
    }

    /// Adds a cell to the last row.
    ///
    /// - Parameters:
    ///   - text: The text of the cell.
    ///   - columns: The number of columns that the cell covers.
    ///   - rowSpan: The number of rows that the cell covers, its own included.
    ///   - isHeader: Whether the source marks the cell as a header.
    ///   - isBold: Whether all of the text is in bold type.
    ///   - indentation: How far the text is indented.
    mutating func addCell(
        _ text: some StringProtocol,
        spanning columns: Int = 1,
        rows rowSpan: Int = 1,
        isHeader: Bool = false,
        isBold: Bool = false,
        indentation: Int = 0
    ) {
        let cell = Cell(text: text.onOneLine, isHeader: isHeader, isBold: isBold, indentation: indentation)
        add(cell, spanning: columns, rows: rowSpan)
    }

    /// Adds columns without text to the last row, except where cells from above cover them.
    mutating func addBlanks(_ count: Int) {
        guard let last = rows.indices.last else { return }
        let end = rows[last].width + count
        takeOpenSpans()
        while rows[last].width < end {
            rows[last].width += 1
            takeOpenSpans()
        }
    }

    /// Adds a cell that is merged with the one above it, whose text it repeats.
    mutating func addMergedCell(spanning columns: Int = 1) {
        let above = rows.dropLast().last?.cells ?? []
        let column = rows.last?.width ?? 0
        let merged = Self.cell(at: column, of: above)
        let cell = Cell(
            text: merged?.text.shortened(toBytes: Self.maximumRepetitionBytes) ?? "",
            isRepeated: true,
            isHeader: merged?.isHeader ?? false,
            isBold: merged?.isBold ?? false
        )
        add(cell, spanning: columns, rows: 1)
    }

    private mutating func add(_ cell: Cell, spanning columns: Int, rows rowSpan: Int) {
        if rows.isEmpty { rows.append(Row()) }
        takeOpenSpans()
        let last = rows.count - 1
        var cell = cell
        cell.column = rows[last].width
        cell.width = min(max(columns, 1), Self.maximumCellColumns)
        rows[last].width += cell.width
        if rowSpan > 1, repeatedCells < Self.maximumRepeatedCells, openSpans.count < Self.maximumOpenSpans {
            addSpan(of: cell, rows: rowSpan)
        }
        if !cell.text.isEmpty { rows[last].cells.append(cell) }
    }

    private mutating func addSpan(of cell: Cell, rows rowSpan: Int) {
        var repeated = cell
        repeated.isRepeated = true
        repeated.text = cell.text.shortened(toBytes: Self.maximumRepetitionBytes)
        let index = openSpans.firstIndex { $0.cell.column > cell.column } ?? openSpans.endIndex
        // The cell's own row is counted when the row ends.
        openSpans.insert(OpenSpan(cell: repeated, rowsLeft: min(rowSpan, 1_000)), at: index)
    }

    /// Adds the cells from above that are next in the last row.
    private mutating func takeOpenSpans() {
        let last = rows.count - 1
        for span in openSpans where span.cell.column >= rows[last].width {
            guard span.cell.column == rows[last].width else { break }
            rows[last].width += span.cell.width
            repeatedCells += 1
            if !span.cell.text.isEmpty { rows[last].cells.append(span.cell) }
        }
    }

    /// The rows that have cells of their own.
    var filledRows: ArraySlice<Row> {
        var whole = self
        whole.endRow()
        return whole.rows.filter { !$0.isRepeated }[...]
    }

    /// Completes the last row with the cells from above.
    private mutating func endRow() {
        guard !rows.isEmpty, !openSpans.isEmpty else { return }
        let last = rows.count - 1
        for span in openSpans where span.cell.column >= rows[last].width {
            rows[last].width = span.cell.columns.upperBound
            repeatedCells += 1
            if !span.cell.text.isEmpty { rows[last].cells.append(span.cell) }
        }
        for index in openSpans.indices { openSpans[index].rowsLeft -= 1 }
        openSpans.removeAll { $0.rowsLeft <= 0 || repeatedCells >= Self.maximumRepeatedCells }
    }

    /// Finds the cell that starts at a column.
    private static func cell(at column: Int, of cells: [Cell]) -> Cell? {
        var (low, high) = (0, cells.count)
        while low < high {
            let middle = (low + high) / 2
            if cells[middle].column < column { low = middle + 1 } else { high = middle }
        }
        return low < cells.count && cells[low].column == column ? cells[low] : nil
    }
}
