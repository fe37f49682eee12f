/// Tables without lines whose cells are texts of several lines, such as labels with a paragraph beside each.
extension PDFTableRows {
    /// The maximum number of words of a label.
    private static let maximumWordsOfLabel = 8
    /// The maximum number of words of a cell.
    private static let maximumWordsOfWrapped = 150
    /// The maximum distance of edges that are aligned, and of lines that are as long as their column, in type sizes.
    private static let tolerance = 0.35
    /// The gap between words, in type sizes.
    private static let blank = 0.2

    /// The table of cells of several lines; nil if the rows are not one.
    mutating func wrappedTable() -> PDFTable? {
        guard !isList, !areNumbered, !areOutlined else { return nil }
        let head = boldLines
        var rows: [[Int]] = (0..<head).map { [$0] }
        var isWrapped = false
        for strip in strips {
            guard let parts = wrappedRows(strip.filter { $0 >= head }) else { return nil }
            isWrapped = isWrapped || parts.count > 1
            rows += parts
        }
        guard isWrapped, rows.count > 2 || columns.count == 2 else { return nil }
        var table = table(of: rows, strips, upTo: Self.maximumWordsOfWrapped)
        table?.isOfNames = columns.count == 2 && head == 0 && colored == 0
        return table
    }

    /// Whether lines are one row: the cells of the columns begin on its first line, and some have more lines than others.
    func isOfWrappedCells(_ strip: [Int]) -> Bool {
        var counts: [Int: Int] = [:]
        for (number, line) in strip.enumerated() {
            for cell in lines[line].cells {
                let column = cell.columns.lowerBound
                guard counts[column, default: 0] == number else { return false }
                counts[column] = number + 1
            }
        }
        return strip.count == 1 || counts[0] != nil && Set(counts.values).count > 1
    }

    /// The rows of lines of which those within a cell are full, and those at the ends of cells are not, or far from the
    /// next row; nil if that does not show the rows.
    private func wrappedRows(_ strip: [Int]) -> [[Int]]? {
        guard strip.count > 1 else { return strip.isEmpty ? [] : [strip] }
        guard let pitch, pitch <= size * Self.maximumLeading else { return nil }
        if columns.count > 2, let rows = centeredRows(strip, pitch: pitch) { return rows }
        let candidates = [rowsOfSpace(strip, pitch: pitch), rowsOfAnchors(strip)]
        return candidates.lazy.compactMap(\.self).first { areWrapped($0) && areParted($0, pitch: pitch) }
    }

    /// Whether most of the texts of the first column are numbers of paragraphs or notes, such as `2.1` and `[7]`.
    private var areOutlined: Bool {
        let names = lines.lazy.filter { $0.cells.count > 1 }.map { $0.cells[0].lines[0].text }
        let numbers = names.count { name in
            name.utf8.count <= 6 && name.contains { ".[]()".contains($0) }
                && name.allSatisfy { $0.isNumber || ".[]()".contains($0) }
        }
        return columns.count == 2 && numbers * 2 > names.count
    }

    /// The rows of lines that are further apart than those of a cell; nil if there are none.
    private func rowsOfSpace(_ strip: [Int], pitch: Double) -> [[Int]]? {
        var rows = [[strip[0]]]
        for (above, line) in zip(strip, strip.dropFirst()) {
            let isNear = lines[line].y.middle - lines[above].y.middle <= pitch * Self.maximumPitch
            // A paragraph of a cell begins no row.
            if isNear || lines[line].cells.first?.columns.lowerBound != 0 {
                rows[rows.count - 1].append(line)
            } else {
                rows.append([line])
            }
        }
        return rows.count > 1 ? rows : nil
    }

    /// The rows that begin with the lines that have text in a column of which each text is of one line; nil if there is
    /// no such column.
    private func rowsOfAnchors(_ strip: [Int]) -> [[Int]]? {
        let rows = (0..<columns.count).compactMap { column -> [[Int]]? in
            var rows: [[Int]] = []
            for line in strip {
                if lines[line].cells.contains(where: { $0.columns.contains(column) }) {
                    rows.append([line])
                } else if rows.isEmpty {
                    return nil
                } else {
                    rows[rows.count - 1].append(line)
                }
            }
            return rows.count > 1 && rows.count < strip.count ? rows : nil
        }
        return rows.min { $0.count < $1.count }
    }

