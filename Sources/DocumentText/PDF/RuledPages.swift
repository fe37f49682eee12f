/// Finds the ruling lines of pages with poppler's `pdftocairo`.
struct RuledPages: Sendable {
    /// The limits of reading.
    let limits: ExtractionLimits

    /// The units of ``PDFPage`` per point.
    static let scale = 1.5
    /// The maximum number of pages that are drawn at once.
    private static let pagesAtOnce = 24
    /// The maximum number of pages without tables that are drawn with others.
    private static let maximumGap = 2
    /// The maximum time for all pages of a document.
    private static let maximumTime = Duration.seconds(10)

    /// Adds the lines of the pages that may have tables.
    ///
    /// Pages that are not drawn within the limits are read without lines.
    func addRules(to markup: inout PDFMarkup, at path: String) async {
        var limits = limits
        limits.helperTime = min(limits.helperTime, Self.maximumTime)
        let end = ContinuousClock.now.advanced(by: Self.maximumTime)
        for pages in Self.groups(of: markup.pages) where ContinuousClock.now < end {
            let (first, last) = (markup.pages[pages.lowerBound].number, markup.pages[pages.upperBound - 1].number)
            let arguments = ["-svg", "-q", "-f", "\(first)", "-l", "\(last)", HelperProgram.fileArgument(path), "-"]
            guard let outcome = try? await HelperProgram.pdftocairo.run(arguments, within: limits),
                outcome.exitCode == 0
            else { continue }
            let rules = PDFRules.pages(ofSVG: outcome.output, scale: Self.scale)
            guard rules.count == pages.count else { continue }
            for (page, rules) in zip(pages, rules) {
                let width = markup.pages[page].width
                markup.pages[page].rules = markup.pages[page].isMirrored ? rules.mirrored(width: width) : rules
            }
        }
    }

    /// The groups of adjacent pages that are drawn at once.
    private static func groups(of pages: [PDFPage]) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        for (position, page) in pages.enumerated() where page.mayHaveTables {
            if let last = groups.last, position - last.upperBound <= maximumGap,
                position - last.lowerBound < pagesAtOnce
            {
                groups[groups.count - 1] = last.lowerBound..<(position + 1)
            } else {
                groups.append(position..<(position + 1))
            }
        }
        return groups
    }
}
