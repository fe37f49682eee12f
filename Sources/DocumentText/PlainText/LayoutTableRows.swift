/// Collects the rows of a table in laid-out text, line by line.
struct LayoutTableRows {
    private(set) var rows: [[String]]
    /// The index of the first line after the rows.
    private(set) var position: Int
    private let lines: [LayoutLine]
    private var columns: [Range<Int>]
    private let hasEmptyCorner: Bool
    /// Whether the first line is a label of the rows below it.
    let startsWithLabel: Bool
    /// How many cells of each column, below the first row, are figures, and how many are not.
    private var contents: [(figures: Int, others: Int)]
    /// Whether a line is drawn below the first row.
    private var isFirstRowRuled = false

    /// The maximum distance of a cell's start from its column's.
    private static let tolerance = 2
    /// The maximum indentation of rows below their label.
    private static let maximumIndentation = 8
    /// The maximum number of lines of a row's name before the line of its other cells.
    private static let maximumLinesOfName = 3

    /// Starts a table with its first line.
    init(_ lines: [LayoutLine], at start: Int) {
        self.lines = lines
        position = start + 1
        startsWithLabel = !Self.isRow(lines[start])
        if startsWithLabel {
            columns = lines[position].segments.map(\.columns)
            rows = [[lines[start].text] + columns.dropFirst().map { _ in "" }]
            contents = Array(repeating: (0, 0), count: columns.count)
            hasEmptyCorner = false
            return
        }
        columns = lines[start].segments.map(\.columns)
        rows = [Self.named(lines[start].segments.map(\.text))]
        hasEmptyCorner = position < lines.count && Self.isBelowEmptyCorner(lines[position], of: columns)
        if hasEmptyCorner {
            columns.insert(lines[position].segments[0].columns, at: 0)
            rows[0].insert("", at: 0)
        }
        contents = Array(repeating: (0, 0), count: columns.count)
    }

    /// The cells of a row, with the colon after its name that is written before its value.
    private static func named(_ cells: [String]) -> [String] {
        guard cells.count == 2, cells[1].hasPrefix(": "), !cells[0].isEmpty else { return cells }
        return [cells[0].hasSuffix(":") ? cells[0] : cells[0] + ":", String(cells[1].dropFirst(2))]
    }

    /// Whether a line has cells.
    static func isRow(_ line: LayoutLine) -> Bool {
        line.segments.count >= 2 && !line.isContentsEntry && !hasOnlyGapsOfSentences(line)
            && (line.listItem == nil || line.segments.count > 2)
            && (line.headingNumberDepth == nil || line.segments.count > 2)
    }

    /// Whether all gaps of a line are the two blanks that some writers put after a sentence.
    private static func hasOnlyGapsOfSentences(_ line: LayoutLine) -> Bool {
        zip(line.segments, line.segments.dropFirst()).allSatisfy { part, next in
            next.columns.lowerBound == part.columns.upperBound + 2 && next.text.first?.isUppercase == true
                && part.text.last.map { ".!?".contains($0) } == true
                && (part.text.wordCount > 2 || part.text.first?.isLowercase == true)
        }
    }

    /// Whether the first row is a header: above figures and the names of rows, or above a line.
    var hasHeader: Bool {
        let body = rows.dropFirst()
        if isFirstRowRuled {
            return body.count > 1 && !rows[0].contains("") && body.allSatisfy { $0[0].last != ":" }
        }
        return hasEmptyCorner && body.allSatisfy { !$0[0].isEmpty }
            && body.allSatisfy { $0.dropFirst().allSatisfy { $0.isEmpty || $0.beginsWithFigure } }
    }

