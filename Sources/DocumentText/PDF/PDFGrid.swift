/// The tables of a page whose cells have borders.
struct PDFGrid {
    /// A table with the rectangle that it covers.
    struct RuledTable: Sendable {
        var table: PDFTable
        var x: Range<Double>
        var y: Range<Double>

        /// Whether most rows below the first one begin with a text that is no figure.
        var hasNames: Bool {
            let names = table.rows.dropFirst().compactMap(\.first).filter { $0.columns.lowerBound == 0 }
            return names.count { !$0.isFigure } * 2 > names.count
        }
    }

    /// A cell: the numbers of the lines that bound it.
    private struct Cell: Hashable {
        var top: Int
        var bottom: Int
        var left: Int
        var right: Int
    }

    /// A table that may be whole, and the positions of its runs.
    private typealias Candidate = (table: RuledTable, positions: Set<Int>)

    private let rules: PDFRules
    /// The component of each horizontal line: lines that touch, directly or over others, have the same one.
    private var components: [Int] = []

    /// The maximum number of words of a cell; a larger one is a frame around text.
    private static let maximumWords = 250
    /// The maximum number of lines of text beside a table.
    private static let maximumRowsBeside = 2
    /// The minimum number of cells with the texts of a row that show that a table has not all of its borders.
    private static let minimumWholeRows = 3
    /// The minimum gap between separate tables.
    private static let minimumGap = 6.0
    /// The minimum part of a cell's sides that is ruled.
    private static let ruledPart = 0.8

    /// The tables of a page, from top to bottom, whose runs are removed from the page.
    static func takeTables(from page: inout PDFPage) -> [RuledTable] {
        guard let rules = page.rules, !rules.isEmpty else { return [] }
        var grid = PDFGrid(rules)
        grid.connect()
        let texts = page.runsOfWholeTexts
        let wholes = texts.map(\.run)
        let parts = wholes.indices.flatMap { whole in
            grid.cut(wholes[whole], words: page.words).map { (run: $0, whole: whole) }
        }
        let runs = parts.map(\.run)
        var cells: [Cell: [Int]] = [:]
        for (position, run) in runs.enumerated() {
            if let cell = grid.cell(of: run) { cells[cell, default: []].append(position) }
        }
        var candidates: [Candidate] = []
        let groups = Dictionary(grouping: cells) { grid.components[$0.key.top] }
        for (_, members) in groups.sorted(by: { $0.key < $1.key }) {
            let filled = members.map { cell, positions in
                (cell: cell, lines: PDFLine.lines(of: positions.map { runs[$0] }), positions: positions)
            }.filter { member in
                (1...maximumWords).contains(member.lines.reduce(0) { $0 + $1.text.wordCount })
            }
            guard let table = grid.table(of: filled.map { ($0.cell, $0.lines) }),
                !filled.contains(where: { areSideBySide($0.lines) }),
                filled.count(where: { grid.isWholeRow($0.cell, $0.lines) }) < minimumWholeRows
            else { continue }
            candidates.append((table, Set(filled.flatMap(\.positions))))
        }
        var taken = Set<Int>()
        var tables: [RuledTable] = []
        for (table, positions) in candidates {
            // Text in it or columns beside it belong to the table, which has not all of its borders then.
            let separate = candidates.lazy.filter { areSeparate($0.table, table) }.map(\.positions)
            let others = runs.indices.filter { run in
                !positions.contains(run) && table.y.contains(runs[run].y.middle)
                    && !separate.contains { $0.contains(run) }
            }
            let inside = others.filter { table.x.contains(runs[$0].x.middle) }
            guard PDFLine.lines(of: inside.map { runs[$0] }).isEmpty,
                !others.contains(where: { grid.isBetweenLines(runs[$0], of: table) }),
                PDFLineRepair.rows(of: PDFLine.lines(of: others.map { runs[$0] })).count < maximumRowsBeside
            else { continue }
            tables.append(table)
            taken.formUnion(positions)
        }
        guard !tables.isEmpty else { return [] }
        let cut = Dictionary(parts.map { ($0.whole, 1) }, uniquingKeysWith: +)
        page.runs = runs.indices.lazy.filter { !taken.contains($0) }
            .flatMap { cut[parts[$0].whole] == 1 ? texts[parts[$0].whole].parts : [runs[$0]] }
        return tables.sorted { $0.y.lowerBound < $1.y.lowerBound }
    }

