/// The lines of a page that are in columns of running text, whose tables are apart from what is beside them.
struct PDFTextColumns {
    /// A stretch of the page with a gutter between two columns.
    private struct Stretch {
        /// The positions of the lines at the left and at the right side of the gutter.
        var left: [Int] = []
        var right: [Int] = []
        /// The heights of cells that are above and below the stretch and across the gutter.
        var above: Range<Double>?
        var below: Range<Double>?

        var count: Int { left.count + right.count }
    }

    private let lines: [PDFLine]
    private let edges: [PDFFrame.Edge]

    /// The minimum number of lines that begin at the left side of a column.
    private static let minimumStarts = 5
    /// The maximum number of left sides that are tried.
    private static let maximumStarts = 8
    /// The maximum number of columns.
    private static let maximumDepth = 3
    /// The minimum number of lines of a paragraph, and of its words.
    private static let minimumLines = 3
    private static let minimumWords = 15
    /// The minimum width of a paragraph, in type sizes.
    private static let minimumWidth = 9.0
    /// The minimum width of a gutter, in type sizes.
    private static let minimumGutter = 0.8
    /// The number of last paragraphs that a line can continue.
    private static let nearestParagraphs = 6
    /// The minimum number of lines of running text of a column.
    private static let minimumLinesOfText = 5
    /// The maximum gap between the rows of a table, in their heights.
    private static let maximumGapOfRows = 0.6
    /// The maximum distance of a row from the next one, in the distance of the rows of a table.
    private static let maximumPitch = 1.2
    /// The maximum distance of the heights of cells of a row, in type sizes.
    private static let maximumOffset = 0.15
    /// The minimum number of gaps between paragraphs that show whether columns are independent.
    private static let minimumGaps = 3
    /// What the gaps between paragraphs are wider than those between lines, in type sizes.
    private static let minimumGap = 0.25
    /// The maximum distance of the heights of cells with several lines, in type sizes.
    private static let maximumOffsetOfCells = 0.3

    /// The positions of lines by the columns of text that they are in, and those of the other lines.
    ///
    /// - Parameters:
    ///   - lines: The lines of a page, from top to bottom.
    ///   - edges: The horizontal edges of the page.
    /// - Returns: The positions in each column, and those beyond the columns at last.
    static func parts(of lines: [PDFLine], edges: [PDFFrame.Edge]) -> [[Int]] {
        let columns = PDFTextColumns(lines, edges)
        var parts: [[Int]] = []
        let rest = columns.take(Array(lines.indices), into: &parts, depth: 1)
        return parts + [rest]
    }

    private init(_ lines: [PDFLine], _ edges: [PDFFrame.Edge]) {
        self.lines = lines
        self.edges = edges
    }

    /// Adds the columns of some lines to parts, and returns the lines that are in none.
    private func take(_ lines: [Int], into parts: inout [[Int]], depth: Int) -> [Int] {
        guard depth < Self.maximumDepth, let stretch = stretch(of: lines) else { return lines }
        for side in [stretch.left, stretch.right] {
            let rest = take(side, into: &parts, depth: depth + 1)
            if !rest.isEmpty { parts.append(rest) }
        }
        let taken = Set(stretch.left + stretch.right)
        return take(lines.filter { !taken.contains($0) }, into: &parts, depth: depth)
    }

    /// The stretch of some lines with the most lines in two columns of text; nil if there is none.
    private func stretch(of lines: [Int]) -> Stretch? {
        starts(of: lines).lazy.flatMap { stretches(of: lines, beside: $0) }.max { $0.count < $1.count }
    }

    /// The left sides at which many lines begin, but the first one.
    private func starts(of positions: [Int]) -> [Double] {
        var counts: [(start: Double, count: Int)] = []
        for start in positions.map({ lines[$0].x.lowerBound }).sorted() {
            if let last = counts.last, start - last.start < 2 {
                counts[counts.count - 1].count += 1
            } else {
                counts.append((start, 1))
            }
        }
        return counts.dropFirst().filter { $0.count >= Self.minimumStarts }.sorted { $0.count > $1.count }
            .prefix(Self.maximumStarts).map(\.start)
    }

