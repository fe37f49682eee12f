/// A table in laid-out text: lines that wide gaps cut into the same columns.
struct LayoutTable {
    /// The rows of the table.
    let rows: TableBuilder
    /// The place of the first line after the table.
    let end: Int

    /// How far a cell may begin from where its column does.
    private static let tolerance = 2

    /// Reads the table that begins at a line; `nil` if none does.
    init?(_ lines: [LayoutLine], at start: Int) {
        guard Self.isRow(lines[start]) else { return nil }
        var columns = lines[start].segments.map(\.columns)
        var rows = [lines[start].segments.map(\.text)]
        var place = start + 1
        while let next = Self.nextLine(lines, at: place) {
            let line = lines[next]
            guard let cells = Self.cells(of: line, in: &columns, isContinuation: next == place && !Self.isRow(line))
            else {
                break
            }
            if Self.isRow(line) && (cells[0].isEmpty == false || next != place) {
                rows.append(cells)
            } else {
                let last = rows.count - 1
                for (column, cell) in cells.enumerated() where !cell.isEmpty { rows[last][column] += " " + cell }
            }
            place = next + 1
        }
        guard rows.count > 1 else { return nil }
        var table = TableBuilder(rowsAs: .words)
        for row in rows {
            table.beginRow()
            for cell in row { table.addCell(cell) }
        }
        self.rows = table
        end = place
    }

    /// The next line that is not empty, at most one line on.
    private static func nextLine(_ lines: [LayoutLine], at place: Int) -> Int? {
        if place < lines.count, !lines[place].isEmpty { return place }
        return place + 1 < lines.count && !lines[place + 1].isEmpty && isRow(lines[place + 1]) ? place + 1 : nil
    }

    private static func isRow(_ line: LayoutLine) -> Bool {
        line.segments.count >= 2 && !line.isContentsEntry && (line.listItem == nil || line.segments.count > 2)
            && (line.headingNumberDepth == nil || line.segments.count > 2)
    }

    /// The cells of a line by column; `nil` if the line does not fit the columns.
    ///
    /// A column grows with the cells that fall into it. A line with one cell goes on with the row above it, if that cell
    /// is not in the first column.
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