    /// Reads the next row, or the continuation of the last one; false if there is none.
    mutating func readsRow() -> Bool {
        guard let next = nextLine else { return false }
        let line = lines[next]
        let isAdjacent = next == position
        if isAdjacent, line.isRule { return skipsRule() }
        if isAdjacent, !Self.isRow(line), continuesName(line) {
            rows[rows.count - 1][0] += " " + line.text
            position = next + 1
            return true
        }
        if isAdjacent, isRemark(at: next) {
            rows[rows.count - 1][1] += " " + line.text
            position = next + 1
            return true
        }
        if isAdjacent, isLabel(at: next) {
            append([line.text] + columns.dropFirst().map { _ in "" })
            position = next + 1
            return true
        }
        if isAdjacent, let count = linesOfName(at: next) {
            let name = lines[next..<next + count].map(\.text).joined(separator: " ")
            guard let cells = cells(of: lines[next + count]) else { return false }
            append(["\(name) \(cells[0])"] + cells.dropFirst())
            position = next + count + 1
            return true
        }
        let known = columns
        guard let cells = cells(of: line), isAdjacent && !Self.isRow(line) ? cells[0].isEmpty : true,
            isAdjacent || !startsTable(cells, at: next)
        else {
            columns = known
            return false
        }
        if Self.isRow(line), !cells[0].isEmpty || !isAdjacent || hasSecondFigures(cells) {
            append(cells)
        } else {
            let last = rows.count - 1
            for (column, cell) in cells.enumerated() where !cell.isEmpty { rows[last][column] += " " + cell }
        }
        position = next + 1
        return true
    }

    /// The index of the next line that is not empty, after at most one empty line.
    private var nextLine: Int? {
        if position < lines.count, !lines[position].isEmpty { return position }
        return position + 1 < lines.count && !lines[position + 1].isEmpty && Self.isRow(lines[position + 1])
            ? position + 1 : nil
    }

    /// Whether a row below another one would give a second figure to a cell, as a total does.
    private func hasSecondFigures(_ cells: [String]) -> Bool {
        guard let last = rows.last else { return false }
        return zip(cells, last).dropFirst().contains { $0.beginsWithFigure && $1.beginsWithFigure }
    }

    /// Whether the row after an empty line is the first one of another table: it has words where there are only
    /// figures above, or it is above a line.
    private func startsTable(_ cells: [String], at next: Int) -> Bool {
        if lines[next].text.contains("|") { return true }
        let below = next + 1 < lines.count ? lines[next + 1] : LayoutLine("")
        if !below.isEmpty, below.text.allSatisfy({ "-=─━═ ".contains($0) }) { return true }
        var (figures, words) = (0, 0)
        for (column, cell) in cells.enumerated() where !cell.isEmpty {
            guard contents[column].figures > 0, contents[column].others == 0 else { continue }
            if cell.beginsWithFigure {
                figures += 1
            } else if cell.contains(where: \.isLetter) {
                if column == 0 { return true }
                words += 1
            }
        }
        let second = next + 2 < lines.count ? lines[next + 2] : LayoutLine("")
        return words > 0 && figures == 0 && (Self.isRow(below) || !below.isEmpty && Self.isRow(second))
    }

    /// Skips a line that is drawn between two rows.
    private mutating func skipsRule() -> Bool {
        let (next, known) = (position + 1, columns)
        guard next < lines.count, Self.isRow(lines[next]), let cells = cells(of: lines[next]),
            rows.count > 1 || cells[0].last != ":"
        else {
            columns = known
            return false
        }
        if rows.count == 1 { isFirstRowRuled = true }
        append(cells)
        position = next + 1
        return true
    }

    private mutating func append(_ cells: [String]) {
        rows.append(Self.named(cells))
        for (column, cell) in cells.enumerated() where !cell.isEmpty {
            if cell.beginsWithFigure { contents[column].figures += 1 } else { contents[column].others += 1 }
        }
    }

    /// Whether a line is the rest of the last row's name.
    private func continuesName(_ line: LayoutLine) -> Bool {
        guard rows.count > 1, isInFirstColumn(line), line.text.first?.isLowercase == true else { return false }
        return rows.last?.first?.last.map { !".:;!?".contains($0) } ?? false
    }

    /// Whether a line is a remark in brackets on the value in the row above: indented, and above another row.
    private func isRemark(at place: Int) -> Bool {
        guard columns.count == 2, rows.count > 1, lines[place].segments.count == 1, place + 1 < lines.count else {
            return false
        }
        return lines[place].indentation > columns[0].lowerBound && lines[place].text.first == "("
            && lines[place].text.last == ")" && Self.isRow(lines[place + 1])
    }

