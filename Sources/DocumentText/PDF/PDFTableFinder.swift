/// Finds the tables of a page by the places of their text, with lines and colors as evidence where there are any.
struct PDFTableFinder {
    private let rows: [PDFPieceRow]
    private let words: PDFWordBoxes?
    private let rules: PDFRules?
    private let edges: [PDFFrame.Edge]
    private let starts: PDFTableStarts
    /// The heights that are taken.
    private var taken: [Bool]

    /// The maximum number of lines of a page that is searched.
    private static let maximumLines = 3_000
    /// The maximum number of rows of a table.
    private static let maximumRows = 400

    /// The maximum number of words of a name of a column that begins above the others.
    private static let maximumWordsOfName = 4
    /// The minimum overlap of the heights of lines of one row, in type sizes.
    private static let minimumOverlap = 0.25
    /// The maximum number of lines of a row that is found above a table.
    private static let maximumLinesOfRow = 12

    /// The maximum distance of the lines of a name, in distances of rows.
    private static let closeDistance = 0.88

    /// The maximum height of an empty row, in type sizes.
    private static let maximumGap = 3.0

    /// Takes the tables from the lines of a page.
    ///
    /// - Parameters:
    ///   - lines: The lines of the page, from which those of the tables are removed.
    ///   - page: The page.
    ///   - others: The tables that are known already.
    /// - Returns: The tables, from top to bottom.
    static func takeTables(
        from lines: inout [PDFLine],
        of page: PDFPage,
        beside others: [PDFGrid.RuledTable]
    ) -> [PDFGrid.RuledTable] {
        guard lines.count <= maximumLines else { return [] }
        let repaired = PDFLineRepair.repaired(lines)
        let edges = page.rules.map { PDFFrame.edges(of: $0, height: page.height) } ?? []
        var taken: Set<Int> = []
        var tables: [PDFGrid.RuledTable] = []
        let parts = PDFTextColumns.parts(of: repaired, edges: edges)
        for part in parts {
            let own = part.map { repaired[$0] }
            let x = own.dropFirst().reduce(own.first?.x ?? 0..<0) { $0.union($1.x) }
            // Beside a column of text, tables are of other rows.
            let beside = parts.count > 1 ? others.filter { $0.x.overlap(x) > 0 } : others
            var finder = PDFTableFinder(own, page, edges, beside: beside)
            var sources: Set<Int> = []
            tables += finder.tables(&sources)
            taken.formUnion(sources.map { part[$0] })
        }
        guard !tables.isEmpty else { return [] }
        lines = repaired.indices.lazy.filter { !taken.contains($0) }.map { repaired[$0] }
        return tables.sorted { $0.y.lowerBound < $1.y.lowerBound }
    }

    private init(
        _ lines: [PDFLine],
        _ page: PDFPage,
        _ edges: [PDFFrame.Edge],
        beside others: [PDFGrid.RuledTable]
    ) {
        rows = PDFSmallLines.joined(PDFPieceRow.rows(of: lines, words: page.words))
        words = page.words
        rules = page.rules
        self.edges = edges
        starts = PDFTableStarts(rows: rows, edges: edges, rules: rules)
        taken = rows.map { row in others.contains { $0.y.contains(row.y.middle) } }
    }

    private mutating func tables(_ sources: inout Set<Int>) -> [PDFGrid.RuledTable] {
        var tables: [PDFGrid.RuledTable] = []
        // The rows of each table.
        var ranges: [Range<Int>] = []
        let frames = rules.map { PDFFrame.frames(of: edges, $0, rows: rows) } ?? []
        for frame in frames {
            let inside = rows.indices.filter {
                frame.y.contains(rows[$0].y.middle) && rows[$0].within(frame.reach) != nil
            }
            guard let first = inside.first, let last = inside.last else { continue }
            for part in parts(of: first..<(last + 1), in: frame.reach) {
                let isFirst = part.lowerBound == first
                let range = frame.isOfColumns ? part : extended(part, in: frame.reach, upwards: isFirst)
                if let table = table(of: range, in: frame, &sources) {
                    tables.append(table)
                    ranges.append(range)
                }
            }
        }
        var position = 0
        while position < rows.count {
            guard !taken[position], rows[position].pieces.count > 1 else {
                position += 1
                continue
            }
            let range = extended(position..<(position + 1), in: nil)
            if range.count == 1, let above = ranges.firstIndex(where: { $0.upperBound == position }),
                let row = row(position, of: tables[above])
            {
                tables[above].table.rows.append(row)
                tables[above].y = tables[above].y.union(rows[position].y)
                ranges[above] = ranges[above].lowerBound..<range.upperBound
                taken[position] = true
                sources.formUnion(rows[position].pieces.flatMap(\.sources))
            } else if let table = table(of: range, in: nil, &sources) {
                let above = ranges.firstIndex { $0.upperBound == range.lowerBound }
                if let above, goesOn(tables[above], of: ranges[above], in: table) {
                    tables[above].append(table)
                    ranges[above] = ranges[above].lowerBound..<range.upperBound
                } else {
                    tables.append(table)
                    ranges.append(range)
                }
            }
            // A part of rows that are not a table would lack its header.
            position = range.upperBound
        }
        return tables
    }