    /// Whether tables are beside each other with a gap between them, and the right one has names of rows of its own.
    private static func areSeparate(_ table: RuledTable, _ other: RuledTable) -> Bool {
        let (left, right) = table.x.lowerBound < other.x.lowerBound ? (table, other) : (other, table)
        guard table.y.overlap(other.y) > 0, right.x.lowerBound - left.x.upperBound > minimumGap else { return false }
        return right.hasNames
    }

    /// Whether the lines of a cell are themselves columns.
    private static func areSideBySide(_ lines: [PDFLine]) -> Bool {
        PDFLineRepair.rows(of: PDFLineRepair.repaired(lines)).count { $0.count > 1 } > 1
    }

    /// Whether a cell is a row of texts side by side without lines between them.
    private func isWholeRow(_ cell: Cell, _ lines: [PDFLine]) -> Bool {
        let texts = PDFLineRepair.rows(of: PDFLineRepair.repaired(lines)).map(\.count).max() ?? 0
        guard texts > 1 else { return false }
        let width = rules.vertical[cell.left].position..<rules.vertical[cell.right].position
        // Lines of other rows are within its width.
        return rules.vertical.contains { $0.position > width.lowerBound + 8 && $0.position < width.upperBound - 8 }
    }

    /// Whether a text beside the cells of a table is between two of its lines, which are longer than the cells.
    private func isBetweenLines(_ run: PDFRun, of table: RuledTable) -> Bool {
        guard !table.x.contains(run.x.middle), run.text.contains(where: { !$0.isWhitespace }) else { return false }
        let lines = rules.horizontal.filter { line in
            table.y.lowerBound - PDFRules.tolerance < line.position
                && line.position < table.y.upperBound + PDFRules.tolerance
                && line.range.contains(run.x.middle) && line.range.overlap(table.x) > table.x.length * 0.5
        }
        return lines.contains { $0.position < run.y.middle } && lines.contains { $0.position > run.y.middle }
    }

    private init(_ rules: PDFRules) {
        self.rules = rules
    }

    private mutating func connect() {
        let tolerance = PDFRules.tolerance
        let (rows, columns) = (rules.horizontal, rules.vertical)
        var parents = Array(0..<(rows.count + columns.count))
        func root(_ rule: Int) -> Int {
            var rule = rule
            while parents[rule] != rule {
                parents[rule] = parents[parents[rule]]
                rule = parents[rule]
            }
            return rule
        }
        for (row, horizontal) in rows.enumerated() {
            for (column, vertical) in columns.enumerated() {
                guard vertical.position >= horizontal.range.lowerBound - tolerance,
                    vertical.position <= horizontal.range.upperBound + tolerance,
                    horizontal.position >= vertical.range.lowerBound - tolerance,
                    horizontal.position <= vertical.range.upperBound + tolerance
                else { continue }
                parents[root(row)] = root(rows.count + column)
            }
        }
        components = rows.indices.map(root)
    }

