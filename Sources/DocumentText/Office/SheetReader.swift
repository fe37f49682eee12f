/// Reads a sheet of a workbook: its tables, without hidden rows and columns and what is struck out.
struct SheetReader {
    private let formats: WorkbookFormats
    private let strings: [WorkbookString]
    private var document: DocumentBuilder
    /// The rows with cells so far.
    private var rows: [SheetRow] = []
    private var rowNumber = 0
    private var column = 0
    private var nextColumn = 0
    private var cells: [(column: Int, text: String, style: Int)] = []
    private var isHiddenRow = false
    /// Whether a text of the current row is struck out or not shown.
    private var hasHiddenText = false
    private var isHiddenColumn = [Bool](repeating: false, count: Self.maximumColumns)
    /// The remaining size of the cells, in bytes.
    private var remainingBytes: Int
    private let limits: ExtractionLimits
    private var type = ""
    private var style = 0
    private var value = ""
    private var isValue = false
    private var isFormula = false
    private var inlineString = WorkbookStringReader()
    private var isInline = false
    private let xml: [UInt8]
    /// The ranges whose first row has the names of their columns: those of filters and tables, and frozen rows.
    private var namedRanges: [SheetRange]
    private var blankRows = 0
    private lazy var merges = SheetMerges(of: xml, isHidden: isHiddenColumn)
    private var repeatedCells = 0

    /// The time of a date without one, as files write it.
    private static let midnight = "T00:00:00"
    /// The maximum number of columns.
    private static let maximumColumns = 2_048
    /// The maximum number of rows.
    private static let maximumRows = 1 << 20
    /// The maximum number of ranges with names of columns.
    private static let maximumRanges = 64
    /// The maximum number of cells that repeat a merged one in the rows below it.
    private static let maximumRepeatedCells = 100_000

    /// Creates a reader of `xl/worksheets/sheet1.xml`, whose tables in the file's sense have some ranges.
    init(
        of xml: [UInt8],
        formats: WorkbookFormats,
        strings: [WorkbookString],
        tables: [SheetRange],
        limits: ExtractionLimits
    ) {
        self.xml = xml
        namedRanges = tables
        self.formats = formats
        self.strings = strings
        self.limits = limits
        remainingBytes = limits.documentBytes
        document = DocumentBuilder(limits: limits)
    }

    /// The document of the sheet.
    ///
    /// - Throws: `ExtractionError` if its text exceeds the limits.
    mutating func read() throws(ExtractionError) -> ExtractedDocument {
        var tokens = OfficeMarkup(xml)
        while let token = tokens.next() {
            if isInline, token != .end(name: "is") {
                inlineString.take(token)
                continue
            }
            switch token {
            case .start(let name, let attributes, let isClosed): start(name, attributes, isClosed)
            case .end("is"): isInline = false
            case .end("c"): try endCell()
            case .end("row"): endRow()
            case .end("v"): isValue = false
            case .text(let text): if isValue { value += text }
            default: break
            }
        }
        markHeaders()
        for table in tables() { try table.table().append(to: &document) }
        return document.document
    }

    /// Marks the rows that have the names of a range's columns, and joins the rows of a range that ends with one of them.
    private mutating func markHeaders() {
        for range in namedRanges.prefix(Self.maximumRanges) {
            guard let header = place(ofRow: range.rows.lowerBound) else { continue }
            rows[header].namedColumns = rows[header].namedColumns ?? range.columns
            guard let last = place(ofRow: range.rows.upperBound - 1), last > header else { continue }
            for place in (header + 1)...last where !rows[place].isBold && rows[place].cells.count > 1 {
                let isWithin = rows[place].cells.allSatisfy { range.columns.contains($0.columns.lowerBound) }
                if isWithin { rows[place].blanksAbove = 0 }
            }
        }
    }

    /// The place of the row with a number, which is greater than those of the rows before.
    private func place(ofRow number: Int) -> Int? {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low < rows.count && rows[low].number == number ? low : nil
    }

