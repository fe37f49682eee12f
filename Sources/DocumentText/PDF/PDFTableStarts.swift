/// Finds where another table begins below the rows of a table: at names of columns that a title, a gap or the lines of
/// both tables part from the rows above.
struct PDFTableStarts {
    let rows: [PDFPieceRow]
    let edges: [PDFFrame.Edge]
    let rules: PDFRules?

    /// The part of a table that names its columns, and the row below it.
    private struct Names {
        var lines: [PDFPieceRow]
        var below: PDFPieceRow
    }

    /// The maximum number of lines of titles, and of names of columns.
    private static let maximumLinesOfTitle = 4
    private static let maximumLinesOfNames = 4
    /// The maximum number of words of the name of a column.
    private static let maximumWordsOfName = 8
    /// The minimum gap between tables, in gaps between rows, and what is added to it, in type sizes.
    private static let minimumGap = 1.5
    private static let minimumSpace = 0.3
    /// The minimum gap above a title of names that nothing marks, in gaps between rows.
    private static let minimumGapOfTitle = 1.15
    /// The minimum distance of a line below a table from one above the next table, in type sizes.
    private static let minimumDistance = 0.4

    /// The row with the names of the columns of another table that begins at a row, with its titles above the names; nil if
    /// none begins there.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - first: The first row of the table above.
    ///   - reach: The part of the width with the tables; nil for all of it.
    /// - Returns: The row with the names.
    func names(at row: Int, below first: Int, in reach: Range<Double>?) -> Int? {
        guard row > first, let above = inside(row - 1, reach), let start = inside(row, reach) else { return nil }
        var next = row
        while next - row < Self.maximumLinesOfTitle, inside(next, reach)?.pieces.count == 1 { next += 1 }
        guard let names = names(from: next, reach), next == row || Self.isTitle(start, of: names.lines[0]) else {
            return nil
        }
        if next > row, isBelowTitle(names, above, start) { return next }
        guard mayBeNames(names) || color(of: names.lines[0]) != nil else { return nil }
        let table = (first..<row).compactMap { inside($0, reach) }
        let filled = table.filter { $0.pieces.count > 1 }
        guard filled.count > 1 else { return nil }
        let gaps = zip(table, table.dropFirst()).map { max(0, $1.y.lowerBound - $0.y.upperBound) }
        let inner = gaps.count > 1 ? gaps : gaps + [names.below.y.lowerBound - names.lines[0].y.upperBound]
        let usual = inner.max() ?? 0
        let gap = start.y.lowerBound - above.y.upperBound
        let isFar = gap > usual * Self.minimumGap + start.size * Self.minimumSpace
        let isApart = isFar || isBetweenLines(above, start) && !areParted(table)
        let isNoEnd = isOwnText(start, below: above, names)
        let isTitled = next > row && above.pieces.count > 1 && (gap >= usual * 0.9 || isNoEnd)
        if isApart || isTitled, isMarked(names, below: filled) { return next }
        // Without a mark, the name of a group above a row of words looks the same.
        let areGroups = table.dropFirst().contains { $0.pieces.count == 1 }
        let isSentence = isNoEnd && start.pieces[0].line.text.last.map { ".:".contains($0) } == true
        let isClear = gap > usual * Self.minimumGapOfTitle + start.size * Self.minimumSpace * 0.5
        let mayBeNames = isApart || isTitled && (!areGroups || isClear || isSentence)
        return mayBeNames && isOfWords(names, below: filled, isApart: isApart, isTitled: next > row) ? next : nil
    }

    /// Whether the rows from one on belong to the table above, from which a row without text parts them.
    ///
    /// - Parameters:
    ///   - row: The first of the rows.
    ///   - first: The first row of the table above.
    /// - Returns: Whether nothing marks the row as the names of columns, as it marks those above, or whether the rows below it
    ///   have figures as the rows above have.
    func goOn(at row: Int, below first: Int) -> Bool {
        let table = Array(rows[first..<row])
        guard table.count > 1, row + 1 < rows.count, names(at: row, below: first, in: nil) == nil else { return false }
        let (names, next) = (rows[row], rows[row + 1])
        guard !areNames(names, as: table[0]) else { return false }
        guard areMarked(table) else { return !areMarked([names, next]) && PDFColumnKinds(table).fit(next) }
        let color = color(of: table[0])
        // The colors of every second row mark no names.
        let isOfBands = color != self.color(of: table[1]) && table.dropFirst(2).contains { self.color(of: $0) == color }
        return !isOfBands && !names.isBold && !isBelowLine(next, names)
            && (color == nil || color != self.color(of: names))
    }

