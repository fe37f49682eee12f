/// Whether two lines of a header are known to be of different cells.
enum HeaderSeparation {
    case none
    /// The lines are as far from each other as rows are.
    case likely
    /// An edge or much space is between them.
    case clear
}

extension PDFTableRows {
    /// A cell of the header: lines one below the other.
    private struct HeaderCell {
        var lines: [PDFLine]
        var columns: Range<Int>
        /// Whether it names a group of columns.
        var isGroup: Bool
        var row = 0
    }

    /// The maximum number of rows of a header.
    private static let maximumHeaderRows = 4
    /// The minimum part of a column's width that a line below the name of its group covers.
    private static let coveredPart = 0.5

    /// The rows of a header: the names of columns, below those of groups of columns.
    ///
    /// - Parameter count: How many of the first lines are the header.
    /// - Returns: The rows; none if there are no lines.
    func headerRows(_ count: Int) -> [Row] {
        var cells: [HeaderCell] = []
        // The lowest cell of each column so far.
        var lowest = [Int?](repeating: nil, count: columns.count)
        for line in namedGroups(count) {
            for cell in line {
                let above = Set(cell.columns.compactMap { lowest[$0] })
                if above.count == 1, let place = above.first, isContinued(cells[place], by: cell) {
                    cells[place].lines += cell.lines
                    cells[place].columns = cell.columns
                    cells[place].isGroup = cells[place].isGroup || cell.isGroup
                    for column in cell.columns { lowest[column] = place }
                } else {
                    for column in cell.columns { lowest[column] = cells.count }
                    cells.append(cell)
                }
            }
        }
        return rows(of: &cells)
    }

    /// How many of some first lines are the header: those before the name of a group of rows.
    func headerLines(_ count: Int) -> Int {
        guard count > 1, lines[count - 1].cells.map(\.columns) == [0..<1] else { return count }
        let upper = lines[..<(count - 1)].last { $0.cells.contains { $0.columns == 0..<1 } }
        guard let above = upper?.cells.first, let name = lines[count - 1].cells.first else { return count }
        let cells = [above, name].map { HeaderCell(lines: $0.lines, columns: 0..<1, isGroup: false) }
        return isContinued(cells[0], by: cells[1]) ? count : count - 1
    }

    /// Places cells below those that are above them in any of their columns, and lets them cover the rows up to the next.
    private func rows(of cells: inout [HeaderCell]) -> [Row] {
        var next = [Int](repeating: 0, count: columns.count)
        for index in cells.indices {
            let row = cells[index].columns.map { next[$0] }.max() ?? 0
            cells[index].row = min(row, Self.maximumHeaderRows - 1)
            for column in cells[index].columns { next[column] = cells[index].row + 1 }
        }
        let count = (cells.map(\.row).max() ?? -1) + 1
        var rows = [Row](repeating: [], count: count)
        for cell in cells {
            let below = cells.filter { $0.row > cell.row && $0.columns.overlaps(cell.columns) }.map(\.row).min()
            rows[cell.row].append(
                PDFTable.Cell(lines: cell.lines, columns: cell.columns, rowSpan: (below ?? count) - cell.row)
            )
        }
        return rows.map(Self.merged)
    }

    /// Whether a cell is the next line of a header's cell above it.
    private func isContinued(_ upper: HeaderCell, by cell: HeaderCell) -> Bool {
        guard let above = upper.lines.last, let line = cell.lines.first else { return false }
        let between = above.y.middle..<max(above.y.middle, line.y.middle)
        let isSame = upper.columns == cell.columns
        // The first line of a group's name can be shorter than the columns of the group.
        let isFirstLine = cell.isGroup && !upper.isGroup && cell.columns.contains(upper.columns)
        return (isSame || isFirstLine) && between.length <= size * Self.maximumLeading
            && above.isBold == line.isBold && !isParted(cell.columns, between)
    }

    /// Whether an edge is across most of the width of columns, at one of some heights.
    private func isParted(_ columns: Range<Int>, _ y: Range<Double>) -> Bool {
        let x = self.columns.range(of: columns.lowerBound).union(self.columns.range(of: columns.upperBound - 1))
        return edges.contains { y.contains($0.y) && $0.x.overlap(x) > x.length * Self.coveredPart }
    }

    /// The cells of the lines of a header, of which the names of groups cover the columns of their groups.
    private func namedGroups(_ count: Int) -> [[HeaderCell]] {
        var header: [[HeaderCell]] = []
        // The highest cell of each column below a line.
        var names: [Int: PDFTable.Cell] = [:]
        for line in (0..<count).reversed() {
            var cells = lines[line].cells
            let ruled = cells.map { ruledColumns(of: $0, in: line, beside: cells) }
            if ruled.allSatisfy({ $0 == nil }) {
                let separation = line + 1 < count ? separation(of: line, from: line + 1) : .none
                let groups = groups(cells, above: names, separation)
                for (index, group) in (groups ?? []).enumerated() { cells[index].columns = group }
            } else {
                for (index, columns) in ruled.enumerated() { cells[index].columns = columns ?? cells[index].columns }
            }
            for cell in cells { for column in cell.columns { names[column] = cell } }
            header.append(cells.map { HeaderCell(lines: $0.lines, columns: $0.columns, isGroup: $0.columns.count > 1) })
        }
        return header.reversed()
    }

    /// What shows that two lines are not lines of the same cells.
    private func separation(of upper: Int, from lower: Int) -> HeaderSeparation {
        let between = lines[upper].y.middle..<max(lines[upper].y.middle, lines[lower].y.middle)
        let isApart =
            between.length > size * Self.closeLeading
            || lines[lower].cells.allSatisfy { isParted($0.columns, between) }
        if isApart { return .clear }
        return rowDistance.map { between.length > $0 * 0.97 } == true ? .likely : .none
    }

    /// The columns that a line below a name covers; nil if there is none, or it covers the table or other names as well.
    private func ruledColumns(of cell: PDFTable.Cell, in line: Int, beside cells: Row) -> Range<Int>? {
        let end = line + 1 < lines.count ? lines[line + 1].y.middle : lines[line].y.upperBound + size
        let below = lines[line].y.middle..<max(lines[line].y.middle, end)
        let text = cell.lines[0].x
        for edge in edges where below.contains(edge.y) && edge.x.overlap(text) > text.length * 0.8 {
            let covered = (0..<columns.count).filter { column in
                let width = columns.text(of: column)
                return edge.x.overlap(width) > width.length * Self.coveredPart
            }
            guard let first = covered.first, let last = covered.last, covered.count < columns.count else { continue }
            let range = min(first, cell.columns.lowerBound)..<max(last + 1, cell.columns.upperBound)
            let others = cells.filter { $0.columns.overlaps(range) }
            if range.count > 1, range.count <= covered.count + 1, others.count == 1 { return range }
        }
        return nil
    }
}