    /// The tables; one with names may go on below an empty row.
    private func tables() -> [[SheetRow]] {
        var tables: [[SheetRow]] = []
        for table in SheetTables(of: rows).all {
            let goesOn = tables.last.map { SheetTables.continues($0, in: table) } ?? false
            if goesOn { tables[tables.count - 1] += table } else { tables.append(table) }
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
        case "pane":
            if attributes["ySplit"] == "1" {
                namedRanges.append(SheetRange(columns: 0..<Self.maximumColumns, rows: 1..<2))
            }
        case "autoFilter":
            if let range = attributes["ref"].flatMap({ SheetRange($0) }) { namedRanges.append(range) }
        case "col" where isOn("hidden"):
            if let first = attributes["min"].flatMap({ Int($0) }), let last = attributes["max"].flatMap({ Int($0) }),
                first <= last, first <= Self.maximumColumns, last >= 1
            {
                for column in (max(first, 1) - 1)..<min(last, Self.maximumColumns) { isHiddenColumn[column] = true }
            }
        case "row":
            let number = min(max(attributes["r"].flatMap { Int($0) } ?? rowNumber + 1, 0), Self.maximumRows)
            blankRows += max(0, number - rowNumber - 1)
            rowNumber = number
            isHiddenRow = isOn("hidden")
            nextColumn = 0
            hasHiddenText = false
            merges.enter(row: rowNumber)
            if isClosed { endRow() }
        case "c":
            column = attributes["r"].flatMap { Self.column(of: $0) } ?? nextColumn
            nextColumn = column + 1
            type = attributes["t"] ?? "n"
            style = attributes["s"].flatMap { Int($0) } ?? 0
            value = ""
            isFormula = false
        case "f": isFormula = true
        case "v": isValue = !isClosed
        case "is":
            inlineString = WorkbookStringReader()
            isInline = !isClosed
        default: break
        }
    }

    private mutating func endCell() throws(ExtractionError) {
        guard column < Self.maximumColumns else { return }
        let merge = merges.first(in: column)
        let isHidden = isHiddenColumn[column]
        // The text of merged cells is shown in those that are visible.
        guard !isHiddenRow && !isHidden || merge != nil else {
            if isHidden, !isHiddenRow, !value.isEmpty || type == "inlineStr" {
                document.warn("Hidden columns were left out.")
            }
            return
        }
        if isFormula, value.isEmpty, type == "n" {
            document.warn("Formulas were left out whose results are not in the file.")
        }
        let line = shownText().onOneLine
        guard !line.isEmpty else { return }
        // A shared string may be in any number of cells.
        remainingBytes -= line.utf8.count
        guard remainingBytes >= 0 else {
            throw .invalid(
                "The file becomes more than \(limits.documentBytes >> 20) MB of text: its cells repeat long texts."
            )
        }
        if let merge {
            merges.setText(line, isBold: formats.isBold(style), of: merge)
        } else {
            cells.append((column, line, style))
        }
    }

    /// The text of the current cell without what is struck out or not shown.
    private mutating func shownText() -> String {
        var string = WorkbookString()
        switch type {
        case "s": string = Int(value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? string
        case "inlineStr": string = inlineString.end()
        case "b": string.text = value == "1" ? "yes" : "no"
        case "e": break
        case "n": string.text = formats.text(of: value, style: style)
        case "d": string.text = value.hasSuffix(Self.midnight) ? String(value.dropLast(Self.midnight.count)) : value
        default: string.text = OfficeEscapes.decode(value)
        }
        let isHidden = type != "n" && formats.hidesTexts(style)
        let shown = isHidden ? "" : formats.isStruck(style) ? string.textInStruckCell : string.text
        if shown != string.text || string.hasStruckText || shown.isEmpty && type == "n" && !value.isEmpty {
            hasHiddenText = true
            document.warn("Text that is hidden or struck out was left out.")
        }
        return shown
    }

    private mutating func endRow() {
        defer { cells = [] }
        guard !isHiddenRow else { return document.warn("Hidden rows were left out.") }
        let cells = gridCells()
        guard !cells.isEmpty else {
            if !hasHiddenText { blankRows += 1 }
            return
        }
        rows.append(SheetRow(number: rowNumber, blanksAbove: blankRows, cells: cells))
        blankRows = 0
    }

    /// The row's cells and those that are merged with cells above, without those that others cover.
    private mutating func gridCells() -> [SheetCell] {
        var grid: [SheetCell] = []
        var index = 0
        var end = 0
        func takeMerges(upTo column: Int) {
            while index < merges.current.count, merges.current[index].columns.lowerBound <= column {
                let merge = merges.current[index]
                if !merge.columns.isEmpty {
                    end = max(end, merge.columns.upperBound)
                    if let cell = cell(of: merge) { grid.append(cell) }
                    merges.current[index].isShown = true
                }
                index += 1
            }
        }
        for cell in cells {
            takeMerges(upTo: cell.column)
            guard cell.column >= end else { continue }
            let cell = SheetCell(
                columns: cell.column..<(cell.column + 1),
                text: cell.text,
                isBold: formats.isBold(cell.style),
                indentation: formats.indentation(cell.style)
            )
            grid.append(cell)
        }
        takeMerges(upTo: .max)
        return grid
    }

    /// The cell of merged ones in the current row; nil if they have no text.
    private mutating func cell(of merge: SheetMerges.Current) -> SheetCell? {
        guard let text = merge.text else { return nil }
        guard merge.isShown else { return SheetCell(columns: merge.columns, text: text, isBold: merge.isBold) }
        guard repeatedCells < Self.maximumRepeatedCells else { return nil }
        repeatedCells += 1
        return SheetCell(columns: merge.columns)
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
