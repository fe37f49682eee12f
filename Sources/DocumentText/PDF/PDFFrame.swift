/// A part of a page that lines or colors mark as a table, without borders around all of its cells.
struct PDFFrame: Sendable {
    /// A horizontal edge: a ruling line, or the upper or lower side of a colored rectangle.
    struct Edge: Sendable {
        var y: Double
        var x: Range<Double>
        /// Whether the edge is a side of a colored rectangle.
        var isOfFill = false
    }

    var x: Range<Double>
    var y: Range<Double>
    /// Whether the frame is vertical lines between columns, which are as high as the table.
    var isOfColumns = false

    /// The maximum distance of sides that are the same.
    private static let tolerance = 6.0
    /// The minimum width of a table.
    private static let minimumWidth = 100.0
    /// The maximum gap between two frames of a table, where a row has no color.
    private static let maximumGap = 45.0
    /// The maximum number of frames of a page.
    private static let maximumFrames = 64
    /// The maximum number of edges of a page.
    private static let maximumEdges = 1_000
    /// The maximum number of words of most lines of a column beyond the outer lines.
    private static let maximumWordsOfCell = 4
    /// The minimum number of rows of a colored part beside which cells can be without a color.
    private static let minimumRows = 3
    /// The minimum number of words of a row of running text.
    private static let minimumWordsOfText = 7

    /// The horizontal edges of a page, from top to bottom.
    ///
    /// - Parameters:
    ///   - rules: The ruling lines and colors of the page.
    ///   - height: The height of the page.
    /// - Returns: The edges.
    static func edges(of rules: PDFRules, height: Double) -> [Edge] {
        let rows = rowsOfFills(rules, height: height)
        let edges =
            rules.horizontal.map { Edge(y: $0.position, x: $0.range) }
            + rows.flatMap { row in
                [row.y.lowerBound, row.y.upperBound].map { Edge(y: $0, x: row.x, isOfFill: true) }
            }
        return Array(edges.sorted { $0.y < $1.y }.prefix(maximumEdges))
    }

    /// The frames of a page: edges of the same width with rows between them, and vertical lines side by side.
    ///
    /// - Parameters:
    ///   - edges: The horizontal edges of the page.
    ///   - rules: Its ruling lines.
    ///   - rows: The rows of its text.
    /// - Returns: The frames, from top to bottom.
    static func frames(of edges: [Edge], _ rules: PDFRules, rows: [PDFPieceRow]) -> [PDFFrame] {
        var groups: [[Edge]] = []
        for edge in edges where edge.x.length >= minimumWidth {
            let group = groups.indices.last { isSame(groups[$0][0].x, edge.x) }
            guard let group, let last = groups[group].last, !isParted(last.y..<max(last.y, edge.y), edge.x, by: rows)
            else {
                groups.append([edge])
                continue
            }
            groups[group].append(edge)
        }
        var frames = groups.compactMap { group -> PDFFrame? in
            guard let first = group.first, let last = group.last, last.y - first.y > tolerance else { return nil }
            let frame = PDFFrame(x: first.x, y: first.y..<last.y)
            // The cells of some columns may be without a color.
            let areRows = group.allSatisfy(\.isOfFill) && rows.count { frame.y.contains($0.y.middle) } >= minimumRows
            return areRows ? frame.withOuterColumns(of: rows, upTo: maximumWordsOfCell) : frame
        }
        var count = 0
        while count != frames.count {
            count = frames.count
            frames = merged(frames, rows)
        }
        for frame in columnFrames(rules, rows) {
            guard let place = frames.firstIndex(where: { $0.y.overlap(frame.y) > 0 && $0.x.overlap(frame.x) > 0 })
            else {
                let whole = frame.withOuterColumns(of: rows, upTo: frame.isClosed(by: rules) ? maximumWordsOfCell : nil)
                // A single line is between two columns.
                let isBetween = whole.x.lowerBound < frame.x.lowerBound && whole.x.upperBound > frame.x.upperBound
                if frame.x.length > 0 || isBetween { frames.append(whole) }
                continue
            }
            frames[place].x = frames[place].x.union(frame.x)
            frames[place].y = frames[place].y.union(frame.y)
            let limit = frames[place].isClosed(by: rules) ? maximumWordsOfCell : nil
            frames[place] = frames[place].withOuterColumns(of: rows, upTo: limit)
        }
        return Array(frames.sorted { $0.y.lowerBound < $1.y.lowerBound }.prefix(maximumFrames))
    }

    /// Frames, of which those are one that are close below each other, one as wide as a part of the other.
    private static func merged(_ frames: [PDFFrame], _ rows: [PDFPieceRow]) -> [PDFFrame] {
        var merged: [PDFFrame] = []
        for frame in frames.sorted(by: { $0.y.lowerBound < $1.y.lowerBound }) {
            let place = merged.lastIndex { other in
                let both = other.x.union(frame.x)
                let gap = other.y.upperBound..<max(other.y.upperBound, frame.y.lowerBound)
                return both.length < max(other.x.length, frame.x.length) + tolerance * 2 && gap.length < maximumGap
                    && !isParted(gap, both, by: rows)
            }
            if let place {
                merged[place].x = merged[place].x.union(frame.x)
                merged[place].y = merged[place].y.union(frame.y)
            } else {
                merged.append(frame)
            }
        }
        return merged
    }