    /// Whether each row begins with a short text of the first column beside another one, and each further line of a cell
    /// continues a full one.
    private func areWrapped(_ rows: [[Int]]) -> Bool {
        var broken = 0
        var names = 0
        for row in rows {
            guard let name = lines[row[0]].cells.first, name.columns == 0..<1, lines[row[0]].cells.count > 1,
                name.lines[0].text.first?.isLowercase == false, name.lines[0].text.utf8.count > 1
            else { return false }
            names += name.lines[0].text.wordCount
            var last: [Range<Int>: PDFLine] = [:]
            for line in row {
                for cell in lines[line].cells {
                    if let above = last[cell.columns] {
                        if !isFull(above, before: cell.lines[0], to: widths[cell.columns] ?? 0) { broken += 1 }
                    } else if line != row[0] {
                        return false
                    }
                    last[cell.columns] = cell.lines[0]
                }
            }
        }
        let count = rows.reduce(0) { $0 + $1.count }
        let labels = rows.count { row in row.count { lines[$0].cells[0].columns.lowerBound == 0 } == 1 }
        return count > rows.count && broken * 8 <= count && names <= rows.count * Self.maximumWordsOfLabel
            && (columns.count > 2 || labels * 3 >= rows.count * 2)
            && areAligned(rows)
    }

    /// Whether the texts of each column begin at the same place.
    private func areAligned(_ rows: [[Int]]) -> Bool {
        (0..<columns.count).allSatisfy { column in
            let starts = rows.joined().flatMap { lines[$0].cells }.filter { $0.columns == column..<(column + 1) }
                .map { $0.lines[0].x.lowerBound }.sorted()
            guard let usual = starts.dropFirst(starts.count / 2).first else { return true }
            return starts.count { abs($0 - usual) < size * Self.tolerance } * 5 >= starts.count * 4
        }
    }

    /// Whether most rows are parted from the one above by space, by a line with room for the next word, or by the type
    /// of their names.
    private func areParted(_ rows: [[Int]], pitch: Double) -> Bool {
        let parted = zip(rows, rows.dropFirst()).count { above, row in
            if lines[row[0]].y.middle - lines[above[above.count - 1]].y.middle > pitch * Self.maximumPitch {
                return true
            }
            let cells = lines[row[0]].cells
            if cells[0].isBold, cells.dropFirst().allSatisfy({ !$0.isBold }) { return true }
            return cells.contains { cell in
                let last = above.last { line in lines[line].cells.contains { $0.columns == cell.columns } }
                let upper = last.flatMap { line in lines[line].cells.first { $0.columns == cell.columns } }
                return upper.map { !isFull($0.lines[0], before: cell.lines[0], to: room(of: cell.columns)) } ?? false
            }
        }
        return parted * 3 >= (rows.count - 1) * 2
    }

    /// The width that a text of columns can have: up to the text of the next column, or that of the longest text.
    private func room(of columns: Range<Int>) -> Double {
        let longest = widths[columns] ?? 0
        guard self.columns.count > 2, columns.upperBound < self.columns.count else { return longest }
        let start = self.columns.text(of: columns.lowerBound).lowerBound
        return max(longest, self.columns.text(of: columns.upperBound).lowerBound - start - size)
    }

    /// Whether a line had no room for the first word of the next one, in a column of some width.
    private func isFull(_ line: PDFLine, before next: PDFLine, to width: Double) -> Bool {
        guard line.isBold == next.isBold, abs(line.size - next.size) < max(line.size, next.size) * 0.08 else {
            return false
        }
        let share = Double(next.text.prefix { $0 != " " }.count) / Double(max(1, next.text.count))
        let length = line.x.length + size * Self.blank + next.x.length * share
        return length > width - size * Self.tolerance
    }
}
