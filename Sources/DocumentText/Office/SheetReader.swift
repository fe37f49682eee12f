/// Reads a sheet of a workbook: tables separated by empty rows, without hidden rows and columns.
struct SheetReader {
    private let formats: WorkbookFormats
    private let strings: [String]
    private var document: DocumentBuilder
    private var table = TableBuilder()
    private var tableRows = 0
    private var rowNumber = 0
    private var column = 0
    private var nextColumn = 0
    private var cells: [(column: Int, text: String, isBold: Bool)] = []
    private var isHiddenRow = false
    private var hiddenColumns: Set<Int> = []
    /// The remaining size of the cells, in bytes.
    private var remainingBytes: Int
    private let limits: ExtractionLimits
    private var type = ""
    private var style = 0
    private var value = ""
    private var isValue = false
    /// Whether the sheet's first row is a header, by a filter or frozen rows.
    private var marksHeader = false
    private var isFirstTable = true
    /// Whether the table is a row in bold type so far, which a blank row may separate from the rows that it is above.
    private var isBoldRow = false
    private var blankRows = 0
    private var merges = SheetMerges(of: [])
    private var repeatedCells = 0

    /// The maximum number of columns.
    private static let maximumColumns = 2_048
    /// The maximum number of rows.
    private static let maximumRows = 1 << 20
    /// The maximum number of cells that repeat a merged one in the rows below it.
    private static let maximumRepeatedCells = 100_000

    /// Creates a reader.
    init(formats: WorkbookFormats, strings: [String], limits: ExtractionLimits) {
        self.formats = formats
        self.strings = strings
        self.limits = limits
        remainingBytes = limits.documentBytes
        document = DocumentBuilder(limits: limits)
    }

    /// The document of `xl/worksheets/sheet1.xml`.
    ///
    /// - Throws: `ExtractionError` if its text exceeds the limits.
    mutating func document(from xml: [UInt8]) throws(ExtractionError) -> ExtractedDocument {
        // The filter's element is after the rows.
        marksHeader =
            FileBytes.contain(xml, Array("<autoFilter".utf8)) || FileBytes.contain(xml, Array("<tablePart ".utf8))
        merges = SheetMerges(of: xml)
        var tokens = OfficeMarkup(xml)
        while let token = tokens.next() {
            switch token {
            case .start(let name, let attributes, let isClosed): try start(name, attributes, isClosed)
            case .end("c"): try endCell()
            case .end("row"): try endRow()
            case .end("v"), .end("t"): isValue = false
            case .text(let text): if isValue { value += text }
            default: break
            }
        }
        try endTable()
        return document.document
    }

    private mutating func start(
        _ name: String,
        _ attributes: [String: String],
        _ isClosed: Bool
    ) throws(ExtractionError) {
        func isOn(_ key: String) -> Bool { ["1", "true"].contains(attributes[key]) }
        switch name {
        case "pane": if attributes["ySplit"] == "1" { marksHeader = true }
        case "col" where isOn("hidden"):
            if let first = attributes["min"].flatMap({ Int($0) }), let last = attributes["max"].flatMap({ Int($0) }),
                first <= last, first <= Self.maximumColumns, last >= 1
            {
                hiddenColumns.formUnion((max(first, 1) - 1)..<min(last, Self.maximumColumns))
            }
        case "row":
            let number = min(max(attributes["r"].flatMap { Int($0) } ?? rowNumber + 1, 0), Self.maximumRows)
            for _ in 0..<min(max(0, number - rowNumber - 1), 2) { try addBlankRow() }
            rowNumber = number
            isHiddenRow = isOn("hidden")
            nextColumn = 0
            if isClosed { try endRow() }
        case "c":
            column = attributes["r"].flatMap { Self.column(of: $0) } ?? nextColumn
            nextColumn = column + 1
            type = attributes["t"] ?? "n"
            style = attributes["s"].flatMap { Int($0) } ?? 0
            value = ""
        case "v", "t": isValue = !isClosed
        default: break
        }
    }

