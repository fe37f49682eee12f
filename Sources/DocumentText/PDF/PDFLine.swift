/// A line of a column of a page: runs of text without a wide gap between them.
struct PDFLine: Sendable {
    var text: String
    var x: Range<Double>
    var y: Range<Double>
    /// The size of most of the type.
    var size: Double
    /// Whether all of the text is in bold type.
    var isBold: Bool

    /// Whether the line is a heading with a number of several figures, such as `3.2 Carry-over`.
    var isNumberedHeading: Bool {
        guard text.first?.isNumber == true else { return false }
        return (LayoutLine(text[...]).headingNumberDepth ?? 0) > 1
    }

    /// The maximum gap between the runs of a line, in type sizes.
    private static let maximumGap = 1.0

    /// The lines of a page, from top to bottom and from left to right.
    static func lines(of page: PDFPage) -> [PDFLine] {
        // Runs with overlapping heights are on one line; most pages are sorted already.
        var rows: [(y: Range<Double>, runs: [PDFRun])] = []
        for run in page.runs.sorted(by: { $0.y.middle < $1.y.middle }) {
            let height = min(run.y.length, rows.last?.y.length ?? 0)
            if let last = rows.last, last.y.overlap(run.y) > height * 0.5 {
                rows[rows.count - 1].runs.append(run)
                // A row's height does not grow with runs that protrude.
                if run.y.length > last.y.length { rows[rows.count - 1].y = run.y }
            } else {
                rows.append((run.y, [run]))
            }
        }
        return rows.flatMap { lines(of: $0.runs) }
    }

    private static func lines(of runs: [PDFRun]) -> [PDFLine] {
        var lines: [PDFLine] = []
        var letters = 0
        for run in runs.sorted(by: { $0.x.lowerBound < $1.x.lowerBound }) {
            guard var last = lines.last,
                run.x.lowerBound - last.x.upperBound < maximumGap * max(last.size, run.size) * 0.9
            else {
                lines.append(PDFLine(text: run.text, x: run.x, y: run.y, size: run.size, isBold: run.isBold))
                letters = run.text.utf8.count
                continue
            }
            // Text that is printed twice to look bold is one text.
            if run.text == last.text, abs(run.x.lowerBound - last.x.lowerBound) < run.size * 0.3 { continue }
            let gap = run.x.lowerBound - last.x.upperBound
            let isRaised = run.size < last.size * 0.8 && run.y.middle < last.y.middle
            if isRaised {
                last.text += SuperscriptText.text(for: run.text, after: last.text)
            } else {
                let isApart = gap > run.size * 0.12 && last.text.last?.isWhitespace == false
                last.text += (isApart ? " " : "") + run.text
            }
            if run.text.utf8.count > letters {
                (last.size, letters) = (run.size, run.text.utf8.count)
                last.y = run.y
            }
            last.x = last.x.union(run.x)
            last.isBold = last.isBold && run.isBold
            lines[lines.count - 1] = last
        }
        return lines.map { line in
            var line = line
            // A soft hyphen at the end means that the word continues.
            let isCut = line.text.unicodeScalars.last { !$0.isBlank }?.value == 0xAD
            line.text = line.text.onOneLine + (isCut ? "\u{AD}" : "")
            return line
        }.filter { !$0.text.isEmpty }
    }
}