    /// The cells of a row below a table if it is a row of it, after a row without text: a name with a figure in each column.
    private func row(_ row: Int, of table: PDFGrid.RuledTable) -> [PDFTable.Cell]? {
        let (row, columns) = (rows[row], table.table.columns)
        guard columns.count > 2, row.pieces.count == columns.count,
            row.y.lowerBound - table.y.upperBound < row.size * Self.maximumGap
        else { return nil }
        let cells = row.pieces.enumerated().map { column, piece in
            PDFTable.Cell(lines: [piece.line] + piece.below.map(\.line), columns: column..<(column + 1))
        }
        let areInColumns = zip(cells, columns).allSatisfy { $1.contains($0.lines[0].x.middle) }
        return areInColumns && PDFTable(rows: [cells], columns: columns).beginsWithFigures ? cells : nil
    }

    /// Whether a table of some rows and the one below it are the same one, with a row without text between them.
    private func goesOn(_ last: PDFGrid.RuledTable, of range: Range<Int>, in table: PDFGrid.RuledTable) -> Bool {
        let (above, below) = (rows[range.upperBound - 1], rows[range.upperBound])
        guard below.y.lowerBound - above.y.upperBound < below.size * Self.maximumGap,
            last.table.continues(in: table.table)
        else { return false }
        return table.table.beginsWithFigures || starts.goOn(at: range.upperBound, below: range.lowerBound)
    }