    /// Whether a line is the first of several labels, each of which is above rows that are indented.
    static func isFirstLabel(_ lines: [LayoutLine], at start: Int) -> Bool {
        let label = lines[start]
        func isIndented(_ line: LayoutLine) -> Bool {
            isRow(line) && line.indentation > label.indentation
                && line.indentation <= label.indentation + maximumIndentation
        }
        guard label.segments.count == 1, label.listItem == nil, let last = label.text.last, !".;!?".contains(last),
            start + 1 < lines.count, isIndented(lines[start + 1]),
            label.segments[0].columns.upperBound < lines[start + 1].segments[1].columns.lowerBound
        else { return false }
        let rest = lines[(start + 1)...].drop(while: isIndented)
        guard let next = rest.first, let below = rest.dropFirst().first else { return false }
        return next.segments.count == 1 && next.indentation == label.indentation && isIndented(below)
    }

    /// Whether a line is the label of the rows below it, which are indented.
    private func isLabel(at place: Int) -> Bool {
        let label = lines[place]
        guard place + 1 < lines.count, label.segments.count == 1, label.listItem == nil, columns.count > 1,
            Self.isRow(lines[place + 1]), let last = label.text.last, !".;!?".contains(last)
        else { return false }
        let (part, below) = (label.segments[0].columns, lines[place + 1].segments[0].columns)
        return part.lowerBound < below.lowerBound && part.upperBound < columns[1].lowerBound
            && below.lowerBound <= columns[0].lowerBound + Self.maximumIndentation
            && below.upperBound < columns[1].lowerBound
    }

    /// The number of lines of a name before the row that ends it; nil if the line is not a part of a name.
    private func linesOfName(at start: Int) -> Int? {
        for count in 1...Self.maximumLinesOfName {
            let next = start + count
            guard next < lines.count, isInFirstColumn(lines[next - 1]), let last = lines[next - 1].text.last else {
                return nil
            }
            let isContinued = lines[next].text.first?.isLowercase == true || ",&/".contains(last)
            guard isContinued, !".:;!?".contains(last) else { return nil }
            if Self.isRow(lines[next]) {
                return lines[next].segments[0].columns.lowerBound <= columns[0].lowerBound + Self.tolerance
                    ? count : nil
            }
        }
        return nil
    }

    private func isInFirstColumn(_ line: LayoutLine) -> Bool {
        guard line.segments.count == 1, line.listItem == nil, columns.count > 1 else { return false }
        let part = line.segments[0].columns
        return abs(part.lowerBound - columns[0].lowerBound) <= Self.tolerance && part.upperBound < columns[1].lowerBound
    }

    /// Whether the first cell of a line is left of all columns of the line above, and its other cells are below them.
    private static func isBelowEmptyCorner(_ line: LayoutLine, of columns: [Range<Int>]) -> Bool {
        guard isRow(line), let first = columns.first, line.segments[0].columns.upperBound < first.lowerBound else {
            return false
        }
        return line.segments.dropFirst().allSatisfy { segment in
            columns.count { $0.overlaps(segment.columns) } == 1
                || columns.contains { abs($0.lowerBound - segment.columns.lowerBound) <= tolerance }
        }
    }

    /// The cells of a line by column, each of which widens its column; nil if the line does not fit the columns.
    private mutating func cells(of line: LayoutLine) -> [String]? {
        var cells = Array(repeating: "", count: columns.count)
        var widened = columns
        for segment in line.segments {
            let overlaps = columns.indices.filter { columns[$0].overlaps(segment.columns) }
            let nearest = columns.indices.min {
                abs(columns[$0].lowerBound - segment.columns.lowerBound)
                    < abs(columns[$1].lowerBound - segment.columns.lowerBound)
            }
            let isNear =
                nearest.map { abs(columns[$0].lowerBound - segment.columns.lowerBound) <= Self.tolerance } ?? false
            guard let column = overlaps.count == 1 ? overlaps[0] : isNear ? nearest : nil, cells[column].isEmpty else {
                return nil
            }
            cells[column] = segment.text
            let grown = columns[column]
            widened[column] =
                min(grown.lowerBound, segment.columns.lowerBound)..<max(grown.upperBound, segment.columns.upperBound)
        }
        columns = widened
        return cells
    }
}
