/// Forms the rows of a table: the lines of a row's cells are between two edges, or closer to each other than to those of
/// other rows.
struct PDFTableRows {
    /// A logical row: the cells, in the order of their columns.
    typealias Row = [PDFTable.Cell]

    let columns: PDFTableColumns
    let edges: [PDFFrame.Edge]
    let rules: PDFRules?
    /// The lines, each with the cells of its height.
    let lines: [(cells: Row, y: Range<Double>)]
    /// The heights of edges across most of the table.
    private let borders: [Double]
    let size: Double
    /// Whether vertical lines separate the columns.
    private let isSplit: Bool
    /// Whether the first line has figures as those below have, so that it does not name the columns.
    private let isFirstOfFigures: Bool
    /// The distance of the lines of a cell; nil if no cell has several.
    let pitch: Double?
    /// The minimum distance of rows of one line each.
    var rowDistance: Double?
    /// The lengths of the longest texts, by the columns that they cover.
    let widths: [Range<Int>: Double]

    /// The maximum distance of edges that are one.
    private static let tolerance = 4.0
    /// The maximum distance of the lines of a cell, in their usual distance.
    static let maximumPitch = 1.18
    /// The maximum distance of the lines of a cell, in type sizes.
    static let maximumLeading = 1.75
    /// The maximum distance of close lines, in type sizes.
    static let closeLeading = 1.45
    /// The minimum number of rows between edges that are a row each.
    private static let minimumStrips = 3
    /// The maximum number of words of all cells but one.
    private static let maximumWordsOfCell = 70
    /// The maximum number of lines of most headers, and of any.
    private static let usualLinesOfHeader = 4
    private static let maximumLinesOfHeader = 6
    /// The maximum number of lines of a row between edges.
    private static let maximumLinesOfStrip = 4

    /// Prepares the rows of lines.
    init(_ rows: [PDFPieceRow], columns: PDFTableColumns, edges: [PDFFrame.Edge], rules: PDFRules?, isSplit: Bool) {
        self.columns = columns
        self.edges = edges
        self.rules = rules
        self.isSplit = isSplit
        lines = rows.map { (Self.cells(of: $0, columns), $0.y) }
        let figures = rows[0].pieces.dropFirst().map(\.line.text).filter(\.beginsWithFigure)
        isFirstOfFigures = !figures.allSatisfy(\.beginsWithYear) && PDFColumnKinds(rows).fit(rows[0])
        size = rows.map(\.size).sorted().dropFirst(rows.count / 2).first ?? 1
        borders = Self.borders(edges, columns, lines)
        pitch = Self.pitch(of: lines, borders: borders, columns: columns.count)
        let texts = lines.lazy.flatMap(\.cells).map { ($0.columns, $0.lines[0].x.length) }
        widths = Dictionary(texts, uniquingKeysWith: max)
    }

    /// Whether many wide gaps are within columns, as where the parts of a form have columns of their own.
    static func areMisfit(_ rows: [PDFPieceRow], _ columns: PDFTableColumns) -> Bool {
        var pieces = 0
        var joined = 0
        for row in rows {
            pieces += row.pieces.count
            for (left, right) in zip(row.pieces, row.pieces.dropFirst()) {
                let isWide = right.line.x.lowerBound - left.line.x.upperBound > right.line.size
                if isWide, columns.columns(of: left.line).overlaps(columns.columns(of: right.line)) { joined += 1 }
            }
        }
        return joined * 8 > pieces
    }

    /// The table; nil if the rows are not one.
    ///
    /// - Parameter isFramed: Whether lines or colors mark the rows as a table.
    /// - Returns: The table.
    mutating func table(isFramed: Bool) -> PDFTable? {
        let strips = strips
        let areRows = areRows(strips)
        let areWhole = strips.count > Self.minimumStrips && strips.dropFirst().allSatisfy(isOfWrappedCells)
        let groups = strips.enumerated().flatMap { number, strip in
            guard areRows || areWhole && number > 0, !isOfSeveralRows(strip) else { return self.groups(of: strip) }
            // Above the first edge, a row can be below the header.
            return number > 0 || boldLines == 0 ? [strip] : self.groups(of: strip)
        }
        let isEvident = isFramed && (strips.count > 1 || colored > 0 || isSplit)
        guard !isList || areRows && columns.count > 2, areRows || !areText(groups, isFramed: isEvident) else {
            return nil
        }
        return table(of: withWholeNames(groups), strips, upTo: Self.maximumWordsOfCell)
    }

