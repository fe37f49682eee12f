/// Reads text whose structure is in its layout: a plain text file, or a page as `pdftotext -layout` prints it.
///
/// Headings are guessed soberly (see ``LayoutLine``); a line that is not clearly one is text. Lines that are cut into the
/// same columns make a table, a bullet or number makes a list item, and all else makes paragraphs.
struct LayoutReader {
    private var document: DocumentBuilder
    private var paragraph: [String] = []
    private var isListItem = false

    private init(limits: ExtractionLimits) {
        document = DocumentBuilder(limits: limits)
    }

    /// The document in some laid-out text.
    ///
    /// - Throws: `ExtractionError` if it becomes more text than allowed.
    static func document(
        from text: String,
        limits: ExtractionLimits = ExtractionLimits()
    ) throws(ExtractionError) -> ExtractedDocument {
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\u{0C}" }.map { LayoutLine($0) }
        var reader = LayoutReader(limits: limits)
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
        if line.isEmpty || line.isRule {
            try endBlock()
        } else if let table = LayoutTable(lines, at: place) {
            try endBlock()
            try table.rows.append(to: &document)
            return table.end
        } else if let (level, text) = MarkdownLine.heading(line.text[...]), paragraph.isEmpty {
            try append(.heading(level: level, text: text.onOneLine))
        } else if paragraph.isEmpty, !next.isEmpty, next.isRule, let level = MarkdownLine.underline(next.text[...]) {
            try append(.heading(level: level, text: line.text.onOneLine))
            return place + 2
        } else if paragraph.isEmpty, let level = headingLevel(of: line, next: next, isLast: isLast(place, in: lines)) {
            try append(.heading(level: level, text: line.text.onOneLine))
        } else if let item = line.listItem {
            try endBlock()
            paragraph = [item]
            isListItem = true
        } else if !line.isContentsEntry {
            paragraph.append(line.text)
        }
        return place + 1
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
        let text = Self.joined(paragraph).onOneLine
        try append(isListItem ? .listItem(text) : .paragraph(text))
        paragraph = []
        isListItem = false
    }

    private mutating func append(_ block: ExtractedDocument.Block) throws(ExtractionError) {
        try document.append(block)
    }

    /// Lines as one; a word that was cut at a line end is whole again.
    private static func joined(_ lines: [String]) -> String {
        lines.reduce(into: "") { text, line in
            let isCut = text.last == "-" && text.dropLast().last?.isLetter == true && line.first?.isLowercase == true
            if isCut {
                text.removeLast()
                text += line
            } else {
                text += text.isEmpty || text.last == "\u{AD}" ? line : " " + line
            }
        }
    }
}