    /// The stretches with two columns of text, of which the second begins at a place.
    private func stretches(of positions: [Int], beside start: Double) -> [Stretch] {
        var stretches: [Stretch] = []
        var open = Stretch()
        let size = positions.map { lines[$0].size }.sorted()[positions.count / 2]
        let place = start - size * Self.minimumGutter / 2
        let crossing = edges.filter { $0.x.lowerBound < place - size && $0.x.upperBound > place + size }.map(\.y)
        var last = -Double.infinity
        for row in rows(of: positions) {
            let y = lines[row[0]].y.middle
            let isAcross = row.contains { lines[$0].x.lowerBound < place && lines[$0].x.upperBound > place }
            if isAcross || crossing.contains(where: { $0 > last && $0 <= y }) {
                // Several texts are cells, and what is close to them can be so as well.
                let cells = isAcross && row.count > 1 ? lines[row[0]].y : nil
                open.below = cells
                stretches += parts(of: open)
                open = Stretch(above: cells)
            }
            last = y
            guard !isAcross else { continue }
            open.left += row.filter { lines[$0].x.upperBound <= place }
            open.right += row.filter { lines[$0].x.upperBound > place }
        }
        return stretches + parts(of: open)
    }

    /// The parts of a stretch between rows without running text, if both sides are columns of text.
    private func parts(of stretch: Stretch) -> [Stretch] {
        guard stretch.left.count >= Self.minimumLinesOfText, stretch.right.count >= Self.minimumLinesOfText else {
            return []
        }
        let sides = [stretch.left, stretch.right].map(paragraphs)
        let text = Set(sides.joined().filter(isText).joined())
        guard !text.isEmpty else { return [] }
        var parts: [Stretch] = []
        let rows = self.rows(of: stretch.left + stretch.right)
        var start = 0
        var row = 0
        while row < rows.count {
            guard !rows[row].contains(where: text.contains) else {
                row += 1
                continue
            }
            let end = rows[row...].firstIndex { $0.contains(where: text.contains) } ?? rows.count
            if let table = table(in: row..<end, of: rows, stretch) {
                parts.append(part(of: stretch, rows[start..<table.lowerBound]))
                start = table.upperBound
            }
            row = end
        }
        parts.append(part(of: stretch, rows[start...]))
        return parts.filter(areIndependent)
    }

    private func part(of stretch: Stretch, _ rows: ArraySlice<[Int]>) -> Stretch {
        let inside = Set(rows.joined())
        return Stretch(left: stretch.left.filter(inside.contains), right: stretch.right.filter(inside.contains))
    }

    /// The rows of a table across both sides, between rows with running text; nil if there is none.
    private func table(in range: Range<Int>, of rows: [[Int]], _ stretch: Stretch) -> Range<Int>? {
        let heights = rows.map { row in row.map { lines[$0].y }.reduce(lines[row[0]].y) { $0.union($1) } }
        func areClose(_ upper: Range<Double>?, _ lower: Range<Double>?) -> Bool {
            guard let upper, let lower else { return false }
            return lower.lowerBound - upper.upperBound < lower.length * Self.maximumGapOfRows
        }
        let left = Set(stretch.left)
        let whole = range.filter { row in
            let sides = [rows[row].filter(left.contains), rows[row].filter { !left.contains($0) }]
            guard let first = sides[0].first, let second = sides[1].first else { return false }
            return abs(lines[first].y.middle - lines[second].y.middle) < lines[first].size * Self.maximumOffset
        }
        var table: Range<Int>?
        if let first = whole.first, let last = whole.last, whole.count > 1, whole.count * 3 >= (last - first + 1) * 2,
            !areOfOneSide(first...last, of: rows, left)
        {
            table = first..<(last + 1)
        }
        if range.lowerBound == 0, areClose(stretch.above, heights[0]) { table = 0..<(table?.upperBound ?? 1) }
        if range.upperBound == rows.count, areClose(heights[rows.count - 1], stretch.below) {
            table = (table?.lowerBound ?? rows.count - 1)..<rows.count
        }
        guard var table else { return nil }
        while table.lowerBound > range.lowerBound, areClose(heights[table.lowerBound - 1], heights[table.lowerBound]) {
            table = (table.lowerBound - 1)..<table.upperBound
        }
        while table.upperBound < range.upperBound, areClose(heights[table.upperBound - 1], heights[table.upperBound]) {
            table = table.lowerBound..<(table.upperBound + 1)
        }
        return table
    }

    /// Whether rows with cells at both sides are beside each other by chance: whether one of the sides has cells above or below
    /// them that are as close as the rows are.
    private func areOfOneSide(_ table: ClosedRange<Int>, of rows: [[Int]], _ left: Set<Int>) -> Bool {
        func height(_ row: Int) -> Double { lines[rows[row][0]].y.middle }
        let pitch = (height(table.upperBound) - height(table.lowerBound)) / Double(table.count - 1)
        func areCells(_ row: Int, besideRow inner: Int) -> Bool {
            [true, false].contains { isLeft in rows[row].count { left.contains($0) == isLeft } > 1 }
                && abs(height(row) - height(inner)) < pitch * Self.maximumPitch
        }
        return rows[..<table.lowerBound].indices.suffix(2).contains { areCells($0, besideRow: table.lowerBound) }
            || rows[(table.upperBound + 1)...].indices.prefix(2).contains { areCells($0, besideRow: table.upperBound) }
    }

