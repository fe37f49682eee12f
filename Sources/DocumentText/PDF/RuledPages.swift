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

    /// The maximum number of pages of a document whose pages without tables are drawn, too, to find struck out text.
    private static let maximumPages = 200

    /// Adds the lines and the boxes of the words of the pages that may have tables, and removes struck out text.
    ///
    /// Pages that are not drawn within the limits are read without them.
    ///
    /// - Returns: Whether text was removed.
    func addRules(to markup: inout PDFMarkup, at path: String) async -> Bool {
        var limits = limits
        limits.helperTime = min(limits.helperTime, Self.maximumTime)
        let end = ContinuousClock.now.advanced(by: Self.maximumTime)
        var isAnyStruck = false
        var others = Array(repeating: true, count: markup.pages.count)
        let ofTables = Self.groups(of: markup.pages.indices.filter { markup.pages[$0].mayHaveTables })
        for pages in ofTables where ContinuousClock.now < end {
            let drawn = await Self.drawn(pages, of: markup, at: path, within: limits)
            for (position, page) in pages.enumerated() {
                others[page] = false
                let words = Self.mend(&markup.pages[page], drawn.rules?[position], drawn.words?[position], &isAnyStruck)
                markup.pages[page].rules = drawn.rules?[position]
                guard let words else { continue }
                markup.pages[page].words = words
                markup.pages[page].runs = words.placed(markup.pages[page].runs)
            }
        }
        let areFew = markup.pages.count <= Self.maximumPages
        let rest = markup.pages.indices.filter { page in
            others[page] && !markup.pages[page].runs.isEmpty && !scans.contains(markup.pages[page].number)
                && (areFew || !markup.pages[page].runsOfUnknownRise.isEmpty)
        }
        for pages in Self.groups(of: rest) where ContinuousClock.now < end {
            let drawn = await Self.drawn(pages, of: markup, at: path, within: limits)
            for (position, page) in pages.enumerated() where others[page] {
                _ = Self.mend(&markup.pages[page], drawn.rules?[position], drawn.words?[position], &isAnyStruck)
            }
        }
        return isAnyStruck
    }

    /// Gives raised text of a page its height, removes struck out text, and returns the boxes of the other words.
    private static func mend(
        _ page: inout PDFPage,
        _ rules: PDFRules?,
        _ words: PDFWordBoxes?,
        _ isAnyStruck: inout Bool
    ) -> PDFWordBoxes? {
        if let words { page.runs = words.raised(page.runs, at: page.runsOfUnknownRise) }
        guard let rules, !rules.horizontal.isEmpty else { return words }
        let struck = PDFStruckText(of: page, rules: rules, words: words)
        guard !struck.isEmpty else { return words }
        page.runs = struck.otherRuns
        isAnyStruck = true
        return struck.otherWords
    }

    /// The lines and the boxes of the words of adjacent pages, those of mirrored pages mirrored; nil if they are unknown.
    private static func drawn(
        _ pages: Range<Int>,
        of markup: PDFMarkup,
        at path: String,
        within limits: ExtractionLimits
    ) async -> (rules: [PDFRules]?, words: [PDFWordBoxes]?) {
        let (first, last) = (markup.pages[pages.lowerBound].number, markup.pages[pages.upperBound - 1].number)
        let range = ["-q", "-f", "\(first)", "-l", "\(last)"]
        let file = HelperProgram.fileArgument(path)
        async let drawing = Self.output(of: .pdftocairo, ["-svg"] + range + [file, "-"], within: limits)
        async let text = Self.output(of: .pdftotext, ["-bbox"] + range + [file, "-"], within: limits)
        var rules = await PDFRules.pages(ofSVG: drawing, scale: Self.scale)
        var words = await PDFWordBoxes.pages(ofMarkup: text, scale: Self.scale)
        for (position, page) in pages.enumerated() where markup.pages[page].isMirrored {
            let width = markup.pages[page].width
            if position < rules.count { rules[position] = rules[position].mirrored(width: width) }
            if position < words.count { words[position] = words[position].mirrored(width: width) }
        }
        return (rules.count == pages.count ? rules : nil, words.count == pages.count ? words : nil)
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
