/// The widths without text that rows have in common.
struct PDFGutters {
    /// The gutters, and how many rows have text at both of their sides only.
    private var gutters: [(x: Range<Double>, rows: Int)] = []
    private var gaps: [Double] = []
    private var rows: [PDFPieceRow] = []
    private var left = Double.infinity

    /// The end of the first column.
    var start: Double { common.first?.upperBound ?? .infinity }

    /// The gutters of at least half of the rows.
    private var common: [Range<Double>] { gutters.filter { $0.rows * 2 >= rows.count }.map(\.x) }

    init(_ rows: [PDFPieceRow]) {
        for row in rows { add(row) }
        gaps = zip(rows, rows.dropFirst()).map { max(0, $1.y.lowerBound - $0.y.upperBound) }
    }

    /// Whether a row has the columns, which it then narrows.
    mutating func accepts(_ row: PDFPieceRow, beside other: PDFPieceRow) -> Bool {
        let gap = max(0, max(row.y.lowerBound - other.y.upperBound, other.y.lowerBound - row.y.upperBound))
        let size = max(row.size, other.size)
        let common = common
        guard gap <= maximumGap(size), !common.isEmpty else { return false }
        let free = common.count { PDFGutters.rest(of: $0, beside: row, atLeast: size * 0.4) != nil }
        if row.pieces.count == 1 {
            // A line of a cell with several lines; one of the first column is close to the others.
            let isOfFirst = row.x.lowerBound < start || !PDFPieceRow.areNamed(rows)
            guard free == common.count, gap <= size * 0.5 || !isOfFirst, abs(row.size - other.size) < size * 0.1 else {
                return false
            }
        } else {
            guard free * 5 >= common.count * 3 else { return false }
        }
        add(row)
        gaps.append(gap)
        return true
    }

    /// Whether a row is a short text across the columns, with rows of the table above and below it.
    mutating func acceptsGroup(_ row: PDFPieceRow, between above: PDFPieceRow, and below: PDFPieceRow) -> Bool {
        let size = max(row.size, above.size)
        guard row.pieces.count == 1, below.pieces.count > 1, above.pieces.count > 1, rows.count > 1 || gaps.isEmpty,
            row.pieces[0].line.text.wordCount <= 6, abs(row.x.lowerBound - left) < size,
            abs(row.size - above.size) < size * 0.1
        else { return false }
        let gaps = [row.y.lowerBound - above.y.upperBound, below.y.lowerBound - row.y.upperBound]
        guard gaps.allSatisfy({ $0 <= maximumGap(size) }) else { return false }
        var next = self
        guard next.accepts(below, beside: row) else { return false }
        self = next
        return true
    }

    /// Whether a row has the name of the first column and those of groups of columns, above a row of names that lacks the
    /// first.
    mutating func acceptsNames(_ row: PDFPieceRow, above names: PDFPieceRow) -> Bool {
        let others = rows.filter { $0.pieces.count > 1 && $0.y.lowerBound > names.y.lowerBound }
        guard let start = others.map(\.pieces[1].line.x.lowerBound).min(), row.pieces.count > 1,
            others.count > 1, others.allSatisfy({ $0.x.lowerBound < start }), names.x.lowerBound >= start - names.size,
            row.pieces[0].line.x.upperBound < start, row.pieces.count - 1 < names.pieces.count,
            names.y.lowerBound - row.y.upperBound <= maximumGap(names.size)
        else { return false }
        add(row)
        return true
    }

    private func maximumGap(_ size: Double) -> Double {
        // The first gap may be within a row.
        max((gaps.max() ?? 0) * 1.5, size * (gaps.count < 2 ? 2.4 : 0.8))
    }

    private mutating func add(_ row: PDFPieceRow) {
        rows.append(row)
        left = min(left, row.x.lowerBound)
        guard row.pieces.count > 1 else {
            for gutter in gutters.indices { gutters[gutter].rows += 1 }
            return
        }
        for gutter in gutters.indices {
            guard let rest = PDFGutters.rest(of: gutters[gutter].x, beside: row, atLeast: row.size * 0.4) else {
                continue
            }
            gutters[gutter] = (rest, gutters[gutter].rows + 1)
        }
        for (left, right) in zip(row.pieces, row.pieces.dropFirst()) {
            let gap = left.line.x.upperBound..<max(left.line.x.upperBound, right.line.x.lowerBound)
            guard !gutters.contains(where: { $0.x.overlap(gap) > 0 }) else { continue }
            var free = gap
            var count = 0
            for row in rows {
                guard let rest = PDFGutters.rest(of: free, beside: row, atLeast: row.size * 0.4) else { continue }
                free = rest
                count += 1
            }
            gutters.append((free, count))
        }
        gutters.sort { $0.x.lowerBound < $1.x.lowerBound }
    }

    /// The widest free part of a gutter beside the pieces of a row; nil if it is narrower than given.
    private static func rest(of gutter: Range<Double>, beside row: PDFPieceRow, atLeast width: Double) -> Range<Double>?
    {
        var start = gutter.lowerBound
        var widest = start..<start
        for piece in row.pieces where piece.line.x.overlap(gutter) > 0 {
            if piece.line.x.lowerBound - start > widest.length { widest = start..<piece.line.x.lowerBound }
            start = max(start, piece.line.x.upperBound)
        }
        if gutter.upperBound - start > widest.length { widest = start..<gutter.upperBound }
        return widest.length >= min(width, gutter.length) ? widest : nil
    }
}
