/// Finds the columns of rows: widths that are free of text in all rows but those whose cells cover several columns.
struct PDFTableColumns: Sendable {
    /// A free width between two columns.
    private struct Gutter {
        var x: Range<Double>
        /// How many rows have text in it.
        var crossings: Int
    }

    /// The places between the columns, from left to right.
    private(set) var borders: [Double] = []
    /// The part of the width with the columns.
    private(set) var x = 0.0..<0.0
    /// The parts of the width with the text of each column.
    private var texts: [Range<Double>?] = []

    /// The number of columns.
    var count: Int { borders.count + 1 }

    /// The minimum width of a gutter in type sizes; in a table of few rows, it is wider.
    private static let minimumGutter = 0.45
    private static let minimumGutterOfFewRows = 0.9
    private static let minimumGutterBesideLines = 1.2
    private static let fewRows = 3
    /// The maximum number of lines of the name of a column.
    private static let maximumLinesOfName = 4
    /// The number of first rows whose cells may cover several columns.
    private static let headerRows = 2
    /// The part of the table's width from which a row's only piece covers several columns.
    private static let wholePart = 0.45

    /// Finds the columns of rows.
    ///
    /// - Parameters:
    ///   - rows: The rows.
    ///   - lines: The places of vertical lines between columns.
    ///   - gaps: The places of gaps between columns that are as narrow as blanks.
    init(of rows: [PDFPieceRow], lines: [Double], gaps: [Double] = []) {
        let left = rows.map(\.x.lowerBound).min() ?? 0
        x = left..<max(left, rows.map(\.x.upperBound).max() ?? 0)
        let inner = lines.filter { $0 > x.lowerBound + 2 && $0 < x.upperBound - 2 }
        let size = rows.map(\.size).sorted().dropFirst(rows.count / 2).first ?? 0
        // Where lines separate columns, others are only between wide gaps.
        let part =
            inner.isEmpty
            ? rows.count <= Self.fewRows ? Self.minimumGutterOfFewRows : Self.minimumGutter
            : Self.minimumGutterBesideLines
        let gutters = Self.gutters(of: rows, in: x, width: size * part, beside: gaps)
        borders =
            inner
            + gutters.lazy.map(\.x.middle).filter { place in
                !inner.contains { abs($0 - place) < size * 3 }
            }
        borders.sort()
        texts = texts(of: rows)
    }

    /// The range of a column, up to the middle of the gutters at its sides.
    func range(of column: Int) -> Range<Double> {
        let start = column == 0 ? x.lowerBound : borders[column - 1]
        return start..<max(start, column == borders.count ? x.upperBound : borders[column])
    }

    /// The ranges of all columns.
    var ranges: [Range<Double>] { (0..<count).map(range(of:)) }

    /// The part of the width with the text of a column.
    func text(of column: Int) -> Range<Double> { (texts.isEmpty ? nil : texts[column]) ?? range(of: column) }

    /// The columns that a line covers.
    func columns(of line: PDFLine) -> Range<Int> {
        let covered = reachedColumns(of: line)
        guard covered.count > 1, !texts.isEmpty else { return covered }
        // A text that is beside all texts of a column is not in it.
        let written = covered.filter { column in texts[column].map { $0.overlap(line.x) > line.size * 0.1 } ?? true }
        guard let first = written.first, let last = written.last else { return covered }
        return first..<(last + 1)
    }

    /// The columns between whose borders a line reaches.
    private func reachedColumns(of line: PDFLine) -> Range<Int> {
        let reach = min(line.size * 0.5, line.x.length * 0.4)
        let first = borders.count { $0 < line.x.lowerBound + reach }
        let last = borders.count { $0 < line.x.upperBound - reach }
        return first..<(max(first, last) + 1)
    }

    /// The parts of the width with the text of each column; nil for one without text of its own in well filled rows.
    private func texts(of rows: [PDFPieceRow]) -> [Range<Double>?] {
        var texts = [Range<Double>?](repeating: nil, count: count)
        // Rows with few texts may name groups of columns.
        for piece in rows.lazy.filter({ $0.pieces.count * 2 >= texts.count }).flatMap(\.pieces) {
            let covered = reachedColumns(of: piece.line)
            guard covered.count == 1 else { continue }
            texts[covered.lowerBound] = texts[covered.lowerBound].map { $0.union(piece.line.x) } ?? piece.line.x
        }
        return texts
    }

