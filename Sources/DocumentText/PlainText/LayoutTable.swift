/// A table in laid-out text: lines with the same columns, separated by wide gaps.
struct LayoutTable {
    /// The rows of the table.
    let rows: TableBuilder
    /// The index of the first line after the table.
    let end: Int

    /// The maximum distance of a cell's start from its column's.
    private static let tolerance = 2

    /// Reads the table that starts at a line; nil if there is none.
    init?(_ lines: [LayoutLine], at start: Int) {
        guard Self.isRow(lines[start]) else { return nil }
        var columns = lines[start].segments.map(\.columns)
        var rows = [lines[start].segments.map(\.text)]
        var position = start + 1
        while let next = Self.nextLine(lines, at: position) {
            let line = lines[next]
            guard let cells = Self.cells(of: line, in: &columns, isContinuation: next == position && !Self.isRow(line))
            else {
                break
            }
            if Self.isRow(line) && (cells[0].isEmpty == false || next != position) {
                rows.append(cells)
            } else {
                let last = rows.count - 1
                for (column, cell) in cells.enumerated() where !cell.isEmpty { rows[last][column] += " " + cell }
            }
            position = next + 1
        }
        guard rows.count > 1 else { return nil }
        var table = TableBuilder(rowsAs: .words)
        for row in rows {
            table.beginRow()
            for cell in row { table.addCell(cell) }
        }
        self.rows = table
        end = position
    }

    /// The index of the next line that is not empty, after at most one empty line.
    private static func nextLine(_ lines: [LayoutLine], at position: Int) -> Int? {
        if position < lines.count, !lines[position].isEmpty { return position }
        return position + 1 < lines.count && !lines[position + 1].isEmpty && isRow(lines[position + 1])
            ? position + 1 : nil
    }

    private static func isRow(_ line: LayoutLine) -> Bool {
        line.segments.count >= 2 && !line.isContentsEntry && (line.listItem == nil || line.segments.count > 2)
            && (line.headingNumberDepth == nil || line.segments.count > 2)
    }

    /// The cells of a line by column; `nil` if the line does not fit the columns.
    ///
    /// A column is widened by its cells. A line with one cell continues the row above it, if that cell is not in the
    /// first column.
    private static func cells(of line: LayoutLine, in columns: inout [Range<Int>], isContinuation: Bool) -> [String]? {
        var cells = Array(repeating: "", count: columns.count)
        var widened = columns
        for segment in line.segments {
            let overlaps = columns.indices.filter { columns[$0].overlaps(segment.columns) }
            let nearest = columns.indices.min {
                abs(columns[$0].lowerBound - segment.columns.lowerBound)
                    < abs(columns[$1].lowerBound - segment.columns.lowerBound)
            }
            let isNear = nearest.map { abs(columns[$0].lowerBound - segment.columns.lowerBound) <= tolerance } ?? false
            guard let column = overlaps.count == 1 ? overlaps[0] : isNear ? nearest : nil, cells[column].isEmpty else {
                return nil
            }
            cells[column] = segment.text
            let grown = columns[column]
            widened[column] =
                min(grown.lowerBound, segment.columns.lowerBound)..<max(grown.upperBound, segment.columns.upperBound)
        }
        if isContinuation, !cells[0].isEmpty { return nil }
        columns = widened
        return cells
    }
}

/// A table in a text file whose cells are separated by tabs: adjacent lines with the same number of cells.
struct TabbedTable {
    /// The rows of the table.
    let rows: TableBuilder
    /// The index of the first line after the table.
    let end: Int

    /// Reads the table that starts at a line; nil if there is none.
    init?(_ lines: [LayoutLine], at start: Int) {
        let count = lines[start].tabCells.count
        // Empty cells mean that the tabs only align columns; the columns' positions are more reliable then.
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
