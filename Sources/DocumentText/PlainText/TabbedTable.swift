/// A table in a text file whose cells are separated by tabs: adjacent lines with the same number of cells.
struct TabbedTable {
    /// The rows of the table.
    let rows: TableBuilder
    /// The index of the first line after the table.
    let end: Int

    /// Reads the table that starts at a line; nil if there is none.
    init?(_ lines: [LayoutLine], at start: Int) {
        let next = start + 1 < lines.count ? lines[start + 1] : LayoutLine("")
        let hasCorner = Self.isBelowEmptyCorner(next, of: lines[start])
        let first = hasCorner ? Self.allCells(of: lines[start]) : lines[start].tabCells
        // Empty cells mean that the tabs only align columns; the columns' positions are more reliable then.
        guard first.count > 1, !lines[start].tabCells.contains(""), !lines[start].isContentsEntry,
            lines[start].listItem == nil || first.count > 2
        else { return nil }
        var rows = [first]
        var end = start + 1
        while end < lines.count {
            let isLast = rows.count > 1 && (end + 1 == lines.count || lines[end + 1].isEmpty)
            let isAboveFullRow = end + 1 < lines.count && lines[end + 1].tabCells.count == first.count
            guard let cells = Self.cells(of: lines[end], count: first.count, isAboveFullRow: isAboveFullRow || isLast)
            else {
                break
            }
            rows.append(cells)
            end += 1
        }
        guard rows.count > 1 else { return nil }
        var table = TableBuilder(rowsAs: .words)
        if hasCorner { table.firstRowIsHeader = true }
        for row in rows {
            table.beginRow()
            for cell in row { table.addCell(cell) }
        }
        self.rows = table
        self.end = end
    }

    /// The cells of a line, with those at its ends that are empty; nil if their number is not that of the columns.
    private static func cells(of line: LayoutLine, count: Int, isAboveFullRow: Bool) -> [String]? {
        if line.tabCells.count == count { return line.tabCells }
        guard !line.isEmpty, line.tabCells.count < count, line.tabCells.count > 1 || line.leadingTabs == 0 else {
            return nil
        }
        let all = allCells(of: line)
        if all.count == count { return all }
        // Editors remove the tabs at the ends of lines.
        guard isAboveFullRow, all.count < count, line.tabCells.count > 1 else { return nil }
        return all + Array(repeating: "", count: count - all.count)
    }

    private static func allCells(of line: LayoutLine) -> [String] {
        Array(repeating: "", count: line.leadingTabs) + line.tabCells
            + Array(repeating: "", count: line.trailingTabs)
    }

    /// Whether a line has a name before the cells that are below those of a line that starts with a tab.
    private static func isBelowEmptyCorner(_ line: LayoutLine, of first: LayoutLine) -> Bool {
        first.leadingTabs == 1 && first.tabCells.count > 1 && line.leadingTabs == 0
            && line.tabCells.count == allCells(of: first).count
    }
}
