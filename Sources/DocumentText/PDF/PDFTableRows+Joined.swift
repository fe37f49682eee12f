/// Rows of lines of which most are a row each.
extension PDFTableRows {
    /// The maximum distance of the lines of a cell, and of rows as close as the usual ones, in distances of rows.
    private static let closeDistance = 0.88
    private static let sameDistance = 1.05

    /// Each line as a row, but for those that continue the cells above.
    func joinedLines(_ strip: [Int]) -> [[Int]] {
        var rows: [[Int]] = []
        let distance = distanceOfRows(strip)
        for line in strip {
            if let last = rows.last?.last, continues(line, last) || isEnd(line, of: last, rowsApart: distance) {
                rows[rows.count - 1].append(line)
            } else {
                rows.append([line])
            }
        }
        return rows
    }

    /// The rows of lines, each of which starts with text in the first column.
    func keyedRows(_ strip: [Int]) -> [[Int]] {
        var rows: [[Int]] = []
        for line in strip {
            let key = lines[line].cells.first { $0.columns.lowerBound == 0 }
            let goesOn = key?.lines[0].text.first?.isLowercase == true
            if key != nil, !goesOn || rows.isEmpty {
                rows.append([line])
            } else if rows.isEmpty {
                rows = [[line]]
            } else {
                rows[rows.count - 1].append(line)
            }
        }
        return rows
    }

    /// Whether a line without text in the first column continues the cells of the line above.
    private func continues(_ line: Int, _ above: Int) -> Bool {
        let cells = lines[line].cells
        guard cells.first?.columns.lowerBound != 0,
            lines[line].y.middle - lines[above].y.middle <= size * Self.closeLeading
        else { return false }
        return cells.allSatisfy { cell in
            guard let start = lines[above].cells.first(where: { $0.columns == cell.columns }) else { return false }
            let column = columns.range(of: cell.columns.lowerBound)
            return cell.lines[0].text.first?.isLowercase == true || start.lines[0].x.length > column.length * 0.6
        }
    }

    /// The minimum distance of lines that begin rows with several cells; nil if there are few.
    private func distanceOfRows(_ strip: [Int]) -> Double? {
        let distances = zip(strip, strip.dropFirst()).filter { above, line in
            lines[above].cells.count > 1 && lines[line].cells.count > 1 && !goesOn(line)
        }.map { lines[$1].y.middle - lines[$0].y.middle }
        return distances.count > 1 ? distances.min() : nil
    }

    /// Whether all texts of a line begin in lower case.
    private func goesOn(_ line: Int) -> Bool {
        lines[line].cells.allSatisfy { $0.lines[0].text.first?.isLowercase == true }
    }

    /// Whether a line is the end of the cells above: of a name alone, or of the names of the columns.
    ///
    /// It is closer to them than rows are to each other; the end of a name can also be as close, if the name fills its column.
    private func isEnd(_ line: Int, of above: Int, rowsApart rowDistance: Double?) -> Bool {
        let cells = lines[line].cells
        let starts = cells.map { cell in lines[above].cells.first { $0.columns == cell.columns } }
        guard let distance = rowDistance ?? pitch, starts.allSatisfy({ $0.map { !isOtherType($0, cells[0]) } ?? false })
        else { return false }
        let space = lines[line].y.middle - lines[above].y.middle
        // Where no two rows of one line each are below each other, only lines that go on are known to be close.
        let isClose = rowDistance != nil && space < distance * Self.closeDistance
        guard cells.count == 1 else { return isClose && goesOn(line) }
        let isFull = (starts[0]?.lines[0].x.length ?? 0) > columns.range(of: cells[0].columns.lowerBound).length * 0.6
        return isClose || goesOn(line) && isFull && space < distance * Self.sameDistance
    }

    /// Whether two cells are in type of different weights.
    private func isOtherType(_ cell: PDFTable.Cell, _ other: PDFTable.Cell) -> Bool { cell.isBold != other.isBold }

    /// Rows, of which the first has the lines below it that go on with its names, above a row of figures.
    ///
    /// - Parameter rows: The lines of each row.
    /// - Returns: The rows.
    func withWholeNames(_ rows: [[Int]]) -> [[Int]] {
        guard let first = rows.first, lines[first[0]].cells.count > 1,
            !first.contains(where: { lines[$0].cells.contains(where: \.isFigure) })
        else { return rows }
        var names = first
        var rest = rows.dropFirst()
        while let line = rest.first, line.count == 1, goesOn(line[0], withNames: names) {
            names.append(line[0])
            rest = rest.dropFirst()
        }
        guard names.count > first.count, let row = rest.first, let cells = row.first.map({ lines[$0].cells }),
            cells.first?.columns == 0..<1, cells.dropFirst().contains(where: \.isFigure)
        else { return rows }
        return [names] + rest
    }

    /// Whether all texts of a line are further lines of names: words in lower case or in brackets directly below them.
    private func goesOn(_ line: Int, withNames names: [Int]) -> Bool {
        guard let last = names.last, lines[line].y.middle - lines[last].y.middle <= size * Self.maximumLeading else {
            return false
        }
        let above = lines[names[0]].cells
        return lines[line].cells.allSatisfy { cell in
            let text = cell.lines[0].text
            return (text.first?.isLowercase == true || text.first == "(") && text.contains(where: \.isLetter)
                && !cell.isFigure && above.contains { $0.columns == cell.columns && $0.isBold == cell.isBold }
        }
    }
}
