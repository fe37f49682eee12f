/// Large text across pages, such as `DRAFT`, which is not part of their text.
enum PDFWatermarks {
    /// The minimum size of a watermark, and by how many times it is larger than most of the text.
    private static let minimumSize = 40.0
    private static let factor = 2.5
    /// By how many times a pale watermark is larger than most of the text, and the maximum distances of its middle from
    /// that of the page, as parts of the page's sides.
    private static let factorOfPale = 4.0
    private static let maximumDistance = (x: 0.12, y: 0.3)
    /// The minimum number of letters of a watermark in one piece.
    private static let minimumLetters = 3
    /// The minimum size of the text of a page with a pale watermark, in bytes.
    private static let minimumText = 200
    /// The part of a text's height from its middle to both sides in which other text covers it.
    private static let innerPart = 0.3
    /// The maximum number of watermarks that are told.
    private static let maximumTold = 5

    /// Removes the watermarks of pages.
    ///
    /// - Returns: Their texts.
    static func remove(from pages: inout [PDFPage]) -> [String] {
        var texts: [String] = []
        func add(_ text: String) {
            let text = text.onOneLine
            if !text.isEmpty, !texts.contains(text), texts.count < maximumTold { texts.append(text) }
        }
        var known: Set<String> = []
        for page in pages.indices {
            let marks = marks(of: pages[page])
            guard !marks.rising.isEmpty || !marks.whole.isEmpty else { continue }
            let runs = pages[page].runs
            add(runs.indices.lazy.filter { marks.rising.contains($0) }.map { runs[$0].text }.joined())
            for run in marks.whole.sorted() {
                add(runs[run].text)
                known.insert(runs[run].text)
            }
            pages[page].runs = runs.indices.lazy.filter { !marks.rising.contains($0) && !marks.whole.contains($0) }
                .map { runs[$0] }
        }
        // On a page with little text nothing but its repetition shows a watermark.
        guard !known.isEmpty else { return texts }
        for page in pages.indices {
            pages[page].runs.removeAll { $0.size >= minimumSize && known.contains($0.text) }
        }
        return texts
    }

    /// The runs of a page that are letters of a watermark that rises to the right, and those that are one each.
    private static func marks(of page: PDFPage) -> (rising: Set<Int>, whole: Set<Int>) {
        let runs = page.runs
        let large = runs.indices.filter { runs[$0].size >= minimumSize }
        guard !large.isEmpty else { return ([], []) }
        var letters: [Double: Int] = [:]
        for run in runs { letters[run.size, default: 0] += run.text.utf8.count }
        let usual = letters.max { ($0.value, -$0.key) < ($1.value, -$1.key) } ?? (0, 0)
        var rising: Set<Int> = []
        for (first, second) in zip(large, large.dropFirst()) {
            let isFirstLeft = runs[first].x.lowerBound < runs[second].x.lowerBound
            let (left, right) = isFirstLeft ? (runs[first], runs[second]) : (runs[second], runs[first])
            let rise = left.y.middle - right.y.middle
            if left.size == right.size, left.size >= usual.key * factor, rise > left.size * 0.3,
                abs(right.x.lowerBound - left.x.upperBound) < left.size * 0.25
            {
                rising.formUnion([first, second])
            }
        }
        let whole = large.filter { index in
            let run = runs[index]
            guard !rising.contains(index), run.size >= usual.key * factor, usual.value >= minimumText,
                run.text.count(where: \.isLetter) >= minimumLetters
            else { return false }
            let isBehind = run.isPale && run.size >= usual.key * factorOfPale && isInMiddle(run, of: page)
            return isBehind || runs.contains { $0.size == usual.key && covers($0, run) }
        }
        return (rising, Set(whole))
    }

    /// Whether a text is in the middle of a page.
    private static func isInMiddle(_ run: PDFRun, of page: PDFPage) -> Bool {
        abs(run.x.middle - page.width / 2) < page.width * maximumDistance.x
            && abs(run.y.middle - page.height / 2) < page.height * maximumDistance.y
    }

    /// Whether a text is printed over a large one, which may be turned.
    private static func covers(_ text: PDFRun, _ large: PDFRun) -> Bool {
        let start = large.x.lowerBound
        let x = start..<max(large.x.upperBound, start + large.size * 0.5)
        return abs(text.y.middle - large.y.middle) < large.y.length * innerPart
            && x.overlap(text.x) > min(x.length, text.x.length) * innerPart
    }
}