    /// The cell around a place; nil if its sides are not ruled.
    private func cell(of run: PDFRun) -> Cell? {
        let (x, y) = (run.x.middle, run.y.middle)
        guard let top = rules.horizontal.lastIndex(where: { $0.position <= y && $0.range.contains(x) }),
            let bottom = rules.horizontal.firstIndex(where: { $0.position > y && $0.range.contains(x) }),
            let left = rules.vertical.lastIndex(where: { $0.position <= x && $0.range.contains(y) }),
            let right = rules.vertical.firstIndex(where: { $0.position > x && $0.range.contains(y) })
        else { return nil }
        let height = rules.horizontal[top].position..<rules.horizontal[bottom].position
        let width = rules.vertical[left].position..<rules.vertical[right].position
        guard [top, bottom].allSatisfy({ rules.horizontal[$0].range.overlap(width) >= width.length * Self.ruledPart }),
            [left, right].allSatisfy({ rules.vertical[$0].range.overlap(height) >= height.length * Self.ruledPart })
        else { return nil }
        return Cell(top: top, bottom: bottom, left: left, right: right)
    }

    /// Cuts a run at the vertical lines that it crosses, between words.
    private func cut(_ run: PDFRun, words: PDFWordBoxes?) -> [PDFRun] {
        let text = PDFLine(text: run.text.onOneLine, x: run.x, y: run.y, size: run.size, isBold: run.isBold)
        let places = words?.words(of: text)
        var run = run
        if run.isTorn, let places { run.x = run.x.narrowed(to: places, size: run.size) }
        let lines = rules.vertical.filter { $0.range.contains(run.y.middle) }.map(\.position)
        func crosses(_ line: Double) -> Bool {
            line > run.x.lowerBound + run.size * 0.5 && line < run.x.upperBound - run.size * 0.5
        }
        if let places { return Self.cut(run, text, at: lines.filter(crosses), words: places) }
        // Beyond the first and the last line there are no cells.
        return cut(run, at: lines.dropFirst().dropLast().filter(crosses))
    }

    /// Cuts a run of known words at lines.
    private static func cut(_ run: PDFRun, _ line: PDFLine, at lines: [Double], words: [Range<Double>]) -> [PDFRun] {
        let cuts = words.indices.dropFirst().filter { word in
            let (end, start) = (words[word - 1].upperBound - run.size * 0.5, words[word].lowerBound + run.size * 0.5)
            return lines.contains { $0 > end && $0 < start }
        }
        guard !cuts.isEmpty else { return [run] }
        return PDFPieceRow.parts(of: line, at: cuts, words: words).map { part in
            var piece = run
            piece.text = part.text
            piece.x = part.x
            return piece
        }
    }

    /// Cuts a run at lines, by the usual width of its letters.
    private func cut(_ run: PDFRun, at lines: [Double]) -> [PDFRun] {
        var rest = run
        var pieces: [PDFRun] = []
        for line in lines {
            let letters = Array(rest.text)
            let width = rest.x.length / Double(letters.count)
            let blanks = letters.indices.dropFirst().dropLast().filter { letters[$0].isWhitespace }
            let nearest = blanks.min { abs(distance(to: $0)) < abs(distance(to: $1)) }
            func distance(to blank: Int) -> Double {
                rest.x.lowerBound + width * (Double(blank) + 0.5) - line
            }
            guard let nearest, abs(distance(to: nearest)) <= rest.size * 2 else { continue }
            let (head, tail) = (String(letters[..<nearest]).onOneLine, String(letters[nearest...]).onOneLine)
            guard !head.isEmpty, !tail.isEmpty else { continue }
            var piece = rest
            piece.text = head
            piece.x = rest.x.lowerBound..<line
            pieces.append(piece)
            rest.text = tail
            rest.x = line..<rest.x.upperBound
        }
        return pieces + [rest]
    }

