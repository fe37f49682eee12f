/// A table in a text file whose cells are separated by bars, without bars at the ends of its lines.
struct BarTable {
    /// The rows of the table.
    let rows: TableBuilder
    /// The index of the first line after the table.
    let end: Int

    /// The minimum number of rows, and of columns, of a table without a line below its header.
    private static let minimumSize = 3
    private static let maximumLength = 4_096

    /// Reads the table that starts at a line; nil if there is none.
    init?(_ lines: [LayoutLine], at start: Int) {
        guard let names = Self.cells(of: lines[start].text), names.count > 1 else { return nil }
        let isRuled = start + 1 < lines.count && Self.isRule(lines[start + 1].text, columns: names.count)
        guard isRuled || names.count >= Self.minimumSize else { return nil }
        var rows = [names]
        var position = start + (isRuled ? 2 : 1)
        while position < lines.count {
            let text = lines[position].text
            if isRuled, Self.isRule(text, columns: names.count) {
                position += 1
                continue
            }
            guard let cells = Self.cells(of: text), cells.count == names.count else { break }
            rows.append(cells)
            position += 1
        }
        guard rows.count >= (isRuled ? 2 : Self.minimumSize) else { return nil }
        var table = TableBuilder(rowsAs: .words)
        if isRuled { table.firstRowIsHeader = true }
        for row in WrappedRows.joined(rows, header: 1) {
            table.beginRow()
            for cell in row { table.addCell(cell) }
        }
        self.rows = table
        end = position
    }

    private static func cells(of text: String) -> [String]? {
        guard text.utf8.count <= maximumLength, text.contains(where: { "|│".contains($0) }) else { return nil }
        return text.split(omittingEmptySubsequences: false) { "|│".contains($0) }.map(\.onOneLine)
    }

    /// Whether a line is a rule with as many pieces as there are columns.
    private static func isRule(_ text: String, columns: Int) -> Bool {
        text.utf8.count <= maximumLength && text.allSatisfy { "-=─═+|┼╪│: ".contains($0) }
            && text.contains { "-=─═".contains($0) } && text.count { "+|┼╪│".contains($0) } == columns - 1
    }
}
