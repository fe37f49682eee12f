/// A table of a page.
struct PDFTable: Sendable {
    /// A cell, with the columns and rows that it covers.
    struct Cell: Sendable {
        var lines: [PDFLine]
        var columns: Range<Int>
        var rowSpan = 1
        /// Whether the color of the cell marks it as a header.
        var isHeader = false

        var isBold: Bool { lines.allSatisfy(\.isBold) }
        var text: String { lines.map(\.text).joined(separator: " ") }
    }

    /// The rows, each with its cells in the order of their columns.
    var rows: [[Cell]]
    /// The starts of the columns on the page.
    let columns: [Range<Double>]
    /// Whether the rows are names with a text each, so that the first of them is no header.
    var isOfNames = false
    /// The color that marks the first rows as the names of the columns.
    var colorOfNames: String?

    /// Reads the table in a zone.
    init(_ zone: PDFZone) {
        columns = zone.columns
        rows = zone.bands.flatMap { Self.rows(of: $0, zone) }
    }

    /// Creates a table of rows of cells, each in the order of their columns.
    init(rows: [[Cell]], columns: [Range<Double>]) {
        self.rows = rows
        self.columns = columns
    }

    /// The text of all cells.
    var text: String { rows.joined().flatMap(\.lines).map(\.text).joined(separator: " ") }

    /// Whether the table is a few texts side by side instead of cells.
    var isOfTexts: Bool {
        rows.count <= 3
            && rows.contains { row in
                row.count { cell in cell.lines.reduce(0) { $0 + $1.text.wordCount } > Self.maximumWordsOfCell } > 1
            }
    }

    /// The maximum number of words of a small table's cell.
    private static let maximumWordsOfCell = 40

    /// Adds the rows to a table builder.
    func add(to table: inout TableBuilder, joining: LineJoining) {
        if isOfNames, table.rowCount == 0 { table.firstRowIsHeader = false }
        for row in rows {
            table.beginRow()
            var next = 0
            for cell in row where cell.columns.lowerBound >= next {
                if cell.columns.lowerBound > next { table.addBlanks(cell.columns.lowerBound - next) }
                table.addCell(
                    joining.joined(cell.lines.map(\.text)),
                    spanning: cell.columns.count,
                    rows: cell.rowSpan,
                    isHeader: cell.isHeader,
                    isBold: cell.isBold
                )
                next = cell.columns.upperBound
            }
        }
    }

    private static func rows(of band: PDFBand, _ zone: PDFZone) -> [[Cell]] {
        let lineRows = lineRows(of: band)
        if lineRows.count > 1, areRows(lineRows, zone) { return rows(of: lineRows, zone) }
        return wrappedRows(of: band, zone)
    }

    /// The lines of a band by their heights.
    static func lineRows(of band: PDFBand) -> [[PDFLine]] {
        var rows: [(y: Range<Double>, lines: [PDFLine])] = []
        for line in band.blocks.flatMap(\.lines).sorted(by: { $0.y.middle < $1.y.middle }) {
            if let last = rows.last, last.y.overlap(line.y) > min(last.y.length, line.y.length) * 0.5 {
                rows[rows.count - 1].lines.append(line)
            } else {
                rows.append((line.y, [line]))
            }
        }
        return rows.map { $0.lines.sorted { $0.x.lowerBound < $1.x.lowerBound } }
    }

    /// Whether the lines are rows, and not lines of cells with several lines.
    private static func areRows(_ lineRows: [[PDFLine]], _ zone: PDFZone) -> Bool {
        let enough = max(2, (zone.columns.count * 3 + 4) / 5)
        let filled = lineRows.count { $0.count >= enough }
        let goingOn = lineRows.dropFirst().count { $0.contains { $0.text.first?.isLowercase == true } }
        return filled * 10 >= lineRows.count * 7 && goingOn * 3 < lineRows.count
    }

    private static func rows(of lineRows: [[PDFLine]], _ zone: PDFZone) -> [[Cell]] {
        var rows: [[Cell]] = []
        for lines in lineRows {
            let cells = lines.map { line in
                Cell(lines: [line], columns: zone.columns(of: PDFBlock(lines: [line], x: line.x, y: line.y)))
            }
            // Without a cell in the first column, the line continues the row above.
            guard cells.first?.columns.lowerBound != 0, var last = rows.popLast() else {
                rows.append(merged(cells))
                continue
            }
            for cell in cells {
                if let position = last.firstIndex(where: { $0.columns.overlaps(cell.columns) }) {
                    last[position].lines += cell.lines
                } else {
                    last.append(cell)
                }
            }
            rows.append(merged(last))
        }
        return rows
    }

