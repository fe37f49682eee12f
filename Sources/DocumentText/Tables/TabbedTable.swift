/// A table in a text file whose cells are divided by tabs: neighbouring lines with equally many of them.
struct TabbedTable {
    /// The rows of the table.
    let rows: TableBuilder
    /// The place of the first line after the table.
    let end: Int

    /// Reads the table that begins at a line; `nil` if none does.
    init?(_ lines: [LayoutLine], at start: Int) {
        let count = lines[start].tabCells.count
        // Empty cells come of tabs that only align the columns; then the places of the cells tell more.
        guard count > 1, !lines[start].tabCells.contains(""), !lines[start].isContentsEntry,
            lines[start].listItem == nil || count > 2
        else { return nil }
        var end = start
        while end < lines.count, lines[end].tabCells.count == count { end += 1 }
        guard end - start > 1 else { return nil }
        var table = TableBuilder(rowsAs: .words)
        for line in lines[start..<end] {
            table.beginRow()
            for cell in line.tabCells { table.addCell(cell) }
        }
        rows = table
        self.end = end
    }
}
