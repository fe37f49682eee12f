/// Finds the ruling lines of pages with poppler's `pdftocairo`, the places of their words with its `pdftotext`, and by
/// both the text that is struck out.
struct RuledPages: Sendable {
    /// The limits of reading.
    let limits: ExtractionLimits
    /// The numbers of the scanned pages, whose pictures take long to draw.
    let scans: Set<Int>

    /// The units of ``PDFPage`` per point.
    static let scale = 1.5
    /// The maximum number of pages that are drawn at once.
    private static let pagesAtOnce = 24
    /// The maximum number of pages without tables that are drawn with others.
    private static let maximumGap = 2
    /// The maximum time for all pages of a document.
    private static let maximumTime = Duration.seconds(10)

    /// The maximum size of the text of the pages without tables that are drawn, too, to find struck out text, in bytes;
    /// drawing takes time by the number of letters.
    private static let maximumText = 1_000_000

    /// Adds the lines and the boxes of the words of the pages that may have tables, and removes struck out text.
    ///
    /// Pages that are not drawn within the limits are read without them.
    ///
    /// - Returns: Whether text was removed, and the numbers of the pages that may have tables whose lines are unknown.
    func addRules(to markup: inout PDFMarkup, at path: String) async -> (isStruck: Bool, unknown: PageList) {
        var limits = limits
        limits.helperTime = min(limits.helperTime, Self.maximumTime)
        let end = ContinuousClock.now.advanced(by: Self.maximumTime)
        var isAnyStruck = false
        var others = Array(repeating: true, count: markup.pages.count)
        let withTables = markup.pages.indices.filter { markup.pages[$0].mayHaveTables }
        for pages in Self.groups(of: withTables) where ContinuousClock.now < end {
            let drawn = await Self.drawn(pages, of: markup, at: path, within: limits)
            for (position, page) in pages.enumerated() {
                others[page] = false
                let (rules, words) = Self.mend(&markup.pages[page], by: drawn, at: position, &isAnyStruck)
                markup.pages[page].rules = rules
                guard let words else { continue }
                markup.pages[page].words = words
                markup.pages[page].runs = words.placed(markup.pages[page].runs)
            }
        }
        var text = 0
        let rest = markup.pages.indices.filter { page in
            guard others[page], !markup.pages[page].runs.isEmpty, !scans.contains(markup.pages[page].number) else {
                return false
            }
            text += markup.pages[page].runs.reduce(0) { $0 + $1.text.utf8.count }
            return text <= Self.maximumText || !markup.pages[page].runsOfUnknownRise.isEmpty
        }
        for pages in Self.groups(of: rest) where ContinuousClock.now < end {
            let drawn = await Self.drawn(pages, of: markup, at: path, within: limits)
            for (position, page) in pages.enumerated() where others[page] {
                _ = Self.mend(&markup.pages[page], by: drawn, at: position, &isAnyStruck)
            }
        }
        let unknown = withTables.filter { markup.pages[$0].rules == nil }
        return (isAnyStruck, PageList(unknown.map { markup.pages[$0].number }))
    }

    /// What is drawn on adjacent pages, by their positions among them; nil if it is unknown.
    private struct Drawn {
        var rules: [PDFRules]?
        var checkBoxes: [PDFCheckBoxes]?
        var words: [PDFWordBoxes]?
    }

    /// Gives raised text of a page its height, removes struck out text, adds the signs of check boxes, and returns the
    /// other lines and the boxes of the words.
    private static func mend(
        _ page: inout PDFPage,
        by drawn: Drawn,
        at position: Int,
        _ isAnyStruck: inout Bool
    ) -> (rules: PDFRules?, words: PDFWordBoxes?) {
        var words = drawn.words?[position]
        if let words { page.runs = words.raised(page.runs, at: page.runsOfUnknownRise) }
        if let rules = drawn.rules?[position], !rules.horizontal.isEmpty {
            let struck = PDFStruckText(of: page, rules: rules, words: words)
            if !struck.isEmpty {
                page.runs = struck.otherRuns
                isAnyStruck = true
                words = struck.otherWords
            }
        }
        let checkBoxes = drawn.checkBoxes?[position].add(to: &page, words: &words) ?? []
        return (drawn.rules?[position].without(checkBoxes), words)
    }

    /// The lines, the check boxes and the boxes of the words of adjacent pages, those of mirrored pages mirrored.
    private static func drawn(
        _ pages: Range<Int>,
        of markup: PDFMarkup,
        at path: String,
        within limits: ExtractionLimits
    ) async -> Drawn {
        let (first, last) = (markup.pages[pages.lowerBound].number, markup.pages[pages.upperBound - 1].number)
        let range = ["-q", "-f", "\(first)", "-l", "\(last)"]
        let file = HelperProgram.fileArgument(path)
        async let drawing = Self.output(of: .pdftocairo, ["-svg"] + range + [file, "-"], within: limits)
        async let text = Self.output(of: .pdftotext, ["-bbox"] + range + [file, "-"], within: limits)
        let paths = await PDFDrawing(svg: drawing)
        var rules = PDFRules.pages(of: paths, scale: Self.scale)
        var checkBoxes = PDFCheckBoxes.pages(of: paths, scale: Self.scale)
        var words = await PDFWordBoxes.pages(ofMarkup: text, scale: Self.scale)
        for (position, page) in pages.enumerated() where markup.pages[page].isMirrored {
            let width = markup.pages[page].width
            if position < rules.count { rules[position] = rules[position].mirrored(width: width) }
            if position < checkBoxes.count { checkBoxes[position] = checkBoxes[position].mirrored(width: width) }
            if position < words.count { words[position] = words[position].mirrored(width: width) }
        }
        return Drawn(
            rules: rules.count == pages.count ? rules : nil,
            checkBoxes: checkBoxes.count == pages.count ? checkBoxes : nil,
            words: words.count == pages.count ? words : nil
        )
    }

    /// The output of a program; empty if it fails.
    private static func output(
        of program: HelperProgram,
        _ arguments: [String],
        within limits: ExtractionLimits
    ) async -> [UInt8] {
        guard let outcome = try? await program.run(arguments, within: limits), outcome.exitCode == 0 else { return [] }
        return outcome.output
    }

    /// The groups of pages that are drawn at once, each of adjacent ones with few others between them.
    private static func groups(of pages: [Int]) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        for page in pages {
            if let last = groups.last, page - last.upperBound <= maximumGap, page - last.lowerBound < pagesAtOnce {
                groups[groups.count - 1] = last.lowerBound..<(page + 1)
            } else {
                groups.append(page..<(page + 1))
            }
        }
        return groups
    }
}