    /// The lines by the edges across the table that are above them.
    var strips: [[Int]] {
        var strips: [[Int]] = []
        var strip: Int?
        for (index, line) in lines.enumerated() {
            let number = borders.count { $0 < line.y.middle }
            if number == strip { strips[strips.count - 1].append(index) } else { strips.append([index]) }
            strip = number
        }
        return strips
    }

    /// Whether the lines between two edges are a row each.
    private func areRows(_ strips: [[Int]]) -> Bool {
        let parts = strips.dropFirst()
        return parts.count >= Self.minimumStrips
            && parts.reduce(0) { $0 + $1.count } < parts.count * Self.maximumLinesOfStrip
    }

    /// The table of the lines of each row; nil if they are not one.
    mutating func table(of groups: [[Int]], _ strips: [[Int]], upTo words: Int) -> PDFTable? {
        var groups = groups
        let areRows = areRows(strips)
        let firstRows = groups.count { $0[0] < strips[0].count }
        let isRuled = isHeader(strips[0], above: strips.count - 1, areRows: areRows) && groups.count - firstRows > 1
        let isMarked = colored > 0 || isRuled
        let headLines = headerLines(colored > 0 ? colored : isRuled ? strips[0].count : boldLines)
        let body = groups.filter { $0[0] >= headLines }
        if body.count > 1, body.allSatisfy({ $0.count == 1 }) {
            rowDistance = zip(body, body.dropFirst()).map { lines[$1[0]].y.middle - lines[$0[0]].y.middle }.min()
        }
        var rows = headerRows(headLines)
        let header = rows.count
        if isMarked, rows.joined().count > 1 {
            for row in rows.indices { for cell in rows[row].indices { rows[row][cell].isHeader = true } }
        }
        groups = groups.compactMap { group in
            let rest = group.filter { $0 >= headLines }
            return rest.isEmpty ? nil : rest
        }
        var bodyRows = groups.map { group in Self.merged(group.flatMap { lines[$0].cells }) }
        let heights = groups.map { group in group.map { lines[$0].y }.reduce(lines[group[0]].y) { $0.union($1) } }
        if areRows { extendOverRows(&bodyRows, heights) } else { extendNames(&bodyRows, groups, strips) }
        rows += bodyRows
        widenGroups(&rows, after: header)
        widenCellsBetweenColumns(&rows, after: header)
        let long = rows.joined().count { cell in
            cell.lines.reduce(0) { $0 + $1.text.wordCount } > words
        }
        guard rows.count > 1, rows.count(where: { $0.count > 1 }) > 1, long < 2 else { return nil }
        var table = PDFTable(rows: rows, columns: columns.ranges)
        if colored > 0 { table.colorOfNames = color(ofLine: 0) }
        return table
    }

    /// Whether the lines above the first edge are a header, by the number of parts between the other edges.
    private func isHeader(_ strip: [Int], above parts: Int, areRows: Bool) -> Bool {
        guard parts > 0, parts <= 2 || !areRows, strip.count <= Self.maximumLinesOfHeader,
            strip.count > 1 || !isFirstOfFigures
        else { return false }
        // A line is below a header, but a color can begin at any row.
        let isRuled = edges.contains { edge in
            !edge.isOfFill && borders.first.map { abs(edge.y - $0) <= Self.tolerance } ?? false
        }
        if parts <= 2, isRuled, strip.count <= Self.usualLinesOfHeader { return true }
        if !isRuled, boldLines > 0, boldLines < strip.count { return false }
        func isOfFigures(_ line: Int) -> Bool {
            let cells = lines[line].cells.dropFirst()
            let texts = cells.map { $0.lines[0].text }
            return texts.count { $0.beginsWithFigure && !$0.beginsWithYear } * 2 > cells.count
        }
        if !isRuled { return !strip.contains(where: isOfFigures) }
        return strip.count(where: isOfFigures) * 2 <= strip.count
    }

    /// The cells of the text at one height.
    private static func cells(of row: PDFPieceRow, _ columns: PDFTableColumns) -> Row {
        var cells: Row = []
        for piece in row.pieces {
            let covered = columns.columns(of: piece.line)
            if let last = cells.last, last.columns.overlaps(covered) {
                var line = last.lines[0]
                line.text += " " + piece.line.text
                line.x = line.x.union(piece.line.x)
                line.isBold = line.isBold && piece.line.isBold
                let both = last.columns.lowerBound..<max(last.columns.upperBound, covered.upperBound)
                let below = last.lines.dropFirst() + piece.below.map(\.line)
                cells[cells.count - 1] = PDFTable.Cell(lines: [line] + below, columns: both)
            } else {
                let lines = [piece.line] + piece.below.map(\.line)
                cells.append(PDFTable.Cell(lines: lines, columns: covered))
            }
        }
        return cells
    }

