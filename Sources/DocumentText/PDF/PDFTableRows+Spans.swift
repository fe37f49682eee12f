extension PDFTableRows {
    /// Whether the upper of two lines of a header names groups of the columns that the lower one names, and is not the
    /// first line of their names.
    func areNamesOfGroups(_ upper: Int, _ lower: Int) -> Bool {
        let (groups, names) = (lines[upper].cells, lines[lower].cells)
        let isNameMissing = names.contains { name in !groups.contains { $0.columns.overlaps(name.columns) } }
        guard isNameMissing, groups.count > 1,
            names.allSatisfy({ $0.columns.count == 1 && $0.lines[0].text.first?.isLowercase == false })
        else { return false }
        // Where the word below had space beside the text, the line was not broken before it.
        return groups.contains { group in
            guard let name = names.first(where: { $0.columns == group.columns }) else { return false }
            let word = name.lines[0].text.prefix { $0 != " " }
            let share = Double(word.count) / Double(max(1, name.lines[0].text.count))
            let length = group.lines[0].x.length + name.lines[0].x.length * share + size
            return length < columns.range(of: group.columns.lowerBound).length
        }
    }

    /// Lets cells of the upper of two header rows cover the columns that only the lower one names, and cells above no
    /// name both rows.
    func nameGroups(_ rows: inout [Row]) {
        let names = rows[1]
        for index in rows[0].indices {
            let cell = rows[0][index]
            guard cell.columns.count == 1 else { continue }
            let column = cell.columns.lowerBound
            guard let name = names.first(where: { $0.columns.contains(column) }) else {
                rows[0][index].rowSpan = 2
                continue
            }
            let end = index + 1 < rows[0].count ? rows[0][index + 1].columns.lowerBound : columns.count
            let start = index > 0 ? rows[0][index - 1].columns.upperBound : 0
            func isNamed(_ column: Int) -> Bool { names.contains { $0.columns.contains(column) } }
            let right = (column..<end).prefix(while: isNamed).count
            let left = (start..<column).reversed().prefix(while: isNamed).count
            guard left + right > 1 else { continue }
            let isAligned = abs(cell.lines[0].x.lowerBound - name.lines[0].x.lowerBound) < size * 0.7
            if isAligned || left == 0 {
                rows[0][index].columns = column..<(column + right)
            } else {
                // A name in the middle covers as many columns at its left as at its right.
                let reach = min(left, right - 1)
                rows[0][index].columns = (column - reach)..<(column + reach + 1)
            }
        }
    }

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

    /// Lets a row's only cell cover the table if it is set apart from the cells below it.
    func widenGroups(_ rows: inout [Row], after header: Int) {
        for row in rows.indices.dropFirst(header).dropLast() where rows[row].count == 1 {
            let (cell, next) = (rows[row][0], rows[row + 1])
            guard cell.columns.lowerBound == 0, cell.rowSpan == 1, let below = next.first, next.count > 1 else {
                continue
            }
            let isApart = cell.columns.count > 1 || cell.isBold && !below.isBold || color(of: cell) != color(of: below)
            if isApart { rows[row][0].columns = 0..<columns.count }
        }
    }

    private func color(of cell: PDFTable.Cell) -> String? {
        rules?.color(x: cell.lines[0].x.middle, y: cell.lines[0].y.middle)
    }
}