    /// Whether both sides have running text whose paragraphs begin at heights of their own.
    private func areIndependent(_ stretch: Stretch) -> Bool {
        guard let right = stretch.right.map({ lines[$0].x.lowerBound }).min(),
            let left = stretch.left.map({ lines[$0].x.upperBound }).max(),
            right - left >= (stretch.left.map { lines[$0].size }.max() ?? 0) * Self.minimumGutter
        else { return false }
        let sides = [stretch.left, stretch.right].map(paragraphs)
        guard sides.allSatisfy({ $0.filter(isText).joined().count >= Self.minimumLinesOfText }) else { return false }
        let near = lines[stretch.left[0]].size * Self.maximumOffsetOfCells
        let gaps = [stretch.left, stretch.right].map { self.gaps(of: $0) }
        return zip(gaps, gaps.reversed()).contains { own, other in
            // The cells of a row begin at one height, or have their middles there, below a gap across the table.
            let shared = own.count { gap in
                other.contains { other in
                    other.y.overlap(gap.y) > 0
                        && (abs(other.y.upperBound - gap.y.upperBound) < near
                            || abs(other.below.middle - gap.below.middle) < near)
                }
            }
            return own.count >= Self.minimumGaps && shared * 2 <= own.count
        }
    }

    /// The heights without text between the lines of a side that are wider than those between the lines of a paragraph, each
    /// with the heights of the text up to the next one.
    private func gaps(of side: [Int]) -> [(y: Range<Double>, below: Range<Double>)] {
        let rows = rows(of: side).map { row in row.map { lines[$0].y }.reduce(lines[row[0]].y) { $0.union($1) } }
        let all = zip(rows, rows.dropFirst()).map { $0.upperBound..<max($0.upperBound, $1.lowerBound) }
        guard let last = rows.last, let usual = all.map(\.length).sorted().dropFirst(all.count / 4).first else {
            return []
        }
        let wide = all.filter { $0.length > usual + lines[side[0]].size * Self.minimumGap }
        let ends = wide.dropFirst().map(\.lowerBound) + [last.upperBound]
        return zip(wide, ends).map { ($0, $0.upperBound..<max($0.upperBound, $1)) }
    }

    /// The lines of a side by their paragraphs.
    private func paragraphs(_ side: [Int]) -> [[Int]] {
        var paragraphs: [[Int]] = []
        for position in side {
            let line = lines[position]
            let place = paragraphs.indices.suffix(Self.nearestParagraphs).last { place in
                let own = paragraphs[place]
                let (first, above) = (lines[own[0]], lines[own[own.count - 1]])
                return line.y.lowerBound - above.y.upperBound < line.size * 0.6 && line.y.middle > above.y.upperBound
                    && abs(line.x.lowerBound - first.x.lowerBound) < line.size * 2
                    && abs(line.size - above.size) < line.size * 0.1
            }
            if let place { paragraphs[place].append(position) } else { paragraphs.append([position]) }
        }
        return paragraphs
    }

    /// Whether lines are a long paragraph, most lines of which are full.
    private func isText(_ paragraph: [Int]) -> Bool {
        let own = paragraph.map { lines[$0] }
        guard own.count >= Self.minimumLines, own.reduce(0, { $0 + $1.text.wordCount }) >= Self.minimumWords,
            let width = own.map(\.x.length).max(), width > own[0].size * Self.minimumWidth
        else { return false }
        let goingOn = own.dropFirst().count { $0.text.first?.isUppercase != true }
        return own.dropLast().count { $0.x.length > width * 0.7 } * 4 >= (own.count - 1) * 3
            && goingOn * 3 >= own.count - 1
    }

    /// The positions of lines by their heights.
    private func rows(of positions: [Int]) -> [[Int]] {
        var rows: [[Int]] = []
        var height = 0.0..<0.0
        for position in positions.sorted(by: { lines[$0].y.middle < lines[$1].y.middle }) {
            let y = lines[position].y
            if !rows.isEmpty, height.overlap(y) > min(height.length, y.length) * 0.5 {
                rows[rows.count - 1].append(position)
            } else {
                rows.append([position])
                height = y
            }
        }
        return rows
    }
}