    /// The cells of the lines of a row, those of the same columns merged.
    static func merged(_ cells: Row) -> Row {
        var merged: Row = []
        for cell in cells.sorted(by: {
            ($0.columns.lowerBound, $0.lines[0].y.lowerBound) < ($1.columns.lowerBound, $1.lines[0].y.lowerBound)
        }) {
            if let last = merged.last, last.columns.overlaps(cell.columns) {
                merged[merged.count - 1].lines += cell.lines
                merged[merged.count - 1].columns =
                    last.columns.lowerBound..<max(last.columns.upperBound, cell.columns.upperBound)
            } else {
                merged.append(cell)
            }
        }
        for cell in merged.indices { merged[cell].lines.sort { $0.y.middle < $1.y.middle } }
        return merged
    }

    /// The heights at which edges cover at least half of the table's width, but for those below names of groups of columns.
    private static func borders(
        _ edges: [PDFFrame.Edge],
        _ columns: PDFTableColumns,
        _ lines: [(cells: Row, y: Range<Double>)]
    ) -> [Double] {
        var borders: [(y: Double, isWhole: Bool)] = []
        var group: [PDFFrame.Edge] = []
        func end() {
            guard let first = group.first, let last = group.last else { return }
            let parts = PDFBand.clusters(of: group.map(\.x))
            let covered = parts.reduce(0) { $0 + $1.overlap(columns.x) }
            let isWhole = parts.contains { $0.contains(columns.range(of: 0).middle) }
            if covered >= columns.x.length * 0.5 { borders.append(((first.y + last.y) / 2, isWhole)) }
            group = []
        }
        for edge in edges {
            if let first = group.first, edge.y - first.y > tolerance { end() }
            group.append(edge)
        }
        end()
        // An edge that leaves out the first column, above the first one that does not, is within the header.
        guard let top = lines.first?.y.middle,
            let header = borders.firstIndex(where: { $0.isWhole && $0.y > top }),
            lines.count(where: { $0.y.middle < borders[header].y }) <= maximumLinesOfHeader
        else { return borders.map(\.y) }
        return borders.enumerated().filter { $0.element.isWhole || $0.offset > header }.map(\.element.y)
    }

    /// The usual distance of the lines of a column between two edges.
    private static func pitch(
        of lines: [(cells: Row, y: Range<Double>)],
        borders: [Double],
        columns: Int
    ) -> Double? {
        var last: [Int: Range<Double>] = [:]
        var pitches: [Double] = []
        for line in lines {
            for cell in line.cells where cell.columns.count == 1 {
                let (column, y) = (cell.columns.lowerBound, cell.lines[0].y)
                if let above = last[column], !borders.contains(where: { $0 > above.middle && $0 < y.middle }) {
                    pitches.append(y.middle - above.middle)
                }
                last[column] = y
            }
        }
        guard !pitches.isEmpty else { return nil }
        return pitches.sorted()[pitches.count / 20]
    }

    /// The rows of lines between two edges.
    private func groups(of strip: [Int]) -> [[Int]] {
        guard let pitch, strip.count > 1, pitch <= size * Self.maximumLeading else { return strip.map { [$0] } }
        if let rows = centeredRows(strip, pitch: pitch) { return rows }
        var groups = [[strip[0]]]
        for (above, line) in zip(strip, strip.dropFirst()) {
            if lines[line].y.middle - lines[above].y.middle > pitch * Self.maximumPitch {
                groups.append([line])
            } else {
                groups[groups.count - 1].append(line)
            }
        }
        if groups.contains(where: areRowsOfFigures) { return joinedLines(strip) }
        if groups.count > 1 {
            let several = groups.filter { $0.count > 1 }
            let areLines = several.allSatisfy { group in
                areFull(group) && (columns.count > 2 || haveFigures(group) || !isWrapped(group))
            }
            return areLines ? joinedLines(strip) : groups
        }
        let keyed = strip.count { lines[$0].cells.first?.columns.lowerBound == 0 }
        let filled = strip.reduce(0) { $0 + lines[$1].cells.count }
        if keyed * 10 >= strip.count * 9, filled * 10 >= strip.count * columns.count * 6 { return joinedLines(strip) }
        let rows = keyedRows(strip)
        // Cells with as many lines in all of the other columns are rows, whose first cell covers them.
        let several = rows.filter { $0.count > 1 }
        let areSpanned =
            columns.count > 2
            && several.allSatisfy { group in
                if areRowsBesideName(group) { return true }
                let others = group.map { line in lines[line].cells.filter { $0.columns.lowerBound > 0 }.map(\.columns) }
                return others.allSatisfy { $0 == others[0] && $0.count > 1 }
            }
        return areSpanned ? strip.map { [$0] } : rows
    }