    /// The parts of rows that are tables of their own, without the titles between them.
    private func parts(of range: Range<Int>, in reach: Range<Double>?) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        var row = start + 1
        while row < range.upperBound {
            if let names = starts.names(at: row, below: start, in: reach), names < range.upperBound {
                parts.append(start..<row)
                start = names
                row = names
            }
            row += 1
        }
        return parts + [start..<range.upperBound]
    }

    /// The table of rows; nil if they are none.
    private mutating func table(
        of range: Range<Int>,
        in frame: PDFFrame?,
        _ sources: inout Set<Int>
    ) -> PDFGrid.RuledTable? {
        guard range.count > 1, range.count <= Self.maximumRows, !range.contains(where: { taken[$0] }) else {
            return nil
        }
        var inside = range.compactMap { self.inside($0, frame?.reach) }
        guard inside.count(where: { $0.pieces.count > 1 }) > 1, !areContents(inside),
            PDFTable.cards(of: inside.map { $0.pieces.map(\.line) }) == nil
        else { return nil }
        let isTabular = frame != nil || isTabular(inside)
        let height = inside[0].y.middle..<inside[inside.count - 1].y.middle
        let lines = rules?.vertical.filter { $0.range.overlap(height) > height.length * 0.6 }.map(\.position) ?? []
        let narrowGaps = lines.isEmpty ? words.map { PDFNarrowGaps($0) } : nil
        let cut = narrowGaps?.cut(inside)
        inside = cut?.rows ?? inside
        let columns = PDFTableColumns(of: inside, lines: lines, gaps: cut?.gaps ?? [])
        guard columns.count > 1, !PDFTableRows.areMisfit(inside, columns) else { return nil }
        var range = range
        if inside[0].pieces.count < columns.count,
            let header = narrowGaps?.header(inside[0], above: Array(inside.dropFirst()), columns)
        {
            inside[0] = header
        } else if range.lowerBound > 0, !taken[range.lowerBound - 1],
            let above = self.inside(range.lowerBound - 1, frame?.reach),
            let header = narrowGaps?.header(above, above: inside, columns)
        {
            inside.insert(header, at: 0)
            range = (range.lowerBound - 1)..<range.upperBound
        }
        let around =
            (inside[0].y.lowerBound - inside[0].size)..<(inside[inside.count - 1].y.upperBound + inside[0].size)
        let near = edges.filter { edge in
            around.contains(edge.y) && edge.x.overlap(columns.x) > 8 && !inside.contains { $0.isCut(by: edge) }
        }
        if let words {
            let sides = PDFColumnSides(of: inside, columns, edges: near, lines: rules?.vertical ?? [])
            inside = inside.map { sides.cut($0, words: words) }
        }
        let isSplit = lines.contains { columns.x.contains($0) }
        var tableRows = PDFTableRows(inside, columns: columns, edges: near, rules: rules, isSplit: isSplit)
        let whole = isTabular ? tableRows.table(isFramed: frame != nil) : nil
        let mayBeWrapped = frame == nil && !isCut(range)
        guard let table = whole ?? (mayBeWrapped ? tableRows.wrappedTable() : nil), !table.isOfTexts else { return nil }
        for row in range { taken[row] = true }
        sources.formUnion(inside.flatMap(\.pieces).flatMap(\.sources))
        let y = inside.map(\.y).reduce(inside[0].y) { $0.union($1) }
        return PDFGrid.RuledTable(table: table, x: columns.x, y: y)
    }

    /// Whether a row above or below some rows has texts side by side as theirs, or continues a sentence of theirs.
    private func isCut(_ range: Range<Int>) -> Bool {
        let (first, last) = (rows[range.lowerBound], rows[range.upperBound - 1])
        func isSimilar(_ row: PDFPieceRow, _ gap: Double) -> Bool {
            row.pieces.count > 1 && gap < first.size * 2.4
                && abs(row.x.lowerBound - first.x.lowerBound) < first.size * 0.35
        }
        // Above, the row may have further lines.
        let above = rows[..<range.lowerBound].indices.suffix(Self.maximumLinesOfRow).last { rows[$0].pieces.count > 1 }
        if let above, !taken[above..<range.lowerBound].contains(true) {
            let gaps = (above..<range.lowerBound).map { rows[$0 + 1].y.lowerBound - rows[$0].y.upperBound }
            let areOfRow = rows[(above + 1)..<range.lowerBound].allSatisfy {
                $0.x.lowerBound > first.x.lowerBound + first.size * 0.5
            }
            if areOfRow, isSimilar(rows[above], gaps.max() ?? 0) { return true }
        }
        guard range.upperBound < rows.count, !taken[range.upperBound] else { return false }
        let next = rows[range.upperBound]
        let gap = next.y.lowerBound - last.y.upperBound
        let goesOn = gap < last.size * 0.5 && next.pieces.contains { $0.line.text.first?.isLowercase == true }
        return goesOn || isSimilar(next, gap)
    }

    /// Whether rows are a table of contents.
    private func areContents(_ rows: [PDFPieceRow]) -> Bool {
        let contents = rows.count { row in
            row.pieces.count <= 2
                && LayoutLine(row.pieces.map(\.line.text).joined(separator: "    ")[...]).isContentsEntry
        }
        return contents * 3 >= rows.count
    }

    /// Whether rows are cells and not texts side by side or a list.
    private func isTabular(_ rows: [PDFPieceRow]) -> Bool {
        let several = rows.count { $0.pieces.count > 1 }
        let columns = rows.map(\.pieces.count).max() ?? 0
        // The further lines of cells, but not those of the first column, are no rows of their own.
        let second = rows.compactMap { $0.pieces.count > 1 ? $0.pieces[1].line.x.lowerBound : nil }.min() ?? 0
        let areNamed = columns > 2 && PDFPieceRow.areNamed(rows)
        let following = areNamed ? rows.count { $0.pieces.count == 1 && $0.x.lowerBound >= second - $0.size } : 0
        guard several * 3 >= rows.count else { return false }
        return several * 3 >= (rows.count - following) * 2 && several + columns > 4
    }

    /// The rows with those above and below that have the same columns.
    private func extended(_ range: Range<Int>, in reach: Range<Double>?, upwards: Bool = true) -> Range<Int> {
        var range = range
        var gutters = PDFGutters(range.compactMap { inside($0, reach) })
        while range.upperBound < rows.count, range.count <= Self.maximumRows, !taken[range.upperBound],
            starts.names(at: range.upperBound, below: range.lowerBound, in: reach) == nil,
            let row = inside(range.upperBound, reach),
            let last = inside(range.upperBound - 1, reach)
        {
            if gutters.accepts(row, beside: last) {
                range = range.lowerBound..<(range.upperBound + 1)
                continue
            }
            // The name of a group of rows, between two of them.
            let next = range.upperBound + 1
            guard next < rows.count, !taken[next], let below = inside(next, reach),
                gutters.acceptsGroup(row, between: last, and: below)
            else { break }
            range = range.lowerBound..<(range.upperBound + 2)
        }
        // A row without its own cells at the end is text below the table.
        while range.count > 1, let last = inside(range.upperBound - 1, reach), reach == nil, last.pieces.count == 1,
            last.pieces[0].line.x.lowerBound < gutters.start, !isEndOfName(range, before: gutters.start)
        {
            range = range.lowerBound..<(range.upperBound - 1)
        }
        while upwards, let upper = extendedUp(range, in: reach, &gutters) { range = upper }
        return range
    }

    /// Whether the last of several rows is the end of the name above it: a text within the first column that is closer to the
    /// name than rows are to each other.
    private func isEndOfName(_ range: Range<Int>, before start: Double) -> Bool {
        let (last, above) = (rows[range.upperBound - 1], rows[range.upperBound - 2])
        let filled = range.dropLast().filter { rows[$0].pieces.count > 1 }
        let distances = zip(filled, filled.dropFirst()).filter { $1 == $0 + 1 }.map {
            rows[$1].y.middle - rows[$0].y.middle
        }
        guard distances.count > 1, let distance = distances.min(), above.pieces.count > 1,
            above.pieces[0].line.isBold == last.pieces[0].line.isBold
        else { return false }
        return last.x.upperBound < start
            && abs(last.x.lowerBound - above.x.lowerBound) < last.size * Self.minimumOverlap
            && last.y.middle - above.y.middle < distance * Self.closeDistance
    }

    /// The rows with those above that have the same columns; nil if there are none.
    private func extendedUp(
        _ range: Range<Int>,
        in reach: Range<Double>?,
        _ gutters: inout PDFGutters
    ) -> Range<Int>? {
        // Lines of cells that are in the middle of their row overlap those of other cells.
        func overlaps(_ row: Int) -> Bool {
            guard let upper = inside(row, reach), let lower = inside(row + 1, reach) else { return false }
            return upper.height.overlap(lower.height) > upper.size * Self.minimumOverlap
        }
        let above = range.lowerBound - 1
        func accepts(_ lines: Range<Int>) -> Bool {
            let lines = lines.compactMap { taken[$0] ? nil : inside($0, reach) }
            guard var row = lines.last, let first = inside(range.lowerBound, reach) else { return false }
            row.pieces = lines.flatMap(\.pieces).sorted { $0.line.x.lowerBound < $1.line.x.lowerBound }
            row.y = row.height
            let isOfNames = row.pieces.allSatisfy { $0.line.text.wordCount <= Self.maximumWordsOfName }
            return (reach == nil ? isOfNames && overlaps(above) : row.pieces.count > 1 || overlaps(above))
                && (gutters.accepts(row, beside: first) || isOfNames && gutters.acceptsNames(row, above: first))
        }
        guard above >= 0, !taken[above] else { return nil }
        var start = above
        while start > 0, above - start < Self.maximumLinesOfRow, !taken[start - 1], overlaps(start - 1) { start -= 1 }
        if start < above, accepts(start..<range.lowerBound) { return start..<range.upperBound }
        return accepts(above..<range.lowerBound) ? above..<range.upperBound : nil
    }

    private func inside(_ row: Int, _ reach: Range<Double>?) -> PDFPieceRow? {
        reach.map { rows[row].within($0) } ?? rows[row]
    }
}

extension PDFGrid.RuledTable {
    /// Adds the rows of a table below.
    fileprivate mutating func append(_ other: Self) {
        table = PDFTable(rows: table.rows + other.table.rows, columns: table.columns)
        x = x.union(other.x)
        y = y.union(other.y)
    }
}

extension PDFTable {
    /// Whether the first row is a name with figures.
    fileprivate var beginsWithFigures: Bool {
        guard let row = rows.first, row.count > 2, row[0].columns == 0..<1, !row[0].isFigure,
            !row.contains(where: \.isHeader), !row.allSatisfy(\.isBold) || rows.count == 1
        else { return false }
        return row.dropFirst().allSatisfy(\.isFigure) && !row.dropFirst().allSatisfy(\.text.isYear)
    }
}

extension PDFPieceRow {
    /// Whether an edge is across the text, and not between rows.
    fileprivate func isCut(by edge: PDFFrame.Edge) -> Bool {
        abs(edge.y - y.middle) < y.length * 0.25 && pieces.contains { $0.line.x.overlap(edge.x) > 0 }
    }
}

extension PDFFrame {
    /// The part of the width in which text is of the table.
    fileprivate var reach: Range<Double> { (x.lowerBound - 8)..<(x.upperBound + 8) }
}
