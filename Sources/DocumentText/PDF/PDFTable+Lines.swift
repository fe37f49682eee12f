extension PDFTable {
    /// The maximum number of words of a line that is an item of a list.
    private static let maximumWordsOfItem = 4
    /// The number of items that need no other evidence than a list of figures beside them.
    private static let manyItems = 3

    /// The rows of a row of which several cells are lists of as many lines, as shifts with their hours; nil if it is one.
    ///
    /// - Parameters:
    ///   - row: The cells, of which those before the lists cover all rows.
    ///   - columns: The parts of the width of the table's columns.
    /// - Returns: The rows.
    static func rowsOfLists(_ row: [Cell], columns: [Range<Double>]) -> [[Cell]]? {
        guard let first = row.firstIndex(where: { $0.lines.count > 1 }) else { return nil }
        let (names, lists) = (row[..<first], row[first...])
        let count = row[first].lines.count
        guard lists.count > 1, lists.allSatisfy({ $0.lines.count == count }),
            row.reduce(0, { $0 + $1.columns.count }) == columns.count, row.allSatisfy({ $0.rowSpan == 1 }),
            lists.allSatisfy({ areBeside($0.lines, row[first].lines) }), !names.isEmpty || count >= manyItems
        else { return nil }
        let figures = lists.count { $0.lines.allSatisfy(isFigure) }
        let texts = lists.filter { !$0.lines.allSatisfy(isFigure) }
        let areItems = texts.allSatisfy { cell in
            cell.lines.allSatisfy { $0.text.first?.isLowercase == false && $0.text.wordCount <= maximumWordsOfItem }
        }
        let haveRoom = texts.allSatisfy { cell in
            let width = columns[cell.columns.lowerBound].union(columns[cell.columns.upperBound - 1])
            return zip(cell.lines, cell.lines.dropFirst()).allSatisfy { hasRoom($0, for: $1, in: width) }
        }
        guard areItems, figures > 1 || figures == 1 && (count >= manyItems || haveRoom) else { return nil }
        return (0..<count).map { line in
            let items = lists.map { Cell(lines: [$0.lines[line]], columns: $0.columns) }
            guard line == 0 else { return items }
            return names.map { Cell(lines: $0.lines, columns: $0.columns, rowSpan: count) } + items
        }
    }

    /// Whether lines are at the same heights.
    private static func areBeside(_ lines: [PDFLine], _ others: [PDFLine]) -> Bool {
        zip(lines, others).allSatisfy { $0.y.overlap($1.y) > min($0.y.length, $1.y.length) * 0.5 }
    }

    /// Whether a line is a whole figure, with a unit at most.
    private static func isFigure(_ line: PDFLine) -> Bool {
        let text = line.text
        return text.beginsWithFigure && text.wordCount <= 3
            && text.last.map { $0.isLetter || $0.isNumber || "%€$£)".contains($0) } == true
    }

    /// Whether a line of a cell has room for the first word of the next one.
    private static func hasRoom(_ line: PDFLine, for next: PDFLine, in width: Range<Double>) -> Bool {
        let share = Double(next.text.prefix { $0 != " " }.count) / Double(max(1, next.text.count))
        let margin = max(0, line.x.lowerBound - width.lowerBound)
        return line.x.length + line.size * 0.3 + next.x.length * share < width.length - margin * 2
    }
}