    /// Whether a text is not the end of the name above it: it is longer than a name can be, or has room for its first word beside
    /// the name.
    private func isOwnText(_ text: PDFPieceRow, below above: PDFPieceRow, _ names: Names) -> Bool {
        let second = names.lines[0].pieces.dropFirst().first?.line.x.lowerBound ?? .infinity
        let (name, line) = (above.pieces[0].line, text.pieces[0].line)
        let share = Double(line.text.prefix { $0 != " " }.count) / Double(max(1, line.text.count))
        return text.x.upperBound > second
            || name.x.length + line.size * Self.minimumSpace + line.x.length * share < line.x.length
    }

    private func inside(_ row: Int, _ reach: Range<Double>?) -> PDFPieceRow? {
        guard rows.indices.contains(row) else { return nil }
        return reach.map { rows[row].within($0) } ?? rows[row]
    }

    /// The lines from a row that can name columns, and the row below them; nil if there are none.
    private func names(from row: Int, _ reach: Range<Double>?) -> Names? {
        var lines: [PDFPieceRow] = []
        while let line = inside(row + lines.count, reach), lines.count <= Self.maximumLinesOfNames {
            let isBody = lines.last.map { last in
                Self.hasFigures(line) || Self.hasFigure(line) && !lines.contains(where: Self.hasFigure)
                    || last.isBold && !line.isBold || isBelowLine(line, last) || color(of: line) != color(of: last)
            }
            if isBody == true { return lines.contains { $0.pieces.count > 1 } ? Names(lines: lines, below: line) : nil }
            lines.append(line)
        }
        return nil
    }

    /// Whether a text begins above the first of several names, or is in the middle above all of them.
    private static func isTitle(_ title: PDFPieceRow, of names: PDFPieceRow) -> Bool {
        let second = names.pieces.count > 1 ? names.pieces[1].line.x.lowerBound : names.x.upperBound
        return title.x.lowerBound < second || abs(title.x.middle - names.x.middle) < title.size
    }

    /// Whether bold names of columns are below a title that begins at the same place.
    private func isBelowTitle(_ names: Names, _ above: PDFPieceRow, _ title: PDFPieceRow) -> Bool {
        let line = names.lines[0]
        return line.pieces.count > 1 && line.isBold && !above.isBold
            && abs(title.x.lowerBound - line.x.lowerBound) < title.size
    }

    /// Whether lines are marked as the names of columns, other than the rows above and below: by their type, the color of the
    /// names above, or a line below them.
    private func isMarked(_ names: Names, below rows: [PDFPieceRow]) -> Bool {
        let (top, above, other) = (rows[0], rows[rows.count - 1], rows[rows.count - 2])
        let color = color(of: names.lines[0])
        let isOfRows = color == self.color(of: above) || color == self.color(of: names.below)
        if color != nil, color == self.color(of: top), !isOfRows { return true }
        guard mayBeNames(names) else { return false }
        if names.lines.allSatisfy(\.isBold), !above.isBold, !names.below.isBold { return true }
        guard beginInUpperCase(names), let last = names.lines.last else { return false }
        // Between lines of rows, several lines of text are one row.
        let areOneRow =
            isBelowLine(names.lines[0], above) && !zip(rows, rows.dropFirst()).contains { isBelowLine($1, $0) }
        return isBelowLine(names.below, last) && !isBelowLine(above, other) && !areOneRow
    }

