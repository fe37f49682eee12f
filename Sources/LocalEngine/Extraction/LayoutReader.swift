/// Reads text whose structure is in its layout: a plain text file, or a page as `pdftotext -layout` prints it.
///
/// Headings are guessed soberly (see ``LayoutLine``); a line that is not clearly one is text. Lines that are cut into the
/// same columns make a table, a bullet or number makes a list item, and all else makes paragraphs.
struct LayoutReader {
    private var document: DocumentBuilder
    private var paragraph: [String] = []
    private var isListItem = false
    /// The number of the list item that was read last; nil behind anything else.
    private var itemNumber: Int?
    private let joining: LineJoining

    private init(lines: [LayoutLine], limits: ExtractionLimits) {
        document = DocumentBuilder(limits: limits)
        joining = LineJoining(lines: lines.lazy.map(\.text))
    }

    /// The document in some laid-out text.
    ///
    /// - Throws: `ExtractionError` if it becomes more text than allowed.
    static func document(
        from text: String,
        limits: ExtractionLimits = ExtractionLimits()
    ) throws(ExtractionError) -> ExtractedDocument {
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\u{0C}" }.map { LayoutLine($0) }
        var reader = LayoutReader(lines: lines, limits: limits)
        var place = 0
        while place < lines.count {
            place = try reader.read(lines, at: place)
        }
        try reader.endBlock()
        return reader.document.document
    }

    /// Reads what begins at a line, and returns the place of the first line after it.
    private mutating func read(_ lines: [LayoutLine], at place: Int) throws(ExtractionError) -> Int {
        let line = lines[place]
        let next = place + 1 < lines.count ? lines[place + 1] : LayoutLine("")
        if let (rows, end) = table(lines, at: place) {
            try endBlock()
            try rows.append(to: &document)
            itemNumber = nil
            return end
        } else if line.isEmpty || line.isRule {
            try endBlock()
        } else if let (level, text) = MarkdownLine.heading(line.text[...]), paragraph.isEmpty {
            try append(.heading(level: level, text: text.onOneLine))
        } else if paragraph.isEmpty, !next.isEmpty, next.isRule, let level = MarkdownLine.underline(next.text[...]) {
            try append(.heading(level: level, text: line.text.onOneLine))
            return place + 2
        } else if paragraph.isEmpty, let level = headingLevel(of: line, next: next, isLast: isLast(place, in: lines)) {
            try append(.heading(level: level, text: line.text.onOneLine))
        } else if let item = line.listItem, beginsItem(item) {
            try endBlock()
            // A figure that does not go on with the list is one of the text.
            let isCounted =
                !item.isFigure
                || (item.number.map { $0 <= 1 || $0 == itemNumber.map { $0 + 1 } } ?? true) && !beginsWithMonth(item)
            paragraph = [isCounted ? item.text : line.text]
            isListItem = true
            itemNumber = item.number
        } else if !line.isContentsEntry {
            paragraph.append(line.text)
        }
        return place + 1
    }

    private func table(_ lines: [LayoutLine], at place: Int) -> (rows: TableBuilder, end: Int)? {
        guard !lines[place].isEmpty else { return nil }
        if let drawn = DrawnTable(lines, at: place) { return (drawn.rows, drawn.end) }
        if let tabbed = TabbedTable(lines, at: place) { return (tabbed.rows, tabbed.end) }
        return LayoutTable(lines, at: place).map { ($0.rows, $0.end) }
    }

    /// Whether a line that looks like a list item is one, and not a line of a paragraph that happens to begin with a figure.
    private func beginsItem(_ item: LayoutLine.ListItem) -> Bool {
        guard item.isFigure, let number = item.number, let last = paragraph.last?.last else { return true }
        if number == itemNumber.map({ $0 + 1 }), !beginsWithMonth(item) { return true }
        return ".:;!?".contains(last) && !beginsWithMonth(item)
    }

    private func beginsWithMonth(_ item: LayoutLine.ListItem) -> Bool {
        item.text.split(maxSplits: 1, whereSeparator: \.isWhitespace).first.map { MonthNames.contains($0) } ?? false
    }

    /// The level of a heading: how deep its number is, and one above all that have none.
    private func headingLevel(of line: LayoutLine, next: LayoutLine, isLast: Bool) -> Int? {
        guard !isLast, !line.isContentsEntry else { return nil }
        if let depth = line.headingNumberDepth, next.isEmpty || next.headingNumberDepth == nil {
            return depth + 1
        }
        guard next.isEmpty, line.listItem == nil, line.looksLikeHeading else { return nil }
        return document.blocks.isEmpty ? 1 : 2
    }

    private func isLast(_ place: Int, in lines: [LayoutLine]) -> Bool {
        lines[(place + 1)...].allSatisfy(\.isEmpty)
    }

    private mutating func endBlock() throws(ExtractionError) {
        guard !paragraph.isEmpty else { return }
        let text = joining.joined(paragraph).onOneLine
        if !isListItem { itemNumber = nil }
        try append(isListItem ? .listItem(text) : .paragraph(text))
        paragraph = []
        isListItem = false
    }

    private mutating func append(_ block: ExtractedDocument.Block) throws(ExtractionError) {
        try document.append(block)
    }
}