    /// The frame with the columns beyond its outer lines, if most rows have text in them.
    ///
    /// - Parameters:
    ///   - rows: The rows of the page.
    ///   - words: The maximum number of words of a line of such a column; nil for any number.
    /// - Returns: The frame.
    private func withOuterColumns(of rows: [PDFPieceRow], upTo words: Int?) -> PDFFrame {
        let inside = rows.filter { y.contains($0.y.middle) }
        var frame = self
        let left = inside.compactMap { row in row.pieces.last { $0.line.x.middle < x.lowerBound } }
            .filter { $0.line.text.wordCount <= words ?? .max }.map(\.line.x.lowerBound)
        let right = inside.compactMap { row in row.pieces.first { $0.line.x.middle > x.upperBound } }
            .filter { $0.line.text.wordCount <= words ?? .max }.map(\.line.x.upperBound)
        // A name of several rows is beside a part of them.
        let isNamed = inside.first.map { $0.pieces[0].line.x.middle < x.lowerBound } == true
        if left.count * 2 > inside.count || isNamed && left.count * 3 >= inside.count, let start = left.min() {
            frame.x = min(start, x.lowerBound)..<x.upperBound
        }
        if right.count * 2 > inside.count, let end = right.max() {
            frame.x = frame.x.lowerBound..<max(end, x.upperBound)
        }
        return frame
    }

    /// Whether a line is along the whole of the upper or of the lower side, and not beyond it.
    private func isClosed(by rules: PDFRules) -> Bool {
        rules.horizontal.contains { line in
            Self.isSame(line.range, x)
                && min(abs(line.position - y.lowerBound), abs(line.position - y.upperBound)) < Self.tolerance
        }
    }

    /// Whether running text or much space separates two edges.
    private static func isParted(_ y: Range<Double>, _ x: Range<Double>, by rows: [PDFPieceRow]) -> Bool {
        let between = rows.filter { y.contains($0.y.middle) }.compactMap { $0.within(x) }
        var textRows = 0
        for row in between {
            let words = row.pieces.reduce(0) { $0 + $1.line.text.wordCount }
            let isText = row.pieces.count == 1 && row.x.length > x.length * 0.6 && words >= minimumWordsOfText
            textRows = isText ? textRows + 1 : 0
            if textRows > 1 { return true }
        }
        // Between two tables there is space, or a caption.
        guard let first = between.first, let last = between.last else { return y.length > 60 }
        let space = first.y.lowerBound - y.lowerBound + y.upperBound - last.y.upperBound
        return between.allSatisfy { $0.pieces.count == 1 } && space > first.size * 3
    }

    /// The rows of colored rectangles: cells of a row are one rectangle.
    private static func rowsOfFills(_ rules: PDFRules, height: Double) -> [Edges] {
        var rows: [Edges] = []
        for fill in rules.fills where fill.y.length < height * 0.3 && rules.isColored(fill) {
            let near = rows.lastIndex { row in
                abs(row.y.lowerBound - fill.y.lowerBound) < 2 && abs(row.y.upperBound - fill.y.upperBound) < 2
                    && fill.x.lowerBound < row.x.upperBound + tolerance
                    && fill.x.upperBound > row.x.lowerBound - tolerance
            }
            if let near {
                rows[near].x = rows[near].x.union(fill.x)
            } else if rows.count < maximumEdges {
                rows.append(Edges(x: fill.x, y: fill.y))
            }
        }
        return rows
    }

    /// The sides of a colored rectangle.
    private struct Edges {
        var x: Range<Double>
        var y: Range<Double>
    }

    /// The frames of vertical lines of the same height, those below each other as one.
    private static func columnFrames(_ rules: PDFRules, _ rows: [PDFPieceRow]) -> [PDFFrame] {
        var groups: [[PDFRules.Rule]] = []
        for rule in rules.vertical where rule.range.length > 20 {
            let group = groups.firstIndex { isSame($0[0].range, rule.range) }
            if let group { groups[group].append(rule) } else { groups.append([rule]) }
        }
        let frames = groups.compactMap { group -> PDFFrame? in
            guard let first = group.first, let last = group.last else { return nil }
            return PDFFrame(x: first.position..<last.position, y: first.range, isOfColumns: true)
        }
        return frames.sorted { $0.y.lowerBound < $1.y.lowerBound }.reduce(into: []) { frames, frame in
            // The names of groups of rows are across the columns.
            let above = frames.lastIndex { above in
                let gap = above.y.upperBound..<max(above.y.upperBound, frame.y.lowerBound)
                return isSame(above.x, frame.x) && frame.x.length > 0 && gap.length < maximumGap
                    && !isParted(gap, frame.x, by: rows)
            }
            if let above { frames[above].y = frames[above].y.union(frame.y) } else { frames.append(frame) }
        }
    }

    private static func isSame(_ range: Range<Double>, _ other: Range<Double>) -> Bool {
        abs(range.lowerBound - other.lowerBound) < tolerance && abs(range.upperBound - other.upperBound) < tolerance
    }
}