    private static func gutters(
        of rows: [PDFPieceRow],
        in x: Range<Double>,
        width: Double,
        beside gaps: [Double]
    ) -> [Gutter] {
        // The text of body rows, and that of the first rows, which may be headers of several columns.
        var changes: [(x: Double, change: Int, isBody: Bool)] = []
        var counted = 0
        let several = rows.count { $0.pieces.count > 1 }
        for (number, row) in rows.enumerated() {
            if row.pieces.count == 1, several > fewRows || row.x.length > x.length * wholePart { continue }
            counted += 1
            for piece in row.pieces {
                changes.append((piece.line.x.lowerBound, 1, number >= headerRows))
                changes.append((piece.line.x.upperBound, -1, number >= headerRows))
            }
        }
        changes.sort { ($0.x, $0.change) < ($1.x, $1.change) }
        let tolerance = counted / 8
        var gutters: [Gutter] = []
        var (head, body) = (0, 0)
        var open: Gutter?
        func close(at end: Double) {
            guard var gutter = open else { return }
            gutter.x = gutter.x.lowerBound..<max(gutter.x.lowerBound, end)
            open = nil
            guard gutter.x.length >= width else { return }
            if let last = gutters.last, isEmpty(last.x.upperBound..<gutter.x.lowerBound, rows) {
                // Of adjacent ones, the one with less text.
                if (gutter.crossings, -gutter.x.length) < (last.crossings, -last.x.length) {
                    gutters[gutters.count - 1] = gutter
                }
            } else {
                gutters.append(gutter)
            }
        }
        for (position, change) in changes.enumerated() {
            if change.isBody { body += change.change } else { head += change.change }
            let next = position + 1 < changes.count ? changes[position + 1].x : change.x
            guard next > change.x else { continue }
            let crossings = body + head
            let isFree =
                body <= tolerance && (head <= 1 || counted > 4 && head <= headerRows) && crossings * 3 <= counted
            if let gutter = open, !isFree || gutter.crossings != crossings { close(at: change.x) }
            if isFree, open == nil { open = Gutter(x: change.x..<change.x, crossings: crossings) }
        }
        gutters.removeAll { gutter in
            gutter.x.lowerBound <= x.lowerBound || gutter.x.upperBound >= x.upperBound
                || gaps.contains { gutter.x.contains($0) }
        }
        gutters += gaps.map { Gutter(x: $0..<$0, crossings: 0) }
        return populated(gutters.sorted { $0.x.lowerBound < $1.x.lowerBound }, rows)
    }

    /// Whether no row has a piece that lies within a range.
    private static func isEmpty(_ range: Range<Double>, _ rows: [PDFPieceRow]) -> Bool {
        !rows.contains { row in
            row.pieces.contains {
                $0.line.x.lowerBound >= range.lowerBound - 1 && $0.line.x.upperBound <= range.upperBound + 1
            }
        }
    }

    /// The gutters between columns of which each has text in enough rows.
    private static func populated(_ gutters: [Gutter], _ rows: [PDFPieceRow]) -> [Gutter] {
        var gutters = gutters
        let enough = rows.count > 3 ? 2 : 1
        while !gutters.isEmpty {
            let bounds = [-Double.infinity] + gutters.map(\.x.middle) + [Double.infinity]
            let counts = zip(bounds, bounds.dropFirst()).map { start, end in
                rows.count { row in
                    row.pieces.contains { $0.line.x.middle > start && $0.line.x.middle < end }
                }
            }
            guard let poor = counts.firstIndex(where: { $0 < enough }) else { break }
            // The column joins the neighbor with no text in its rows, or else across the gutter with more text.
            let left = poor > 0 ? poor - 1 : nil
            let right = poor < gutters.count ? poor : nil
            func isInside(_ piece: PDFPieceRow.Piece, _ column: Int) -> Bool {
                piece.line.x.middle > bounds[column] && piece.line.x.middle < bounds[column + 1]
            }
            func common(_ gutter: Int) -> Int {
                rows.count { row in
                    [gutter, gutter + 1].allSatisfy { column in row.pieces.contains { isInside($0, column) } }
                }
            }
            guard
                let drop = [left, right].compactMap(\.self).max(by: {
                    (-common($0), gutters[$0].crossings, -gutters[$0].x.length)
                        < (-common($1), gutters[$1].crossings, -gutters[$1].x.length)
                })
            else { break }
            gutters.remove(at: drop)
        }
        return joined(gutters, rows)
    }

    /// The gutters without those between a name that is not above its column and the texts of the column.
    ///
    /// Such a name has no text of its column's rows below it, and the column no text beside it. Several of them side by side
    /// are each that of the column after it, or each that of the column before it.
    private static func joined(_ gutters: [Gutter], _ rows: [PDFPieceRow]) -> [Gutter] {
        let bounds = [-Double.infinity] + gutters.map(\.x.middle) + [Double.infinity]
        let filled = zip(bounds, bounds.dropFirst()).map { start, end in
            rows.indices.filter { row in
                rows[row].pieces.contains { $0.line.x.middle > start && $0.line.x.middle < end }
            }
        }
        func isName(_ name: [Int], of texts: [Int]) -> Bool {
            guard let first = name.first, let last = name.last, let text = texts.first else { return false }
            return first == 0 && last < maximumLinesOfName && last < text
        }
        let within = gutters.indices.map { number in
            isName(filled[number], of: filled[number + 1]) || isName(filled[number + 1], of: filled[number])
        }
        return gutters.indices.filter { number in
            guard within[number] else { return true }
            let before = within[..<number].reversed().prefix { $0 }.count
            let after = within[(number + 1)...].prefix { $0 }.count
            // Where names and columns are not in pairs, a name between two columns could be that of either.
            return before % 2 != 0 || after % 2 != 0
        }.map { gutters[$0] }
    }
}
