/// Collects the cells of a table and tells its rows as lines that can each be understood alone.
///
/// A row reads `Header: cell; Header: cell`. One that would be long becomes a line for each of its cells, each with the
/// row's first cell before it, so that a single fact of a wide table can be quoted.
struct TableBuilder {
    /// The rows so far, the one that is being filled last.
    private(set) var rows: [[String]] = []
    /// Whether the source says that the first row is a header; unknown if `nil`.
    var firstRowIsHeader: Bool?

    /// A row of more words than this is told cell by cell.
    private static let longRow = 40

    /// Begins a row.
    mutating func beginRow() {
        rows.append([])
    }

    /// Adds a cell to the row begun last.
    ///
    /// - Parameters:
    ///   - text: The text of the cell.
    ///   - columns: How many columns the cell spans.
    mutating func addCell(_ text: some StringProtocol, spanning columns: Int = 1) {
        if rows.isEmpty { beginRow() }
        rows[rows.count - 1].append(text.onOneLine)
        rows[rows.count - 1] += Array(repeating: "", count: min(max(columns, 1), 64) - 1)
    }

    /// The rows as blocks.
    var blocks: [ExtractedDocument.Block] {
        let filled = rows.filter { row in row.contains { !$0.isEmpty } }
        guard let first = filled.first else { return [] }
        guard filled.count > 1, firstRowIsHeader ?? looksLikeHeader(first) else {
            return filled.map { .tableRow(line(of: $0)) }
        }
        return filled.dropFirst().flatMap { lines(of: $0, under: first) }.map { .tableRow($0) }
    }

    /// A header names things: its cells are short, and after the first column none begins with a figure.
    private func looksLikeHeader(_ row: [String]) -> Bool {
        guard row.count > 1, row[0].last != ":" else { return false }
        return row.dropFirst().allSatisfy { cell in
            !cell.isEmpty && cell.wordCount <= 8 && cell.last != "."
                && !cell.split(separator: " ").contains {
                    $0.first?.isNumber == true || $0.first?.isCurrencySymbol == true
                }
        }
    }

    /// A row of a table without a header.
    private func line(of row: [String]) -> String {
        let cells = row.filter { !$0.isEmpty }
        guard cells.count == 2 else { return cells.joined(separator: "; ") }
        return cells[0].last == ":" ? "\(cells[0]) \(cells[1])" : "\(cells[0]): \(cells[1])"
    }

    private func lines(of row: [String], under header: [String]) -> [String] {
        let named = row.enumerated().filter { !$0.element.isEmpty }.map { column, cell in
            let name = column < header.count ? header[column] : ""
            return name.isEmpty ? cell : "\(name): \(cell)"
        }
        let whole = named.joined(separator: "; ")
        guard named.count > 2, whole.wordCount > Self.longRow else { return [whole] }
        return named.dropFirst().map { "\(named[0]); \($0)" }
    }
}