    private mutating func endCell() throws(ExtractionError) {
        let text: String
        switch type {
        case "s": text = Int(value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
        case "b": text = value == "1" ? "yes" : "no"
        case "e": text = ""
        case "n": text = formats.text(of: value, style: style)
        default: text = value
        }
        value = ""
        let line = text.onOneLine
        guard !line.isEmpty, column < Self.maximumColumns, !isHiddenRow,
            !hiddenColumns.contains(column)
        else { return }
        // A shared string may be in any number of cells.
        remainingBytes -= line.utf8.count
        guard remainingBytes >= 0 else {
            throw .invalid(
                "The file becomes more than \(limits.documentBytes >> 20) MB of text: its cells repeat long texts."
            )
        }
        cells.append((column, line, formats.isBold(style)))
    }

    private mutating func endRow() throws(ExtractionError) {
        defer { cells = [] }
        guard !isHiddenRow else { return document.warn("Hidden rows were left out.") }
        let grid = gridCells()
        guard !grid.isEmpty else { return try addBlankRow() }
        let isBold = cells.allSatisfy(\.isBold)
        if blankRows > 0, isBold { try endTable() }
        isBoldRow = tableRows == 0 && isBold && cells.count > 1
        blankRows = 0
        table.beginRow()
        tableRows += 1
        var next = 0
        let isHeader = marksHeader && isFirstTable && tableRows == 1 && cells.count > 1
        for cell in grid where cell.columns.lowerBound >= next {
            let width = min(cell.columns.count, TableBuilder.maximumCellColumns)
            table.addBlanks(cell.columns.lowerBound - next)
            if let own = cell.own {
                table.addCell(own.text, spanning: width, isHeader: isHeader, isBold: own.isBold)
            } else {
                table.addMergedCell(spanning: width)
            }
            next = cell.columns.lowerBound + width
        }
    }

    /// A cell of the row with the columns that it covers; without a text of its own, it is merged with the one above it.
    private struct GridCell {
        var columns: Range<Int>
        var own: (text: String, isBold: Bool)?
    }

    /// The row's cells and those that are merged with cells above, without those that others cover.
    private mutating func gridCells() -> [GridCell] {
        merges.enter(row: rowNumber)
        var grid: [GridCell] = []
        var rest = merges.current[...]
        var end = 0
        func take(_ merge: SheetMerges.Merge, _ own: (text: String, isBold: Bool)? = nil) {
            end = max(end, merge.columns.upperBound)
            if merge.rows.lowerBound == rowNumber {
                if let own { grid.append(GridCell(columns: merge.columns, own: own)) }
            } else if repeatedCells < Self.maximumRepeatedCells, !hiddenColumns.contains(merge.columns.lowerBound) {
                repeatedCells += 1
                grid.append(GridCell(columns: merge.columns))
            }
        }
        for cell in cells {
            while rest.first.map({ $0.columns.lowerBound < cell.column }) == true { take(rest.removeFirst()) }
            guard cell.column >= end else { continue }
            let own = (text: cell.text, isBold: cell.isBold)
            if let merge = rest.first, merge.columns.lowerBound == cell.column {
                rest.removeFirst()
                take(merge, own)
            } else {
                grid.append(GridCell(columns: cell.column..<(cell.column + 1), own: own))
            }
        }
        while !rest.isEmpty { take(rest.removeFirst()) }
        return grid
    }

    private mutating func addBlankRow() throws(ExtractionError) {
        blankRows += 1
        if !isBoldRow || blankRows > 1 { try endTable() }
    }

    private mutating func endTable() throws(ExtractionError) {
        guard tableRows > 0 else { return }
        try table.append(to: &document)
        table = TableBuilder()
        // A line of text above the table is not part of it.
        if tableRows > 1 { isFirstTable = false }
        tableRows = 0
        isBoldRow = false
        blankRows = 0
    }

    /// The number of a cell's column, starting at 0: 27 for `AB7`.
    static func column(of reference: String) -> Int? {
        var column = 0
        for byte in reference.utf8.prefix(while: \.isLetter).prefix(4) {
            column = column * 26 + Int(byte | 0x20) - 0x60
        }
        return column > 0 ? column - 1 : nil
    }
}
