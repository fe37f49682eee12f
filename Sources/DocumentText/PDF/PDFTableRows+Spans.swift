extension PDFTableRows {
    /// The maximum distance of a text from the middle of two columns, in type sizes.
    private static let maximumDistanceFromMiddle = 0.6

    /// Lets cells cover the rows below that no edge separates from them.
    func extendOverRows(_ rows: inout [Row], _ heights: [Range<Double>]) {
        guard rows.count > 1 else { return }
        for column in 0..<columns.count {
            var owner: (row: Int, index: Int)?
            for row in rows.indices {
                let index = rows[row].firstIndex { $0.columns.contains(column) }
                let middle = columns.range(of: column).middle
                let isParted =
                    row == 0
                    || edges.contains {
                        $0.y > heights[row - 1].middle && $0.y < heights[row].middle && $0.x.contains(middle)
                    }
                if let index {
                    owner = rows[row][index].columns.count == 1 ? (row, index) : nil
                } else if isParted {
                    owner = nil
                } else if let owner, owner.row + rows[owner.row][owner.index].rowSpan == row {
                    rows[owner.row][owner.index].rowSpan += 1
                }
            }
        }
    }

    /// Lets the only name between two edges cover the rows there, if it is in the middle of them beside rows of as many
    /// cells.
    func extendNames(_ rows: inout [Row], _ groups: [[Int]], _ strips: [[Int]]) {
        var next = 0
        for strip in strips {
            guard let last = strip.last else { continue }
            let start = next
            while next < groups.count, groups[next][0] <= last { next += 1 }
            let named = (start..<next).filter { rows[$0].first?.columns == 0..<1 }
            guard next - start > 1, named.count == 1, let place = named.first, place > start,
                groups[start][0] >= strip[0]
            else { continue }
            let cells = rows[place].dropFirst().map(\.columns)
            let y = lines[groups[start][0]].y.union(lines[last].y)
            let name = rows[place][0].lines.map(\.y).reduce(rows[place][0].lines[0].y) { $0.union($1) }
            guard !cells.isEmpty, abs(name.middle - y.middle) < size * 0.5,
                (start..<next).allSatisfy({ $0 == place || rows[$0].map(\.columns) == cells })
            else { continue }
            var cell = rows[place].removeFirst()
            cell.rowSpan = next - start
            rows[start].insert(cell, at: 0)
        }
    }

    /// Lets a row's only cell cover the table if it is set apart from the cells below it, or in the middle of the table.
    func widenGroups(_ rows: inout [Row], after header: Int) {
        for row in rows.indices.dropFirst(header).dropLast() where rows[row].count == 1 {
            let (cell, next) = (rows[row][0], rows[row + 1])
            guard cell.rowSpan == 1, let below = next.first, next.count > 1 else { continue }
            let isApart =
                cell.columns.lowerBound == 0
                ? cell.columns.count > 1 || cell.isBold && !below.isBold || color(of: cell) != color(of: below)
                : cell.lines.count == 1 && isInMiddle(cell.lines[0]) && columns.count > 2
            if isApart { rows[row][0].columns = 0..<columns.count }
        }
    }

    /// Lets a cell between the texts of two columns, in the middle of both, cover both, if one of them is empty beside it.
    func widenCellsBetweenColumns(_ rows: inout [Row], after header: Int) {
        let own = rows.dropFirst(header).joined().filter { $0.columns.count == 1 }
        let texts = Dictionary(grouping: own, by: \.columns.lowerBound).compactMapValues(Self.usualText)
        for row in rows.indices.dropFirst(header) {
            for index in rows[row].indices where rows[row][index].columns.count == 1 {
                let (column, x) = (rows[row][index].columns.lowerBound, rows[row][index].lines[0].x)
                for other in [column - 1, column + 1] where min(other, column) > 0 {
                    guard let (text, beside) = texts[column].flatMap({ text in texts[other].map { (text, $0) } }),
                        !rows[row].contains(where: { $0.columns.contains(other) }), text.overlap(x) == 0,
                        beside.overlap(x) == 0,
                        abs(text.union(beside).middle - x.middle) < size * Self.maximumDistanceFromMiddle
                    else { continue }
                    rows[row][index].columns = min(other, column)..<(max(other, column) + 1)
                    break
                }
            }
        }
    }

    /// The part of the width with most texts of a column, which are above each other; nil if few are so.
    private static func usualText(of cells: Row) -> Range<Double>? {
        let texts = cells.map(\.lines[0].x).sorted { $0.middle < $1.middle }
        let usual = texts.filter { $0.overlap(texts[texts.count / 2]) > 0 }
        return usual.count > 1 ? usual.reduce(usual[0]) { $0.union($1) } : nil
    }

    /// Whether a text is in the middle of the table, or of its columns but the first.
    private func isInMiddle(_ line: PDFLine) -> Bool {
        let others = columns.range(of: 1).union(columns.range(of: columns.count - 1))
        return [columns.x, others].contains { abs($0.middle - line.x.middle) < size }
    }

    private func color(of cell: PDFTable.Cell) -> String? {
        rules?.color(x: cell.lines[0].x.middle, y: cell.lines[0].y.middle)
    }
}
