/// Collects the cells of a table, resolves their spans, and writes its rows as lines that are understandable by
/// themselves.
///
/// A row is written as `Header: cell; Header: cell`. A long row is written as a line for each of its cells, after the
/// row's first cell, so that a single fact of a wide table can be quoted. Repeated texts are shortened; the whole text
/// is written once.
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
    /// The form of rows in the file.
    private let form: RowForm
    private var rows: [Row] = []
    /// The cells of rows above that also cover the last row, in the order of their columns.
    private var openSpans: [OpenSpan] = []
    private var repeatedCells = 0

    /// The maximum number of words of a row that is one line.
    private static let maximumRowWords = 40
    /// The maximum number of grid positions for each cell of a table that is not sparse.
    private static let maximumPositionsPerCell = 8
    /// The minimum number of words of a cell that may have several lines beside those of other cells.
    private static let minimumWordsOfLongCell = 8
    /// The maximum number of bytes of a repeated text, to which it is shortened.
    static let maximumRepetitionBytes = 200
    /// The maximum number of columns of a cell.
    static let maximumCellColumns = 64
    /// The maximum number of cells that are repeated in rows below; further spans are ignored.
    private static let maximumRepeatedCells = 100_000
    /// The maximum number of cells that cover a row from above.
    private static let maximumOpenSpans = 256
    /// The maximum number of rows of a label and its value above a table.
    private static let maximumLabels = 10
    /// The minimum number of cells of the first row below such rows.
    private static let minimumCellsBelowLabels = 4
    /// The maximum number of column names of a cell.
    private static let maximumNamesOfCell = 4

    /// The form of a table's rows in a file.
    enum RowForm {
        /// Words on a line.
        case words
        /// A line with bars between the cells.
        case bars
        /// A form that cannot be quoted.
        case other
    }

    /// Creates an empty table.
    ///
    /// - Parameter form: The form of its rows in the file.
    init(rowsAs form: RowForm = .other) {
        self.form = form
    }

    /// The number of rows, the last one included.
    var rowCount: Int { rows.count }

    /// Starts a row.
    mutating func beginRow() {
        endRow()
        rows.append(Row())
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
    mutating func addCell(
        _ text: some StringProtocol,
        spanning columns: Int = 1,
        rows rowSpan: Int = 1,
        isHeader: Bool = false,
        isBold: Bool = false
    ) {
        add(Cell(text: text.onOneLine, isHeader: isHeader, isBold: isBold), spanning: columns, rows: rowSpan)
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

    /// Adds the rows to a document.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    func append(to document: inout DocumentBuilder) throws(ExtractionError) {
        var whole = self
        whole.endRow()
        var filled = whole.rows.filter { !$0.isRepeated }[...]
        // A row of one cell above rows of several is the title of the table.
        while let title = filled.first, title.cells.count == 1, !title.cells[0].isHeader || title.width > 1,
            filled.dropFirst().contains(where: { $0.cells.count > 1 }),
            firstRowIsHeader != true || title.cells[0].width > 1
        {
            try document.append(.paragraph(title.cells[0].text))
            filled = filled.dropFirst()
        }
        if firstRowIsHeader == nil {
            let labels = Self.labels(above: filled)
            if !labels.isEmpty {
                var table = TableBuilder(rowsAs: form)
                table.rows = Array(labels)
                try table.append(to: &document)
                filled = filled.dropFirst(labels.count)
            }
            filled = ColumnGroups.widened(filled)
        }
        document.beginTable(isSparse: Self.areSparse(filled))
        defer { document.endTable() }
        let header = TableHeader(of: filled, firstRowIsHeader: firstRowIsHeader)
        for row in filled.prefix(header.rowCount) {
            document.appendRow(
                row.cells.map { .init(text: $0.text, column: $0.column, width: $0.width) },
                isHeader: true
            )
            // A name whose repetitions are shortened is written whole once.
            if row.cells.contains(where: { $0.text.utf8.count > Self.maximumRepetitionBytes }) {
                try document.append(.tableRow(line(of: row)))
            }
        }
        var group: String?
        for row in filled.dropFirst(header.rowCount) where !header.isRepeated(in: row) {
            if filled.count > header.rowCount + 1, let label = groupLabel(row) {
                group = label
                try document.append(.tableRow(label))
                document.appendRow([.init(text: label, column: 0, width: row.cells[0].width)], isHeader: false)
                continue
            }
            // Another text across the table ends the group.
            if row.cells.count == 1, row.cells[0].column == 0, row.cells[0].width > 1 { group = nil }
            recordMergedCells(of: row, in: &document)
            try append(row, under: header, in: group, to: &document)
        }
        if header.rowCount == 0, filled.count > 2, filled.contains(where: { $0.cells.count > 2 }) {
            document.warn("A table has no header row: its rows are read without the names of their columns.")
        }
    }

    /// The rows of a label and its value above a wider table.
    private static func labels(above rows: ArraySlice<Row>) -> ArraySlice<Row> {
        let labels = rows.prefix { row in row.cells.map(\.columns) == [0..<1, 1..<2] }
        let rest = rows.dropFirst(labels.count)
        guard labels.count <= maximumLabels, rest.count > 1, let first = rest.first,
            first.cells.count >= minimumCellsBelowLabels
        else { return [] }
        return labels
    }

    /// Whether rows have many more grid positions than cells with text.
    private static func areSparse(_ rows: ArraySlice<Row>) -> Bool {
        let cells = rows.reduce(0) { $0 + $1.cells.count }
        let positions = rows.reduce(0) { $0 + ($1.cells.last?.columns.upperBound ?? 0) }
        return positions > maximumPositionsPerCell * (cells + maximumPositionsPerCell)
    }

    /// The text of a row that names the rows below it: one short cell across the table.
    private func groupLabel(_ row: Row) -> String? {
        guard row.cells.count == 1, let cell = row.cells.first, cell.width > 1, cell.column == 0, !cell.isRepeated,
            cell.text.wordCount <= 6, cell.text.last.map({ !".;!?".contains($0) }) == true
        else { return nil }
        return cell.text
    }

    private func recordMergedCells(of row: Row, in document: inout DocumentBuilder) {
        let repeated = row.cells.reduce(0) { $0 + ($1.isRepeated ? $1.text.utf8.count : 0) }
        document.record(.mergedCells, bytes: repeated)
    }

    /// A row of a table without a header.
    private func line(of row: Row) -> String {
        let cells = row.cells.map(\.text)
        guard cells.count == 2 else { return cells.joined(separator: "; ") }
        return cells[0].last == ":" ? "\(cells[0]) \(cells[1])" : "\(cells[0]): \(cells[1])"
    }

    private func append(
        _ row: Row,
        under header: TableHeader,
        in group: String?,
        to document: inout DocumentBuilder
    ) throws(ExtractionError) {
        var headerBytes = 0
        let start = document.blocks.count
        let names = row.cells.map { header.name(of: $0, maximumColumns: Self.maximumNamesOfCell) }
        let cells = zip(row.cells, names).map { cell, name in
            ExtractedDocument.Table.Cell(text: cell.text, column: cell.column, width: cell.width, header: name)
        }
        document.appendRow(cells, isHeader: false)
        var named = zip(row.cells, names).map { cell, name in
            guard let name else { return cell.text }
            headerBytes += name.utf8.count
            return name.last == ":" ? "\(name) \(cell.text)" : "\(name): \(cell.text)"
        }
        if names.allSatisfy({ $0 == nil }) { named = [line(of: row)] }
        if let group {
            headerBytes += group.utf8.count
            named.insert(group, at: 0)
        }
        document.record(.tableHeaders, bytes: headerBytes)
        let whole = named.joined(separator: "; ")
        guard named.count > 2, whole.wordCount > Self.maximumRowWords else {
            try document.append(.tableRow(whole))
            if form != .other { document.recordSource(source(of: cells), of: start) }
            return
        }
        let count = group == nil ? 1 : 2
        let lead = named.prefix(count).joined(separator: "; ").shortened(toBytes: Self.maximumRepetitionBytes)
        if lead != named.prefix(count).joined(separator: "; ") { try document.append(.tableRow(named[count - 1])) }
        var words = 0
        for (index, cell) in named.dropFirst(count - 1).enumerated() {
            words += cells[index].text.wordCount
            guard index > 0 else { continue }
            document.record(.firstCells, bytes: lead.utf8.count)
            try document.append(.tableRow("\(lead); \(cell)"))
            guard form != .other else { continue }
            // With the cells before it, unless they are long.
            let source = words > Self.maximumRowWords ? cells[index].text : source(of: Array(cells[...index]))
            document.recordSource(source, of: document.blocks.count - 1)
        }
    }

    /// A row's text in the file, on a line; in the form of words, only its long cells, a line each.
    private func source(of cells: [ExtractedDocument.Table.Cell]) -> String {
        if form == .bars { return ExtractedDocument.Table.line(of: cells) }
        let long = cells.map(\.text).filter { $0.wordCount >= Self.minimumWordsOfLongCell }
        return long.isEmpty ? cells.map(\.text).joined(separator: " ") : long.joined(separator: "\n")
    }
}
