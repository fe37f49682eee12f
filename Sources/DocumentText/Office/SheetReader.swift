/// Reads a sheet of a workbook: its tables, without hidden rows and columns.
struct SheetReader {
    private let formats: WorkbookFormats
    private let strings: [String]
    private var document: DocumentBuilder
    /// The rows with cells so far.
    private var rows: [SheetRow] = []
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
            case .start(let name, let attributes, let isClosed): start(name, attributes, isClosed)
            case .end("c"): try endCell()
            case .end("row"): endRow()
            case .end("v"), .end("t"): isValue = false
            case .text(let text): if isValue { value += text }
            default: break
            }
        }
        var isFirst = true
        for table in tables() {
            try table.table(headerRow: marksHeader && isFirst ? 0 : nil).append(to: &document)
            // A line of text above the table is not part of it.
            if table.count > 1 { isFirst = false }
        }
        return document.document
    }

    /// The tables; one with names in bold type goes on below an empty row.
    private func tables() -> [[SheetRow]] {
        var tables: [[SheetRow]] = []
        for table in SheetTables(of: rows).all {
            if let last = tables.last, let names = last.firstIndex(where: { $0.cells.count > 1 }), last[names].isBold,
                table[0].blanksAbove == 1, !table.contains(where: \.isBold),
                SheetTables.continues(last, below: names, in: table)
            {
                tables[tables.count - 1] += table
            } else {
                tables.append(table)
            }
        }
        return tables
    }

    private mutating func start(
        _ name: String,
        _ attributes: [String: String],
        _ isClosed: Bool
    ) {
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
            blankRows += max(0, number - rowNumber - 1)
            rowNumber = number
            isHiddenRow = isOn("hidden")
            nextColumn = 0
            if isClosed { endRow() }
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

    private mutating func endRow() {
        defer { cells = [] }
        guard !isHiddenRow else { return document.warn("Hidden rows were left out.") }
        let cells = gridCells()
        guard !cells.isEmpty else {
            blankRows += 1
            return
        }
        rows.append(SheetRow(blanksAbove: blankRows, cells: cells))
        blankRows = 0
    }

    /// The row's cells and those that are merged with cells above, without those that others cover.
    private mutating func gridCells() -> [SheetCell] {
        merges.enter(row: rowNumber)
        var grid: [SheetCell] = []
        var rest = merges.current[...]
        var end = 0
        func take(_ merge: SheetMerges.Merge, _ own: (text: String, isBold: Bool)? = nil) {
            end = max(end, merge.columns.upperBound)
            if merge.rows.lowerBound == rowNumber {
                if let own {
                    grid.append(SheetCell(columns: merge.columns, text: own.text, isBold: own.isBold))
                }
            } else if repeatedCells < Self.maximumRepeatedCells, !hiddenColumns.contains(merge.columns.lowerBound) {
                repeatedCells += 1
                grid.append(SheetCell(columns: merge.columns))
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
                grid.append(
                    SheetCell(columns: cell.column..<(cell.column + 1), text: own.text, isBold: own.isBold)
                )
            }
        }
        while !rest.isEmpty { take(rest.removeFirst()) }
        return grid
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