    /// Whether lines are words between rows of figures below names that nothing marks either.
    private func isOfWords(_ names: Names, below rows: [PDFPieceRow], isApart: Bool, isTitled: Bool) -> Bool {
        guard mayBeNames(names), beginInUpperCase(names), !areMarked(rows), let above = rows.last else { return false }
        // A text of other rows is no name.
        let texts = Set((rows.dropFirst() + [names.below]).flatMap { $0.pieces.dropFirst().map(\.line.text) })
        guard !names.lines[0].pieces.contains(where: { texts.contains($0.line.text) }),
            isTitled || areNames(names.lines[0], as: rows[0]) || !PDFColumnKinds(rows).fit(names.below)
        else { return false }
        if Self.hasFigures(above), Self.hasFigures(names.below) { return true }
        // Between rows of few figures, words can be a row as well, if nothing parts them.
        return isApart && Self.hasFigure(above) && Self.hasFigure(names.below)
            && !names.lines.contains(where: Self.hasFigure)
    }

    /// Whether type, a color or a line marks the first of several rows.
    private func areMarked(_ rows: [PDFPieceRow]) -> Bool {
        let (first, second) = (rows[0], rows[1])
        if first.isBold, rows.contains(where: { !$0.isBold }) || color(of: first) != color(of: second) { return true }
        return isBelowLine(second, first) && (rows.count < 3 || !isBelowLine(rows[2], second))
    }

    /// Whether lines are short, different words.
    private func mayBeNames(_ names: Names) -> Bool {
        let first = names.lines[0].pieces.map(\.line.text)
        return first.count > 1 && !names.lines.contains(where: Self.hasFigures) && Set(first).count == first.count
            && names.lines.flatMap(\.pieces).allSatisfy { $0.line.text.wordCount <= Self.maximumWordsOfName }
    }

    /// Whether a row has one of the names of the row of names above at the same place, or years as further names.
    private func areNames(_ row: PDFPieceRow, as names: PDFPieceRow) -> Bool {
        zip(row.pieces, names.pieces).contains { $0.line.text == $1.line.text }
            || row.pieces.dropFirst().allSatisfy(\.line.text.isYear)
    }

    private func beginInUpperCase(_ names: Names) -> Bool {
        names.lines[0].pieces.allSatisfy { $0.line.text.first?.isLowercase == false }
    }

    /// Whether a cell but the first is a figure that is no year.
    private static func hasFigure(_ row: PDFPieceRow) -> Bool {
        row.pieces.dropFirst().contains { $0.line.text.beginsWithFigure && !$0.line.text.isYear }
    }

    /// Whether most cells of a row but the first are figures that are no years.
    private static func hasFigures(_ row: PDFPieceRow) -> Bool {
        let texts = row.pieces.dropFirst().map(\.line.text)
        return texts.count { $0.beginsWithFigure && !$0.isYear } * 2 > texts.count
    }

    private func color(of row: PDFPieceRow) -> String? {
        rules?.color(x: row.pieces[0].line.x.middle, y: row.y.middle)
    }

    /// Whether a ruling line is between two rows.
    private func isBelowLine(_ row: PDFPieceRow, _ above: PDFPieceRow) -> Bool {
        edges(between: above, row).contains { !$0.isOfFill }
    }

    /// The edges between two rows that cover most of their width.
    private func edges(between above: PDFPieceRow, _ row: PDFPieceRow) -> [PDFFrame.Edge] {
        let x = above.x.union(row.x)
        return edges.filter {
            $0.y > above.y.middle && $0.y < row.y.middle && $0.x.overlap(x) > x.length * 0.5
        }
    }

    /// Whether an edge below a row and another one above the next row have nothing between them.
    private func isBetweenLines(_ above: PDFPieceRow, _ row: PDFPieceRow) -> Bool {
        let edges = edges(between: above, row)
        guard let first = edges.first, let last = edges.last else { return false }
        return last.y - first.y > row.size * Self.minimumDistance
    }

    /// Whether some rows have two edges between them.
    private func areParted(_ table: [PDFPieceRow]) -> Bool {
        zip(table, table.dropFirst()).contains { isBetweenLines($0, $1) }
    }
}

extension PDFPieceRow {
    fileprivate var isBold: Bool { pieces.allSatisfy(\.line.isBold) }
}
