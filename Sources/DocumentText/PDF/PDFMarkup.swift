/// Reads the output of `pdftohtml -xml`: pages with runs of text, and the document's outline.
struct PDFMarkup {
    /// The pages, in their order.
    var pages: [PDFPage] = []
    /// The level of each title of the outline, starting at 1.
    private(set) var outline: [String: Int] = [:]

    /// The texts of the watermarks, which are not on the pages.
    private(set) var watermarks: [String] = []

    /// Whether text outside of the pages' edges was left out.
    private(set) var hasTextOutside = false

    private var fonts: [String: (size: Double, isBold: Bool, isPale: Bool, symbols: [String])] = [:]
    private var run: PDFRun?
    private var symbols: [String] = []
    private var title: String?
    private var depth = 0

    /// Reads the markup.
    ///
    /// - Parameters:
    ///   - markup: The output of the program.
    ///   - areas: The areas of pages that are shown, by the pages' numbers; others are shown wholly.
    init(_ markup: [UInt8], showing areas: [Int: PDFInformation.Area] = [:]) {
        var tokens = MarkupTokenizer(markup)
        while let token = tokens.next() {
            switch token {
            case .text(let text):
                run?.text += text
                title? += text
            case .start(let name, let attributes, let isClosed): start(name, attributes, isClosed)
            case .end(let name): end(name)
            }
        }
        for position in pages.indices {
            let area = areas[pages[position].number]
            if pages[position].removeText(outside: area) { hasTextOutside = true }
        }
        PDFSymbols.replaceBullets(of: &pages)
        LineNumbers.remove(from: &pages)
        watermarks = PDFWatermarks.remove(from: &pages)
        for position in pages.indices {
            pages[position].cutAtColumns()
            pages[position].readFromTheRightIfWrittenSo()
        }
    }

    /// The positions of the pages with both hidden text and other text.
    ///
    /// - Parameter shown: The text that is not hidden.
    /// - Returns: The positions.
    func pagesWithHiddenText(besides shown: PDFMarkup) -> [Int] {
        guard shown.pages.count == pages.count else { return [] }
        return pages.indices.filter { page in
            let visible = shown.pages[page].letterCount
            return visible > 0 && visible < pages[page].letterCount
        }
    }

    /// Whether the text is only the note of an XFA form that it has to be opened with Adobe's programs.
    var isNoteOfXFA: Bool {
        pages.count == 1 && pages[0].runs.contains { $0.text.contains("adobe.com/go/") }
    }

    private mutating func start(_ name: String, _ attributes: [String: String], _ isClosed: Bool) {
        func number(_ key: String) -> Double {
            guard let value = attributes[key].flatMap({ Double($0) }), value.isFinite else { return 0 }
            return min(max(value, -100_000), 100_000)
        }
        switch name {
        case "page":
            pages.append(PDFPage(number: Int(number("number")), width: number("width"), height: number("height")))
        case "fontspec":
            let family = attributes["family"]?.lowercased() ?? ""
            let isBold = ["bold", "black", "heavy", "semibd", "demi"].contains { family.contains($0) }
            let isPale = Self.isPale(attributes["color"] ?? "")
            fonts[attributes["id"] ?? ""] = (number("size"), isBold, isPale, PDFSymbols.tables(of: family))
        case "text" where !isClosed:
            let font = fonts[attributes["font"] ?? ""]
            symbols = font?.symbols ?? []
            run = PDFRun(
                text: "",
                x: number("left")..<(number("left") + max(0, number("width"))),
                y: number("top")..<(number("top") + max(1, number("height"))),
                size: max(1, font?.size ?? number("height")),
                isBold: font?.isBold ?? false,
                isPale: font?.isPale ?? false
            )
        case "b": run?.isBold = true
        case "outline": depth += 1
        case "item" where depth > 0: title = ""
        default: break
        }
    }

    /// Whether a color such as `#c0c0c0` is a light gray, and not white.
    private static func isPale(_ color: String) -> Bool {
        guard color.utf8.count == 7, let value = Int(color.dropFirst(), radix: 16) else { return false }
        let parts = [value >> 16, value >> 8 & 0xFF, value & 0xFF]
        guard let least = parts.min(), let most = parts.max() else { return false }
        return least >= 0x98 && most <= 0xF4 && most - least <= 0x18
    }

    private mutating func end(_ name: String) {
        switch name {
        case "text":
            if var run, !pages.isEmpty {
                run.text = PDFLetterSpacing.joined(PDFSymbols.text(run.text, symbols))
                pages[pages.count - 1].runs += run.cutAtBlanks
            }
            run = nil
        case "outline": depth = max(0, depth - 1)
        case "item":
            if let title = title?.onOneLine, !title.isEmpty, outline.count < 5_000 { outline[title] = min(depth, 6) }
            title = nil
        default: break
        }
    }
}

extension PDFPage {
    /// The number of letters and other signs of the text.
    fileprivate var letterCount: Int {
        runs.reduce(0) { $0 + $1.text.count { !$0.isWhitespace } }
    }

    /// Removes text that no reader of the page sees, as it is beyond the edges, unless most of the text is there.
    ///
    /// - Parameter area: The area of the page that is shown; nil for all of it.
    /// - Returns: Whether text was removed.
    fileprivate mutating func removeText(outside area: PDFInformation.Area?) -> Bool {
        let (x, y) = (area?.x ?? 0..<max(0, width), area?.y ?? 0..<max(0, height))
        let inside = runs.filter { run in
            run.x.lowerBound < x.upperBound && run.x.upperBound >= x.lowerBound && y.contains(run.y.middle)
        }
        guard inside.count < runs.count, area != nil || inside.count * 2 >= runs.count else { return false }
        runs = inside
        return true
    }

    /// Puts right-to-left text into reading order, and mirrors a page that is mostly in such a script, so that reading
    /// starts at its left.
    fileprivate mutating func readFromTheRightIfWrittenSo() {
        var letters = 0
        var mirrored = 0
        for position in runs.indices {
            let count = runs[position].text.unicodeScalars.count(where: \.isWrittenFromTheRight)
            letters += runs[position].text.unicodeScalars.count(where: \.properties.isAlphabetic)
            mirrored += count
            if count > 0 { runs[position].text = VisualOrder.logical(runs[position].text) }
        }
        guard mirrored * 2 > letters else { return }
        isMirrored = true
        for position in runs.indices {
            let x = runs[position].x
            runs[position].x = (width - x.upperBound)..<(width - x.lowerBound)
        }
    }
}
