/// Collects the cells of a table, resolves their spans, and tells its rows as lines that can each be understood alone.
///
/// A row reads `Header: cell; Header: cell`. One that would be long becomes a line for each of its cells, each with the
/// row's first cell before it, so that a single fact of a wide table can be quoted. What is repeated is shortened; its
/// whole text is told once.
struct TableBuilder {
    /// A cell with text, at its place in the grid of the table.
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

    /// A row: its cells with text, in the order of their columns.
    struct Row {
        var cells: [Cell] = []
        /// How many columns the cells so far span, with those that have no text.
        var width = 0
    }

    /// A cell that covers rows below its own.
    private struct OpenSpan {
        var cell: Cell
        var rowsLeft: Int
    }

    /// Whether the source says that the first row is a header; unknown if `nil`.
    var firstRowIsHeader: Bool?
    /// How a row stands in the file.
    private let form: RowForm
    private var rows: [Row] = []
    /// The cells from rows above that also cover the row begun last, in the order of their columns.
    private var openSpans: [OpenSpan] = []
    private var repeatedCells = 0

    /// A row of more words than this is told cell by cell.
    private static let longRow = 40
    /// A table has no more places than these for each cell, or most of it is blank.
    private static let mostPlacesOfCell = 8
    /// A cell of this many words may go on over several lines, which then stand beside those of other cells.
    private static let fewestWordsOfLongCell = 8
    /// A text of more bytes than this is shortened where it is repeated.
    static let longestRepetition = 200
    /// A cell spans no more columns than this.
    private static let widestCell = 64
    /// No more cells than this are told again in rows below; spans beyond that are ignored.
    private static let mostRepeatedCells = 100_000
    /// No more cells than this cover a row from above.
    private static let mostOpenSpans = 256
    /// A cell that spans more columns than this is told without the headers of all of them.
    private static let mostNamesOfCell = 4

    /// How a file writes the rows of its tables.
    enum RowForm {
        /// As words side by side on a line.
        case words
        /// As a line with bars between the cells.
        case bars
        /// In no way that can be quoted.
        case other
    }

    /// An empty table.
    ///
    /// - Parameter form: How its rows stand in the file.
    init(rowsAs form: RowForm = .other) {
        self.form = form
    }

    /// How many rows there are, with the one that is being filled.
    var rowCount: Int { rows.count }

