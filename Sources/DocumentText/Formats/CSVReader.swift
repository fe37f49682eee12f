/// Reads CSV: a table with a row per line, its cells separated by commas, semicolons or tabs.
struct CSVReader {
    /// The separators of cells.
    private static let separators: [UInt8] = [
        UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
    ]
    private static let quote = UInt8(ascii: "\"")
    /// The size of the text in which the separator is searched, in bytes.
    private static let searchedBytes = 65_536

    /// The document in a .csv or .tsv file, which may hold several tables.
    ///
    /// The first row of a table with several cells is its header, unless one of its cells is a figure.
    ///
    /// - Throws: `ExtractionError` if its text exceeds the limits.
    static func document(
        from text: String,
        limits: ExtractionLimits = .standard
    ) throws(ExtractionError) -> ExtractedDocument {
        var document = DocumentBuilder(limits: limits)
        let (separator, bytes) = namedSeparator(of: Array(text.utf8))
        for table in CSVTables(of: rows(of: bytes, separatedBy: separator)).all { try table.append(to: &document) }
        return document.document
    }

    /// The separator that the first line names for Excel, as `sep=;` does, and the lines below it.
    private static func namedSeparator(of bytes: [UInt8]) -> (separator: UInt8?, rest: [UInt8]) {
        let mark = Array("sep=".utf8)
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard line.starts(with: mark), line.count == mark.count + 1, let separator = line.last else {
            return (nil, bytes)
        }
        return (separator, Array(bytes[line.endIndex...]))
    }

    private static func rows(of bytes: [UInt8], separatedBy named: UInt8?) -> [SheetRow] {
        let separator = named ?? separator(of: bytes.prefix(searchedBytes))
        var rows: [SheetRow] = []
        var cells: [SheetCell] = []
        var column = 0
        var blanks = 0
        var cell: [UInt8] = []
        var isQuoted = false
        var position = 0
        func endCell() {
            let text = Self.withoutFormula(String(decoding: cell, as: UTF8.self).onOneLine)
            if !text.isEmpty { cells.append(SheetCell(columns: column..<(column + 1), text: text)) }
            column += 1
            cell = []
        }
        func endRow() {
            endCell()
            if cells.isEmpty {
                blanks += 1
            } else {
                rows.append(SheetRow(blanksAbove: blanks, cells: cells))
                blanks = 0
            }
            cells = []
            column = 0
        }
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if isQuoted {
                if byte != quote {
                    cell.append(byte)
                } else if position < bytes.count, bytes[position] == quote {
                    cell.append(quote)
                    position += 1
                } else {
                    isQuoted = false
                }
            } else if byte == quote, cell.allSatisfy(\.isBlankByte) {
                isQuoted = true
                cell = []
            } else if byte == separator {
                endCell()
            } else if byte == UInt8(ascii: "\n") {
                endRow()
            } else {
                cell.append(byte)
            }
        }
        endRow()
        return rows
    }

    /// The text of a cell that is written as a formula of a text, so that Excel keeps its zeros: `00123` of `="00123"`.
    private static func withoutFormula(_ text: String) -> String {
        guard text.hasPrefix("=\""), text.hasSuffix("\""), text.count > 3 else { return text }
        let inner = text.dropFirst(2).dropLast()
        // A quotation mark within the text is written twice.
        guard !inner.replacing("\"\"", with: "").contains("\"") else { return text }
        return String(inner.replacing("\"\"", with: "\""))
    }

    /// The separator that splits most lines into the same number of cells; not the comma, which may be in figures, if
    /// another one splits as many.
    private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
        let lines = bytes.split(separator: UInt8(ascii: "\n")).prefix(50)
        func evenness(_ separator: UInt8) -> [Int] {
            let counts = lines.map { line in
                var isQuoted = false
                return line.count { byte in
                    if byte == quote { isQuoted.toggle() }
                    return byte == separator && !isQuoted
                }
            }
            let usual = Dictionary(grouping: counts.filter { $0 > 0 }) { $0 }.max { $0.value.count < $1.value.count }
            return usual.map { [$0.value.count, separator == UInt8(ascii: ",") ? 0 : $0.key] } ?? [0, 0]
        }
        return separators.max { evenness($0).lexicographicallyPrecedes(evenness($1)) } ?? UInt8(ascii: ",")
    }
}
