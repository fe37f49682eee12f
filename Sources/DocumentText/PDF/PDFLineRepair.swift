/// Joins lines that a wide gap splits without a column: after a bullet, or in a line that is justified to the width of
/// its paragraph.
enum PDFLineRepair {
    private static let maximumBulletGap = 6.0

    /// The lines, from top to bottom, with split ones joined.
    static func repaired(_ lines: [PDFLine]) -> [PDFLine] {
        let rows = rows(of: lines)
        let outline = OutlineNumber.rows(of: rows)
        return rows.indices.flatMap { position -> [PDFLine] in
            guard rows[position].count > 1 else { return rows[position] }
            let row = rows[position].sorted { $0.x.lowerBound < $1.x.lowerBound }
            let widest = row.count == 2 ? maximumBulletGap : maximumBulletGap / 2
            var repaired = [row[0]]
            for right in row.dropFirst() {
                let left = repaired[repaired.count - 1]
                let gap = left.x.upperBound..<max(left.x.upperBound, right.x.lowerBound)
                let isNumber = outline.contains(position)
                let isLabel =
                    gap.length < left.size * widest
                    && (isNumber || OutlineNumber.isLabel(left.text, of: right.text))
                let isCovered =
                    row.count == 2 && position > 0 && position + 1 < rows.count
                    && isCovered(gap, by: rows[position - 1])
                    && isCovered(gap, by: rows[position + 1])
                if isLabel || isCovered {
                    repaired[repaired.count - 1] = joined(left, right)
                    repaired[repaired.count - 1].isNumbered = isNumber
                } else {
                    repaired.append(right)
                }
            }
            return repaired
        }
    }

    private static func joined(_ left: PDFLine, _ right: PDFLine) -> PDFLine {
        var whole = right
        whole.text = left.text + " " + right.text
        whole.x = left.x.union(right.x)
        whole.isBold = left.isBold && right.isBold
        return whole
    }

    private static func isCovered(_ gap: Range<Double>, by row: [PDFLine]) -> Bool {
        row.contains { $0.x.lowerBound < gap.lowerBound && $0.x.upperBound > gap.upperBound }
    }

    /// The lines by their heights, from top to bottom.
    static func rows(of lines: [PDFLine]) -> [[PDFLine]] {
        var rows: [[PDFLine]] = []
        for line in lines {
            if let last = rows.last?.first, last.y.overlap(line.y) > min(last.y.length, line.y.length) * 0.5 {
                rows[rows.count - 1].append(line)
            } else {
                rows.append([line])
            }
        }
        return rows
    }
}
