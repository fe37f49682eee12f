/// A line of a column of a page: runs of text without a wide gap between them.
struct PDFLine: Sendable {
    var text: String
    var x: Range<Double>
    var y: Range<Double>
    /// The size of most of the type.
    var size: Double
    /// Whether all of the text is in bold type.
    var isBold: Bool
    /// Whether the text starts with the number of a paragraph.
    var isNumbered = false

    /// Whether the line is a heading with a number of several figures, such as `3.2 Carry-over`.
    var isNumberedHeading: Bool {
        guard text.first?.isNumber == true else { return false }
        return (LayoutLine(text[...]).headingNumberDepth ?? 0) > 1
    }

    /// Whether the text is written upwards or downwards, so that several letters have no width.
    var isTurned: Bool { text.utf8.count > 1 && x.length < size * 0.2 }

    /// The maximum gap between the runs of a line, in type sizes.
    private static let maximumGap = 1.0

    /// The lines of a page, from top to bottom and from left to right.
    static func lines(of page: PDFPage) -> [PDFLine] { lines(of: page.runs) }

    /// The lines of runs, from top to bottom and from left to right.
    static func lines(of runs: [PDFRun]) -> [PDFLine] {
        // Runs with overlapping heights are on one line; most pages are sorted already.
        var rows: [(y: Range<Double>, runs: [PDFRun])] = []
        for run in runs.sorted(by: { $0.y.middle < $1.y.middle }) {
            let height = min(run.y.length, rows.last?.y.length ?? 0)
            if let last = rows.last, last.y.overlap(run.y) > height * 0.5 {
                rows[rows.count - 1].runs.append(run)
                // A row's height does not grow with runs that protrude.
                if run.y.length > last.y.length { rows[rows.count - 1].y = run.y }
            } else {
                rows.append((run.y, [run]))
            }
        }
        return rows.flatMap { lines(ofRow: $0.runs) }
    }

    /// The number of lines of a row that a run is compared with.
    private static let comparedLines = 8

    /// The lines of runs of about the same height, from left to right; those of a cell with several lines beside a text
    /// of one line from top to bottom.
    private static func lines(ofRow runs: [PDFRun]) -> [PDFLine] {
        var lines: [(line: PDFLine, letters: Int)] = []
        var areStacked = false
        for run in runs.sorted(by: { $0.x.lowerBound < $1.x.lowerBound }) {
            let near = lines.indices.suffix(comparedLines).filter { lines[$0].line.isNear(run) }
            let place = near.filter { !lines[$0].line.isStacked(with: run) }.max {
                lines[$0].line.y.overlap(run.y) < lines[$1].line.y.overlap(run.y)
            }
            if place == nil, !near.isEmpty { areStacked = true }
            guard let place else {
                let line = PDFLine(text: run.text, x: run.x, y: run.y, size: run.size, isBold: run.isBold)
                lines.append((line, run.text.utf8.count))
                continue
            }
            lines[place].line.append(run, isLonger: run.text.utf8.count > lines[place].letters)
            lines[place].letters = max(lines[place].letters, run.text.utf8.count)
        }
        if areStacked {
            lines.sort { ($0.line.y.middle, $0.line.x.lowerBound) < ($1.line.y.middle, $1.line.x.lowerBound) }
        }
        return lines.map(\.line.onOneLine).filter { !$0.text.isEmpty }
    }

    /// Whether a run that starts right of the line's start is next to the line.
    private func isNear(_ run: PDFRun) -> Bool {
        run.x.lowerBound - x.upperBound < Self.maximumGap * max(size, run.size) * 0.9
    }

    /// Whether the line and a run are above each other.
    private func isStacked(with run: PDFRun) -> Bool {
        x.overlap(run.x) > min(x.length, run.x.length) * 0.5
            && abs(y.middle - run.y.middle) > min(y.length, run.y.length) * 0.25
    }

    private mutating func append(_ run: PDFRun, isLonger: Bool) {
        // Text that is printed twice to look bold is one text.
        if run.text == text, abs(run.x.lowerBound - x.lowerBound) < run.size * 0.3 { return }
        let gap = run.x.lowerBound - x.upperBound
        if isRaised(run, gap: gap) {
            text += SuperscriptText.text(for: run.text, after: text)
        } else if isMark(of: run, gap: gap) {
            text = SuperscriptText.text(for: text, after: "") + run.text.drop(while: \.isWhitespace)
        } else {
            let isApart = gap > run.size * 0.12 && text.last?.isWhitespace == false
            text += (isApart ? " " : "") + run.text
        }
        if isLonger { (size, y) = (run.size, run.y) }
        x = x.union(run.x)
        isBold = isBold && run.isBold
    }

    /// The maximum size of raised type, and of type that is raised only if it abuts the text, in type sizes.
    private static let maximumRaisedSize = 0.8
    private static let maximumAbuttingSize = 0.88
    /// The minimum distance of the lower side of raised type from that of the text, in type sizes.
    private static let minimumRise = 0.15
    /// The maximum gap between a text and type that abuts it, in type sizes.
    private static let maximumGapOfMark = 0.15

    /// Whether a run is a superscript after the line's text.
    private func isRaised(_ run: PDFRun, gap: Double) -> Bool {
        if run.size < size * Self.maximumRaisedSize, run.y.middle < y.middle { return true }
        return run.size <= size * Self.maximumAbuttingSize && gap < run.size * Self.maximumGapOfMark
            && y.upperBound - run.y.upperBound > size * Self.minimumRise
    }

    /// Whether the line's text is the raised mark of a footnote, which begins with a run.
    private func isMark(of run: PDFRun, gap: Double) -> Bool {
        text.utf8.count <= 3 && text.allSatisfy { $0.isASCII && $0.isNumber }
            && run.text.first { !$0.isWhitespace }.map { $0.isLetter || $0.isNumber } == true
            && size <= run.size * Self.maximumAbuttingSize && gap < run.size * Self.maximumGapOfMark
            && run.y.upperBound - y.upperBound > run.size * Self.minimumRise
    }

    /// The sign that is a hyphen only, other than the one of keyboards.
    private static let hyphen: Character = "\u{2010}"
    private static let firstByteOfHyphen: UInt8 = 0xE2

    private var onOneLine: PDFLine {
        var line = self
        // A soft hyphen at the end means that the word continues.
        let isCut = text.unicodeScalars.last { !$0.isBlank }?.value == 0xAD
        line.text = text.onOneLine
        if line.text.utf8.contains(Self.firstByteOfHyphen), line.text.contains(Self.hyphen) {
            // Some programs set a blank before the hyphen of a divided word.
            let isDivided = line.text.last == Self.hyphen
            let words = line.text[..<(isDivided ? line.text.index(before: line.text.endIndex) : line.text.endIndex)]
            line.text = String(words.reversed().drop(while: \.isWhitespace).reversed()) + (isDivided ? "-" : "")
            line.text = String(line.text.map { $0 == Self.hyphen ? "-" : $0 })
        }
        if isCut { line.text += "\u{AD}" }
        return line
    }
}
