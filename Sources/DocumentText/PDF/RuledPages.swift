/// Finds the ruling lines of pages with poppler's `pdftocairo`, and the places of their words with its `pdftotext`.
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

    /// Adds the lines and the boxes of the words of the pages that may have tables.
    ///
    /// Pages that are not drawn within the limits are read without them.
    func addRules(to markup: inout PDFMarkup, at path: String) async {
        var limits = limits
        limits.helperTime = min(limits.helperTime, Self.maximumTime)
        let end = ContinuousClock.now.advanced(by: Self.maximumTime)
        for pages in Self.groups(of: markup.pages) where ContinuousClock.now < end {
            let (first, last) = (markup.pages[pages.lowerBound].number, markup.pages[pages.upperBound - 1].number)
            let range = ["-q", "-f", "\(first)", "-l", "\(last)"]
            let file = HelperProgram.fileArgument(path)
            async let drawing = Self.output(of: .pdftocairo, ["-svg"] + range + [file, "-"], within: limits)
            async let text = Self.output(of: .pdftotext, ["-bbox"] + range + [file, "-"], within: limits)
            let rules = await PDFRules.pages(ofSVG: drawing, scale: Self.scale)
            let words = await PDFWordBoxes.pages(ofMarkup: text, scale: Self.scale)
            for (position, page) in pages.enumerated() {
                let (width, isMirrored) = (markup.pages[page].width, markup.pages[page].isMirrored)
                if rules.count == pages.count {
                    markup.pages[page].rules =
                        isMirrored ? rules[position].mirrored(width: width) : rules[position]
                }
                if words.count == pages.count {
                    let words = isMirrored ? words[position].mirrored(width: width) : words[position]
                    markup.pages[page].words = words
                    markup.pages[page].runs = words.placed(markup.pages[page].runs)
                }
            }
        }
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