    /// Whether each of the lines has text in all of the columns in which any of them has.
    private func areFull(_ group: [Int]) -> Bool {
        let covered = group.map { line in lines[line].cells.flatMap { Array($0.columns) } }
        return covered.allSatisfy { $0 == covered[0] }
    }

    /// Whether several lines are a name with its figure each.
    func areRowsOfFigures(_ group: [Int]) -> Bool {
        group.count { line in
            let cells = lines[line].cells
            guard let name = cells.first, name.columns.lowerBound == 0, cells.count > 1, !name.isBold else {
                return false
            }
            return name.lines[0].text.first?.isLowercase == false && cells.dropFirst().allSatisfy(\.isFigure)
        } > 1
    }

    /// Whether each of several lines has a name and a figure in the same two columns beside the name of all of them.
    private func areRowsBesideName(_ group: [Int]) -> Bool {
        let cells = group.map { line in lines[line].cells.filter { $0.columns.lowerBound > 0 } }
        guard !isWrapped(group), let name = cells[0].first?.columns,
            cells.allSatisfy({ $0.first?.columns == name && $0[0].lines[0].text.first?.isLetter == true })
        else { return false }
        return cells[0].dropFirst().contains { figure in
            cells.allSatisfy { $0.contains { $0.columns == figure.columns && $0.isFigure } }
        }
    }

    /// Whether the last cells of lines are figures.
    private func haveFigures(_ group: [Int]) -> Bool { group.allSatisfy { lines[$0].cells.last?.isFigure == true } }

    /// Whether a line of a cell is the continuation of a full one.
    func isWrapped(_ group: [Int]) -> Bool {
        zip(group, group.dropFirst()).contains { above, below in
            lines[below].cells.contains { cell in
                guard let upper = lines[above].cells.first(where: { $0.columns == cell.columns }) else { return false }
                let text = upper.lines[0].text
                let isFull = upper.lines[0].x.length > columns.range(of: cell.columns.lowerBound).length * 0.75
                return cell.lines[0].text.first?.isLowercase == true || isFull && text.wordCount > 2
            }
        }
    }

    /// Whether the lines between two edges are rows of figures.
    private func isOfSeveralRows(_ strip: [Int]) -> Bool {
        strip.count > 1 && areFull(strip) && lines[strip[0]].cells.count > 1
            && strip.allSatisfy { line in
                let cells = lines[line].cells
                return cells[0].columns.lowerBound == 0 && cells.dropFirst().allSatisfy(\.isFigure)
                    && cells[0].lines[0].text.first?.isLowercase == false
            }
    }

    /// The color of the first text of a line; nil if it is white.
    private func color(ofLine line: Int) -> String? {
        lines[line].cells.first?.lines.first.flatMap { rules?.color(x: $0.x.middle, y: lines[line].y.middle) }
    }

    /// How many of the first lines have a color that no other line has.
    var colored: Int {
        guard rules != nil else { return 0 }
        let colors = lines.indices.map(color(ofLine:))
        guard let first = colors.first, first != nil else { return 0 }
        let count = colors.prefix { $0 == first }.count
        return count < lines.count && count <= 6 && !colors.dropFirst(count).contains(first) ? count : 0
    }

    /// How many of the first lines alone are in bold type.
    var boldLines: Int {
        let count = lines.prefix { $0.cells.allSatisfy(\.isBold) }.count
        return count < lines.count && count <= 4 ? count : 0
    }
}

extension String {
    /// Whether the text starts with a year, as `2025–26`.
    fileprivate var beginsWithYear: Bool {
        guard String(prefix(4)).isYear else { return false }
        return dropFirst(4).first.map { !$0.isNumber && !".,".contains($0) } ?? true
    }
}

extension PDFTable.Cell {
    /// Whether the text is a figure, with a unit at most.
    var isFigure: Bool {
        text.contains { $0.isNumber } && text.wordCount <= 3
    }
}