    /// The table of cells; nil if they are too few.
    private func table(of cells: [(cell: Cell, lines: [PDFLine])]) -> RuledTable? {
        let tops = Self.edges(cells.map { rules.horizontal[$0.cell.top].position })
        let lefts = Self.edges(cells.map { rules.vertical[$0.cell.left].position })
        guard tops.count > 1, lefts.count > 1, cells.count > 2,
            let bottom = cells.map({ rules.horizontal[$0.cell.bottom].position }).max(),
            let right = cells.map({ rules.vertical[$0.cell.right].position }).max()
        else { return nil }
        func index(_ position: Double, in edges: [Double]) -> Int {
            edges.firstIndex { $0 > position - PDFRules.tolerance } ?? edges.count
        }
        var rows = [[PDFTable.Cell]](repeating: [], count: tops.count)
        for (cell, lines) in cells {
            let row = index(rules.horizontal[cell.top].position, in: tops)
            let column = index(rules.vertical[cell.left].position, in: lefts)
            let endRow = index(rules.horizontal[cell.bottom].position, in: tops)
            let endColumn = index(rules.vertical[cell.right].position, in: lefts)
            rows[row].append(
                PDFTable.Cell(
                    lines: lines,
                    columns: column..<max(column + 1, endColumn),
                    rowSpan: max(1, endRow - row)
                )
            )
        }
        let columns = zip(lefts, lefts.dropFirst() + [right]).map { $0..<max($0, $1) }
        rows = rows.map { row in row.sorted { $0.columns.lowerBound < $1.columns.lowerBound } }
            .flatMap { Self.linesAsRows($0) ?? PDFTable.rowsOfLists($0, columns: columns) ?? [$0] }
        markHeader(of: &rows)
        guard rows.contains(where: { $0.count > 1 }) else { return nil }
        var table = PDFTable(rows: rows, columns: columns)
        table.colorOfNames = rows[0].first { $0.isHeader }.flatMap(color)
        guard !table.isOfTexts else { return nil }
        return RuledTable(table: table, x: lefts[0]..<max(lefts[0], right), y: tops[0]..<max(tops[0], bottom))
    }

    /// The color of a cell; nil if it is white.
    private func color(_ cell: PDFTable.Cell) -> String? {
        cell.lines.first.flatMap { rules.color(x: $0.x.middle, y: $0.y.middle) }
    }

    /// Marks the cells of the first rows if all of them, and no others, have the same color.
    private func markHeader(of rows: inout [[PDFTable.Cell]]) {
        let colors = rows.map { $0.map(color) }
        guard let first = colors.first(where: { !$0.isEmpty })?.first, first != nil else { return }
        let header = colors.prefix { $0.allSatisfy { $0 == first } }
        guard header.count < rows.count, header.joined().count > 1,
            !colors.dropFirst(header.count).joined().contains(first)
        else { return }
        for row in header.indices {
            for cell in rows[row].indices { rows[row][cell].isHeader = true }
        }
    }

    /// The rows of a row without borders between them: cells of as many lines, which are labels and their figures; nil if
    /// the row is one.
    private static func linesAsRows(_ row: [PDFTable.Cell]) -> [[PDFTable.Cell]]? {
        guard row.count > 2, let labels = row.first?.lines, labels.count > 2, row.allSatisfy({ $0.rowSpan == 1 }),
            labels.allSatisfy({ $0.text.first?.isLowercase == false }),
            row.dropFirst().allSatisfy({ (labels.count - 1...labels.count).contains($0.lines.count) })
        else { return nil }
        var rows = labels.map { [PDFTable.Cell(lines: [$0], columns: row[0].columns)] }
        for cell in row.dropFirst() {
            for line in cell.lines {
                let place = labels.firstIndex { $0.y.overlap(line.y) > min($0.y.length, line.y.length) * 0.5 }
                let isFigure = line.text.contains { $0.isNumber } && line.text.wordCount <= 3
                guard let place, isFigure, rows[place].last?.columns != cell.columns else { return nil }
                rows[place].append(PDFTable.Cell(lines: [line], columns: cell.columns))
            }
        }
        return rows
    }

    /// The different positions, in order.
    private static func edges(_ positions: [Double]) -> [Double] {
        positions.sorted().reduce(into: []) { edges, position in
            if edges.last.map({ position - $0 > PDFRules.tolerance }) ?? true { edges.append(position) }
        }
    }
}