    /// The rows of a band whose cells have several lines: the number of blocks of most columns.
    private static func wrappedRows(of band: PDFBand, _ zone: PDFZone) -> [[Cell]] {
        var byColumn: [Int: [PDFBlock]] = [:]
        for block in band.blocks { byColumn[zone.columns(of: block).lowerBound, default: []].append(block) }
        let count = byColumn.values.map(\.count).max() ?? 1
        let agreeing = byColumn.sorted { $0.key < $1.key }.map(\.value).filter { $0.count == count }
        guard count > 1, agreeing.count > 1,
            let anchors = agreeing.first?.sorted(by: { $0.y.lowerBound < $1.y.lowerBound })
        else {
            return [merged(band.blocks.map { Cell(lines: $0.lines, columns: zone.columns(of: $0)) })]
        }
        var rows: [[Cell]] = Array(repeating: [], count: count)
        for block in band.blocks {
            let touched = anchors.indices.filter { anchors[$0].y.overlap(block.y) > 0 }
            let nearest = anchors.indices.min {
                abs(anchors[$0].y.middle - block.y.middle) < abs(anchors[$1].y.middle - block.y.middle)
            }
            let first = touched.first ?? nearest ?? 0
            // A single block in its column covers all rows beside it.
            let isAlone = byColumn[zone.columns(of: block).lowerBound]?.count == 1
            if isAlone, areRows(block.lines, beside: anchors) {
                for (row, line) in block.lines.enumerated() {
                    rows[row].append(Cell(lines: [line], columns: zone.columns(of: block)))
                }
                continue
            }
            if isAlone, let parts = parts(of: block.lines, beside: anchors) {
                for (row, lines) in parts.enumerated() {
                    rows[row].append(Cell(lines: lines, columns: zone.columns(of: block)))
                }
                continue
            }
            let span = isAlone ? count : max(1, touched.count)
            let cell = Cell(lines: block.lines, columns: zone.columns(of: block), rowSpan: span)
            rows[isAlone ? 0 : first].append(cell)
        }
        return rows.map { merged($0) }
    }

    /// Whether each line of a block is beside one of the rows, and none continues the one above it.
    private static func areRows(_ lines: [PDFLine], beside rows: [PDFBlock]) -> Bool {
        lines.count == rows.count
            && zip(lines, rows).allSatisfy { line, row in
                row.lines.count == 1 && row.y.overlap(line.y) > min(row.y.length, line.y.length) * 0.5
                    && line.text.first?.isLowercase == false
            }
    }

    /// The lines of a block from the first line of each row to that of the next; nil if a row has no line beside it.
    private static func parts(of lines: [PDFLine], beside rows: [PDFBlock]) -> [[PDFLine]]? {
        let starts = rows.map { row in
            lines.firstIndex { $0.y.overlap(row.lines[0].y) > min($0.y.length, row.lines[0].y.length) * 0.5 }
        }
        guard starts.first == 0, starts.allSatisfy({ $0 != nil }) else { return nil }
        let bounds = starts.compactMap(\.self) + [lines.count]
        guard zip(bounds, bounds.dropFirst()).allSatisfy(<) else { return nil }
        return zip(bounds, bounds.dropFirst()).map { Array(lines[$0..<$1]) }
    }

    /// The cells in the order of their columns, those of the same columns merged.
    private static func merged(_ cells: [Cell]) -> [Cell] {
        var merged: [Cell] = []
        for cell in cells.sorted(by: {
            ($0.columns.lowerBound, $0.lines[0].y.lowerBound) < ($1.columns.lowerBound, $1.lines[0].y.lowerBound)
        }) {
            if let last = merged.last, last.columns.overlaps(cell.columns) {
                merged[merged.count - 1].lines += cell.lines
                merged[merged.count - 1].columns =
                    min(
                        last.columns.lowerBound,
                        cell.columns.lowerBound
                    )..<max(last.columns.upperBound, cell.columns.upperBound)
            } else {
                merged.append(cell)
            }
        }
        return merged
    }
}
