/// A block of lines of a page: a paragraph, a heading, or the text of a cell.
struct PDFBlock: Sendable {
    var lines: [PDFLine]
    var x: Range<Double>
    var y: Range<Double>

    /// The number of following lines in which the line below a line is searched.
    private static let nearestLines = 12

    var text: String { lines.map(\.text).joined(separator: " ") }
    var wordCount: Int { lines.reduce(0) { $0 + $1.text.wordCount } }
    var size: Double { lines.map(\.size).max() ?? 0 }
    var isBold: Bool { lines.allSatisfy(\.isBold) }

    /// The blocks of a page, from top to bottom.
    ///
    /// - Parameters:
    ///   - lines: The lines, from top to bottom.
    ///   - lineGap: The gap between the lines of running text.
    /// - Returns: The blocks.
    static func blocks(of lines: [PDFLine], lineGap: Double) -> [PDFBlock] {
        var blocks: [PDFBlock] = []
        // Only a block that ended closely above a line can be continued.
        var open: [Int] = []
        for line in lines {
            open.removeAll { line.y.lowerBound - blocks[$0].y.upperBound > max(line.size * 2, lineGap * 2) }
            // A line continues the block directly above it; below two blocks, it continues neither.
            let above = open.filter { blocks[$0].isAbove(line) && blocks[$0].x.overlap(line.x) > 0 }
            let lowest = above.map { blocks[$0].y.upperBound }.max() ?? 0
            let nearest = above.filter { blocks[$0].y.upperBound > lowest - line.size * 0.5 }
            if nearest.count == 1, let position = nearest.first,
                blocks[position].isContinued(by: line, lineGap: lineGap)
            {
                blocks[position].lines.append(line)
                blocks[position].x = blocks[position].x.union(line.x)
                blocks[position].y = blocks[position].y.union(line.y)
            } else {
                open.append(blocks.count)
                blocks.append(PDFBlock(lines: [line], x: line.x, y: line.y))
            }
        }
        return blocks
    }

    /// The most frequent gap between lines of pages.
    static func lineGap(of pages: [[PDFLine]]) -> Double {
        var counts: [Int: Int] = [:]
        for lines in pages {
            for (position, line) in lines.enumerated() {
                let below = lines[(position + 1)...].prefix(nearestLines).first {
                    $0.y.lowerBound >= line.y.middle && $0.x.overlap(line.x) > min($0.x.length, line.x.length) * 0.5
                }
                guard let below else { continue }
                let gap = below.y.lowerBound - line.y.upperBound
                if gap > -line.size * 0.5, gap < line.size * 2 { counts[Int(gap.rounded()), default: 0] += 1 }
            }
        }
        return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }.map { Double($0.key) } ?? 0
    }

    private func isAbove(_ line: PDFLine) -> Bool {
        y.upperBound <= line.y.middle
    }

    private func isContinued(by line: PDFLine, lineGap: Double) -> Bool {
        guard let last = lines.last, isAbove(line), !line.isNumberedHeading, lines.count > 1 || !last.isNumberedHeading,
            x.overlap(line.x) > min(x.length, line.x.length) * 0.3
        else { return false }
        let gap = line.y.lowerBound - last.y.upperBound
        let isNear = gap <= max(last.size * 0.45, min(lineGap * 1.25 + 1, last.size))
        // A bold line is running text if the line before is full and its sentence continues.
        let isOfSameWeight =
            last.isBold == line.isBold
            || !last.isBold && last.x.length > line.x.length * 0.85
                && last.text.last.map { !".:;!?".contains($0) } == true
        return isNear && isOfSameWeight && abs(last.size - line.size) <= max(last.size, line.size) * 0.08
    }
}
