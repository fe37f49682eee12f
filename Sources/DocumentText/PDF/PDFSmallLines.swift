/// Joins lines in smaller type with the texts of the row above that they stand below, as an explanation below each name.
enum PDFSmallLines {
    /// Rows in smaller type below a row, and the texts of it that each of their pieces stands below.
    private struct Block {
        var rows: Range<Int>
        var places: [[Int]]
        /// The distance from the row above, in its type size.
        var distance: Double
        var size: Double
        var start: Double
        /// Whether another row that begins at the same place as the one above follows.
        var isFollowed: Bool
    }

    /// The maximum size of the type, in that of the row above.
    private static let maximumSize = 0.92
    /// The maximum distance from the line above, in type sizes.
    private static let maximumDistance = 1.6
    /// The tolerance of places, in type sizes, and of distances and sizes.
    private static let tolerance = 0.3
    private static let share = 0.08
    /// The minimum number of rows with such lines that another row follows; a single one can be a note below a table.
    private static let minimumBlocks = 2
    /// The maximum number of such lines below a row.
    private static let maximumLines = 3

    /// The rows, each with the lines in smaller type below its texts.
    static func joined(_ rows: [PDFPieceRow]) -> [PDFPieceRow] {
        let blocks = rows.indices.dropFirst().compactMap { block(from: $0, in: rows) }
        let usual = blocks.filter { block in
            blocks.count { $0.isFollowed && isSimilar($0, block) } >= minimumBlocks
        }
        guard !usual.isEmpty else { return rows }
        var joined = rows
        for block in usual {
            for (row, places) in zip(block.rows, block.places) {
                for (piece, place) in zip(rows[row].pieces, places) {
                    joined[block.rows.lowerBound - 1].add(piece, below: place)
                }
            }
        }
        let below = Set(usual.flatMap(\.rows))
        return joined.indices.filter { !below.contains($0) }.map { joined[$0] }
    }

    private static func isSimilar(_ block: Block, _ other: Block) -> Bool {
        func isClose(_ value: Double, _ other: Double) -> Bool { abs(value - other) <= other * share }
        return isClose(block.distance, other.distance) && isClose(block.size, other.size)
            && abs(block.start - other.start) < block.size * tolerance
    }

    /// The rows in smaller type from one on that stand below texts of the row above; nil if there are none.
    private static func block(from first: Int, in rows: [PDFPieceRow]) -> Block? {
        let above = rows[first - 1]
        guard above.pieces.count > 1 else { return nil }
        var end = first
        var places: [[Int]] = []
        while end < rows.count, end - first < maximumLines, rows[end].size <= above.size * maximumSize,
            rows[end].y.middle - rows[end - 1].y.middle <= rows[end - 1].size * maximumDistance,
            let found = self.places(of: rows[end], below: above)
        {
            places.append(found)
            end += 1
        }
        guard end > first, let start = rows[first].pieces.first?.line.x.lowerBound else { return nil }
        let gap = rows[first].y.lowerBound - above.y.upperBound
        let next = end < rows.count ? rows[end] : nil
        // A line that is closer to the row below can be one of it.
        if let next, next.y.lowerBound - rows[end - 1].y.upperBound <= gap { return nil }
        let isFollowed = next.map { next in
            next.pieces.count > 1 && abs(next.x.lowerBound - above.x.lowerBound) < above.size * tolerance
        }
        return Block(
            rows: first..<end,
            places: places,
            distance: (rows[first].y.middle - above.y.middle) / above.size,
            size: rows[first].size,
            start: start,
            isFollowed: isFollowed == true
        )
    }

    /// The texts of a row that the pieces of one below it stand below; nil if a piece stands below none.
    private static func places(of row: PDFPieceRow, below above: PDFPieceRow) -> [Int]? {
        let texts = above.pieces.map(\.line.x)
        let places = row.pieces.compactMap { piece in
            let x = piece.line.x
            return texts.indices.first { place in
                let sides = [
                    texts[place].lowerBound - x.lowerBound, texts[place].upperBound - x.upperBound,
                    texts[place].middle - x.middle,
                ]
                let isFree = texts.indices.allSatisfy { $0 == place || texts[$0].overlap(x) <= 0 }
                return isFree && sides.contains { abs($0) < above.size * tolerance }
            }
        }
        return places.count == row.pieces.count && Set(places).count == places.count ? places : nil
    }
}

extension PDFPieceRow {
    /// Adds a piece of the row below to the text that it stands below.
    fileprivate mutating func add(_ piece: Piece, below place: Int) {
        pieces[place].below.append(piece)
        y = y.union(piece.line.y)
    }
}
