/// A page of a PDF: runs of text with their positions.
struct PDFPage: Sendable {
    /// The number of the page, starting at 1.
    var number: Int
    var width: Double
    var height: Double
    var runs: [PDFRun] = []
    /// Whether the page is mirrored, as it is written from the right.
    var isMirrored = false
    /// The ruling lines; nil if they are unknown.
    var rules: PDFRules?
    /// The boxes of the words; nil if they are unknown.
    var words: PDFWordBoxes?
}

extension PDFPage {
    /// Whether the page may have a table: whether texts are side by side on several of its lines.
    var mayHaveTables: Bool {
        let rows = PDFLineRepair.rows(of: PDFLine.lines(of: self))
        return rows.count { $0.count > 1 } > 1
    }

    /// The positions of runs that may be raised or lowered, but whose heights are unknown: short ones of small type that
    /// abut a text.
    ///
    /// `pdftohtml` tells the base line of text that PDF's operator for it raises.
    var runsOfUnknownRise: [Int] {
        // Most pages have one size of type, or few changes of it.
        let changes = runs.indices.dropLast().filter { runs[$0].size != runs[$0 + 1].size }
        return changes.compactMap { position in
            let pair = (runs[position], runs[position + 1])
            let isSecond = pair.1.size < pair.0.size
            let (mark, text) = isSecond ? (pair.1, pair.0) : pair
            let isShort = mark.size < text.size * 0.9 && mark.text.utf8.count <= 6
            let abuts = abs(pair.1.x.lowerBound - pair.0.x.upperBound) < mark.size * 0.15
            let isOnLine = mark.y.upperBound < text.y.upperBound && mark.y.lowerBound > text.y.lowerBound
            return isShort && abuts && isOnLine ? position + (isSecond ? 1 : 0) : nil
        }
    }

    /// The minimum number of runs that start at a column.
    private static let minimumPiecesOfColumn = 3
    private static let grain = 4.0

    /// Splits runs at two blanks before a column's start, as where a long cell reaches the next one.
    mutating func cutAtColumns() {
        guard runs.contains(where: { $0.text.contains("  ") }) else { return }
        var starts: [Int: Int] = [:]
        for run in runs { starts[Int(run.x.lowerBound / Self.grain), default: 0] += 1 }
        runs = runs.flatMap { run -> [PDFRun] in
            guard let blanks = run.text.firstRange(of: "  "), blanks.upperBound < run.text.endIndex else {
                return [run]
            }
            let head = run.text[..<blanks.lowerBound]
            let tail = run.text[blanks.upperBound...].drop(while: \.isWhitespace)
            guard !tail.isEmpty, head.contains(where: { !$0.isWhitespace }) else { return [run] }
            // The number of a paragraph is not a cell.
            guard !OutlineNumber.isLabel(head, of: tail) else { return [run] }
            let width = run.x.length / Double(run.text.count)
            let expected = run.x.lowerBound + width * Double(run.text.count - tail.count)
            let near = (-Int(run.size / Self.grain)...Int(run.size / Self.grain)).map {
                Int(expected / Self.grain) + $0
            }
            let isColumn = near.contains { starts[$0, default: 0] >= Self.minimumPiecesOfColumn }
            guard isColumn, expected < run.x.upperBound else { return [run] }
            let end = min(run.x.lowerBound + width * Double(head.count), expected - run.size)
            guard end > run.x.lowerBound else { return [run] }
            var (left, right) = (run, run)
            left.text = String(head)
            left.x = run.x.lowerBound..<end
            right.text = String(tail)
            right.x = expected..<run.x.upperBound
            return [left, right]
        }
    }
}

/// A run of text on one line of a page, in one size.
struct PDFRun: Sendable {
    var text: String
    /// The edges on the page, with y downwards.
    var x: Range<Double>
    var y: Range<Double>
    /// The type size.
    var size: Double
    var isBold: Bool
    /// Whether the color is a light gray.
    var isPale = false
    /// Whether the run is a part of a text between wide blanks, so that its place is estimated.
    var isPart = false

    /// Whether wide blanks can make the run wider than its words.
    var isTorn: Bool { isPart || text.first?.isWhitespace == true || text.last?.isWhitespace == true }

    /// The parts between gaps of several blanks; none if there are only blanks.
    var cutAtBlanks: [PDFRun] {
        let blanks = 3
        guard text.contains(where: { !$0.isWhitespace }) else { return [] }
        guard text.contains("   ") else { return [self] }
        let letters = Array(text)
        var pieces: [PDFRun] = []
        var start = 0
        while start < letters.count {
            guard !letters[start].isWhitespace else {
                start += 1
                continue
            }
            var end = start + 1
            var gap = 0
            var position = end
            while position < letters.count, gap < blanks {
                gap = letters[position].isWhitespace ? gap + 1 : 0
                position += 1
                if gap == 0 { end = position }
            }
            var piece = self
            piece.text = String(letters[start..<end])
            if !pieces.isEmpty || gap >= blanks, end - start < letters.count {
                let width = x.length / Double(letters.count)
                let left = x.lowerBound + width * Double(start)
                piece.x = left..<(left + width * Double(end - start))
                piece.isPart = true
            }
            pieces.append(piece)
            start = end
        }
        return pieces
    }
}

extension Range<Double> {
    var length: Double { upperBound - lowerBound }
    var middle: Double { (lowerBound + upperBound) / 2 }

    /// The length of the intersection of two ranges.
    func overlap(_ other: Self) -> Double {
        Swift.max(0, Swift.min(upperBound, other.upperBound) - Swift.max(lowerBound, other.lowerBound))
    }

    /// The union of both ranges.
    func union(_ other: Self) -> Self {
        Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
    }
}
