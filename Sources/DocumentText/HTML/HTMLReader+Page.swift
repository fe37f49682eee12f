internal import Markup

/// Whole pages.
extension HTMLReader {
    /// Whether a text is markup: it has a text element with an end tag.
    static func isMarkup(_ text: String) -> Bool {
        guard text.contains("</") || text.contains("<br") else { return false }
        var isMarkup = false
        HTMLParser.parse(text) { token in
            guard case .start(let name, _) = token, textElements.contains(name) else { return }
            // The parser adds the start tag of a paragraph.
            isMarkup = isMarkup || name != "p" || text.contains("<p") || text.contains("<P")
        }
        return isMarkup
    }

    private static let textElements: Set<String> = [
        "p", "div", "span", "br", "ul", "ol", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "em",
        "i", "a",
    ]

    /// The document of a page.
    ///
    /// - Parameters:
    ///   - text: The page.
    ///   - limits: The limits of its text.
    ///   - markdownForm: The form of the rows of those tables that cmark-gfm wrote.
    /// - Returns: The document, which may have no block.
    /// - Throws: `ExtractionError` if its text or its markup exceeds the limits.
    static func document(
        from text: String,
        limits: ExtractionLimits = .standard,
        markdownTablesAs markdownForm: TableBuilder.RowForm = .other
    ) throws(ExtractionError) -> ExtractedDocument {
        try reader(of: text, limits: limits, markdownTablesAs: markdownForm)?.titled() ?? ExtractedDocument()
    }

    /// The document of a message, and which of its blocks are quoted from earlier ones.
    ///
    /// - Parameters:
    ///   - text: The page.
    ///   - limits: The limits of its text.
    /// - Returns: The document, which may have no block, and the ranges of the quoted blocks.
    /// - Throws: `ExtractionError` if its text or its markup exceeds the limits.
    static func message(
        from text: String,
        limits: ExtractionLimits
    ) throws(ExtractionError) -> (text: ExtractedDocument, quoted: [Range<Int>]) {
        guard let reader = try reader(of: text, limits: limits, markdownTablesAs: .other) else {
            return (ExtractedDocument(), [])
        }
        let titled = reader.titled()
        let added = titled.blocks.count - reader.document.blocks.count
        return (titled, reader.quotations.map { ($0.lowerBound + added)..<($0.upperBound + added) })
    }

    /// The reader that has read a page; nil if it has no text.
    private static func reader(
        of text: String,
        limits: ExtractionLimits,
        markdownTablesAs markdownForm: TableBuilder.RowForm
    ) throws(ExtractionError) -> HTMLReader? {
        let styles = PageStyles(text)
        let outline = PageOutline(text, styles: styles)
        switch outline.exceededLimit {
        case .attributes?:
            throw .invalid("A tag of the page has more than \(MarkupLimit.attributes.maximum) attributes.")
        case .comparisons?:
            throw .invalid(
                "The page's tags are nested too deeply, and too many end tags end no element: comparing them is limited to "
                    + "\(MarkupLimit.comparisons.maximum / 1_000_000) million steps."
            )
        case nil: break
        }
        let hidden = outline.nested.found
        // The label of a tab is told before its panel.
        let menus = outline.menus.found.union(outline.clutter.found).union(outline.panels.toldTabs).union(hidden)
        let attempts = [
            (true, menus, styles), (false, menus, styles), (false, hidden, styles), (false, [], PageStyles()),
        ]
        for (onlyMain, menus, styles) in attempts where outline.main.hasText || !onlyMain {
            var reader = HTMLReader(limits: limits, outline: outline, styles: styles, markdownForm: markdownForm)
            try reader.read(text, onlyMain: onlyMain, without: menus)
            if !reader.document.blocks.isEmpty { return reader }
        }
        return nil
    }

    /// The document with the page's title as a heading, if it has no heading of the highest level.
    private func titled() -> ExtractedDocument {
        let title = title.onOneLine
        var document = document
        let hasTopHeading = document.blocks.contains { if case .heading(1, _) = $0 { true } else { false } }
        guard !title.isEmpty, !hasTopHeading, !document.blocks.isEmpty else { return document.document }
        document.insertFirst(.heading(level: 1, text: title))
        return document.document
    }

    /// Whether an element has an earlier message, as mail programs mark it.
    static func isQuotation(_ name: String, _ attributes: [String: String]) -> Bool {
        guard name == "blockquote" || name == "div" else { return false }
        let isCited = name == "blockquote" && attributes["type"]?.lowercased() == "cite"
        let names = (attributes["class"] ?? "").split(separator: " ") + [(attributes["id"] ?? "")[...]]
        return isCited || names.contains { quotationNames.contains($0.lowercased()) }
    }

    private static let quotationNames: Set<String> = [
        "gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "divrplyfwdmsg",
        "replyforwardmessage",
    ]
}
