extension PDFTableRows {
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

    /// Whether a text is in the middle of the table, or of its columns but the first.
    private func isInMiddle(_ line: PDFLine) -> Bool {
        let others = columns.range(of: 1).union(columns.range(of: columns.count - 1))
        return [columns.x, others].contains { abs($0.middle - line.x.middle) < size }
    }

    private func color(of cell: PDFTable.Cell) -> String? {
        rules?.color(x: cell.lines[0].x.middle, y: cell.lines[0].y.middle)
    }
}
