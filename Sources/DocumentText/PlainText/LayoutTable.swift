/// A table in laid-out text: lines with the same columns, separated by wide gaps.
struct LayoutTable {
    /// The rows of the table.
    let rows: TableBuilder
    /// The index of the first line after the table.
    let end: Int

    /// Reads the table that starts at a line; nil if there is none.
    init?(_ lines: [LayoutLine], at start: Int) {
        guard LayoutTableRows.isRow(lines[start]) || LayoutTableRows.isFirstLabel(lines, at: start) else { return nil }
        var table = LayoutTableRows(lines, at: start)
        while table.readsRow() {}
        guard table.rows.count > 1 else { return nil }
        var builder = TableBuilder(rowsAs: .words)
        if table.hasHeader { builder.firstRowIsHeader = true }
        for row in table.startsWithLabel ? Self.labelled(table.rows) : table.rows {
            builder.beginRow()
            for cell in row { builder.addCell(cell) }
        }
        rows = builder
        end = table.position
    }
    /// The rows below labels, each with its label as its first cell.
    private static func labelled(_ rows: [[String]]) -> [[String]] {
        var labelled: [[String]] = []
        var label = ""
        for row in rows {
            if row.dropFirst().allSatisfy(\.isEmpty) { label = row[0] } else { labelled.append([label] + row) }
        }
        return labelled
    }
}