    /// Begins a row.
    mutating func beginRow() {
        endRow()
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
    ///   - rowSpan: How many rows the cell spans; 1 is its own row only.
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

    /// Leaves columns of the row begun last without text, but for those that cells from above cover.
    mutating func addBlanks(_ count: Int) {
        guard let last = rows.indices.last else { return }
        let end = rows[last].width + count
        takeOpenSpans()
        while rows[last].width < end {
            rows[last].width += 1
            takeOpenSpans()
        }
    }

    /// Adds a cell that is merged with the one above it, and tells that one's text again.
    mutating func addMergedCell(spanning columns: Int = 1) {
        let above = rows.dropLast().last?.cells ?? []
        let column = rows.last?.width ?? 0
        let merged = Self.cell(at: column, of: above)
        let cell = Cell(
            text: merged?.text.shortened(toBytes: Self.longestRepetition) ?? "",
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
        cell.width = min(max(columns, 1), Self.widestCell)
        rows[last].width += cell.width
        if rowSpan > 1, repeatedCells < Self.mostRepeatedCells, openSpans.count < Self.mostOpenSpans {
            addSpan(of: cell, rows: rowSpan)
        }
        if !cell.text.isEmpty { rows[last].cells.append(cell) }
    }

    private mutating func addSpan(of cell: Cell, rows rowSpan: Int) {
        var repeated = cell
        repeated.isRepeated = true
        repeated.text = cell.text.shortened(toBytes: Self.longestRepetition)
        let place = openSpans.firstIndex { $0.cell.column > cell.column } ?? openSpans.endIndex
        // The row of the cell itself counts when the row ends.
        openSpans.insert(OpenSpan(cell: repeated, rowsLeft: min(rowSpan, 1_000)), at: place)
    }

    /// Adds the cells from above that come next in the row begun last.
    private mutating func takeOpenSpans() {
        let last = rows.count - 1
        for span in openSpans where span.cell.column >= rows[last].width {
            guard span.cell.column == rows[last].width else { break }
            rows[last].width += span.cell.width
            repeatedCells += 1
            if !span.cell.text.isEmpty { rows[last].cells.append(span.cell) }
        }
    }

    /// Completes the row begun last with the cells from above.
    private mutating func endRow() {
        guard !rows.isEmpty, !openSpans.isEmpty else { return }
        let last = rows.count - 1
        for span in openSpans where span.cell.column >= rows[last].width {
            rows[last].width = span.cell.columns.upperBound
            repeatedCells += 1
            if !span.cell.text.isEmpty { rows[last].cells.append(span.cell) }
        }
        for place in openSpans.indices { openSpans[place].rowsLeft -= 1 }
        openSpans.removeAll { $0.rowsLeft <= 0 || repeatedCells >= Self.mostRepeatedCells }
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
        var whole = self
        whole.endRow()
        var filled = whole.rows.filter { !$0.cells.isEmpty }[...]
        // A row of one cell above rows of several is the title of the table.
        while let title = filled.first, title.cells.count == 1, !title.cells[0].isHeader || title.width > 1,
            filled.dropFirst().contains(where: { $0.cells.count > 1 }),
            firstRowIsHeader != true || title.cells[0].width > 1
        {
            try document.append(.paragraph(title.cells[0].text))
            filled = filled.dropFirst()
        }
        document.beginTable(isSparse: Self.areSparse(filled))
        defer { document.endTable() }
        let header = TableHeader(of: filled, firstRowIsHeader: firstRowIsHeader)
        for row in filled.prefix(header.rowCount) {
            document.appendRow(
                row.cells.map { .init(text: $0.text, column: $0.column, width: $0.width) },
                isHeader: true
            )
            // A name that is shortened where it is repeated is told whole once.
            if row.cells.contains(where: { $0.text.utf8.count > Self.longestRepetition }) {
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
            note(row, in: &document)
            try append(row, under: header, in: group, to: &document)
        }
        if header.rowCount == 0, filled.count > 2, filled.contains(where: { $0.cells.count > 2 }) {
            document.warn("A table has no header row: its rows are read without the names of their columns.")
        }
    }

    /// Whether rows have far more places than cells with text.
    private static func areSparse(_ rows: ArraySlice<Row>) -> Bool {
        let cells = rows.reduce(0) { $0 + $1.cells.count }
        let places = rows.reduce(0) { $0 + ($1.cells.last?.columns.upperBound ?? 0) }
        return places > mostPlacesOfCell * (cells + mostPlacesOfCell)
    }

    /// The text of a row that names the rows below it: one short cell across the table.
    private func groupLabel(_ row: Row) -> String? {
        guard row.cells.count == 1, let cell = row.cells.first, cell.width > 1, cell.column == 0, !cell.isRepeated,
            cell.text.wordCount <= 6, cell.text.last.map({ !".;!?".contains($0) }) == true
        else { return nil }
        return cell.text
    }

    private func note(_ row: Row, in document: inout DocumentBuilder) {
        let repeated = row.cells.reduce(0) { $0 + ($1.isRepeated ? $1.text.utf8.count : 0) }
        document.note(.mergedCells, bytes: repeated)
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
        let names = row.cells.map { header.name(of: $0, mostColumns: Self.mostNamesOfCell) }
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
        document.note(.tableHeaders, bytes: headerBytes)
        let whole = named.joined(separator: "; ")
        guard named.count > 2, whole.wordCount > Self.longRow else {
            try document.append(.tableRow(whole))
            if form != .other { document.noteSource(source(of: cells), of: start) }
            return
        }
        let count = group == nil ? 1 : 2
        let lead = named.prefix(count).joined(separator: "; ").shortened(toBytes: Self.longestRepetition)
        if lead != named.prefix(count).joined(separator: "; ") { try document.append(.tableRow(named[count - 1])) }
        var words = 0
        for (place, cell) in named.dropFirst(count - 1).enumerated() {
            words += cells[place].text.wordCount
            guard place > 0 else { continue }
            document.note(.firstCells, bytes: lead.utf8.count)
            try document.append(.tableRow("\(lead); \(cell)"))
            guard form != .other else { continue }
            // With the cells before it, unless they are long.
            let source = words > Self.longRow ? cells[place].text : source(of: Array(cells[...place]))
            document.noteSource(source, of: document.blocks.count - 1)
        }
    }

    /// How a row stands in the file, on a line; only its long cells, a line each, where the cells are words side by side.
    private func source(of cells: [ExtractedDocument.Table.Cell]) -> String {
        if form == .bars { return ExtractedDocument.Table.line(of: cells) }
        let long = cells.map(\.text).filter { $0.wordCount >= Self.fewestWordsOfLongCell }
        return long.isEmpty ? cells.map(\.text).joined(separator: " ") : long.joined(separator: "\n")
    }
}
