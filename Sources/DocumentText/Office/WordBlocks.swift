/// Turns the paragraphs and tables of a Word document into blocks.
///
/// A bold paragraph that looks like a heading is one if text follows it; adjacent paragraphs with the same number of
/// tabbed parts are a table.
struct WordBlocks {
    /// The document so far.
    private(set) var builder: DocumentBuilder
    private var numbering: WordNumbering
    private let labels: WordLabels
    /// A paragraph that is a heading if text follows it, with its number.
    private var heldHeading: (paragraph: WordParagraph, line: String)?
    /// Paragraphs that may be rows of a table.
    private var heldRows = WordTabbedRows()
    /// A table that the next one may go on with.
    private var heldTable: WordTable?
    /// The level of the last heading by its style.
    private var markedLevel = 0
    private var lists = ListNesting()
    /// The type sizes of the headings that are recognized by their type.
    private var sizes: Set<Int> = []

    /// Creates an empty document.
    init(_ parts: WordParts, limits: ExtractionLimits) {
        builder = DocumentBuilder(limits: limits)
        numbering = parts.numbering
        labels = parts.labels
    }

    /// Warns that hidden or struck out text was left out.
    mutating func noteHiddenText() {
        builder.warn("Text that is hidden or struck out was left out.")
    }

    /// Warns that text was left out that a tracked change deletes or moves.
    mutating func noteDeletion() {
        builder.warn("The document has tracked changes: it is read as if they were accepted.")
    }

    /// The automatic number of the next paragraph of a list.
    mutating func number(of paragraph: WordParagraph) -> String? {
        guard let list = paragraph.effectiveList, !paragraph.line.isEmpty else { return nil }
        return numbering.next(in: list.id, at: list.level)
    }

    /// Adds a paragraph.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func append(_ paragraph: WordParagraph) throws(ExtractionError) {
        let number = number(of: paragraph)
        let line = number.map { "\($0) \(paragraph.line)" } ?? paragraph.line
        let isItem = paragraph.role == .listItem || paragraph.isInList && paragraph.listID != "0" || number != nil
        if case .heading(let level) = paragraph.role {
            try release(before: .heading)
            markedLevel = level
            try append(heading: line, paragraph, level: level)
        } else if paragraph.looksLikeHeading, !isItem || number != nil {
            try release(before: .text)
            heldHeading = (paragraph, line)
        } else if isItem {
            try release(before: .text, keepingList: true)
            let isReference = number.map { $0.isReferenceNumber } ?? false
            let text = isReference ? line : paragraph.line
            let item = paragraph.notes.reduce(text, FootnoteText.line)
            let depth = max(paragraph.effectiveList?.level ?? paragraph.listLevel ?? 0, paragraph.styleDepth)
            if isReference {
                lists.record(paragraph.line, depth: depth)
                try builder.append(.listItem(item))
            } else {
                let label = number.flatMap { labels.keep($0) ? $0 : nil }
                try builder.append(item: item, label: label, depth: depth, in: &lists)
                builder.record(paragraph.look, of: paragraph.line)
            }
        } else if let cells = paragraph.tabbedCells {
            if !heldRows.takes(cells) { try release(before: .text) }
            // A bold line with as many tabs as the next one is the header of a table.
            if let header = heldHeading?.paragraph, let names = header.tabbedCells, names.count == cells.count {
                heldHeading = nil
                heldRows.append(header, names)
            }
            try releaseHeading(before: .text)
            heldRows.append(paragraph, cells)
        } else {
            try release(before: .text)
            try builder.append(.paragraph(paragraph.lineWithNotes))
            builder.record(paragraph.look, of: paragraph.line)
        }
    }

    /// Adds a line of text.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func append(_ line: String) throws(ExtractionError) {
        try release(before: .text)
        try builder.append(.paragraph(line))
    }

    /// Adds a table.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func append(_ table: TableBuilder) throws(ExtractionError) {
        try release(before: .text)
        try table.append(to: &builder)
    }

    /// Adds a table that is one with the next one if nothing stands between them and both have the same columns.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func append(_ table: WordTable) throws(ExtractionError) {
        if heldTable?.takes(table) == true {
            heldTable?.append(table)
        } else {
            try release(before: .text)
            heldTable = table
        }
    }

    /// Ends the table, if one is held: something else follows it.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func endTable() throws(ExtractionError) {
        guard let table = heldTable else { return }
        heldTable = nil
        try table.builder.append(to: &builder)
    }

    /// Adds a point of a diagram.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func append(point text: String, level: Int) throws(ExtractionError) {
        try release(before: .text, keepingList: true)
        try builder.append(item: text, depth: level, in: &lists)
    }

    /// Adds an embedded document.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func append(_ chunk: ExtractedDocument) throws(ExtractionError) {
        try release(before: .text)
        try builder.append(chunk)
    }

    /// Ends the document.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func end() throws(ExtractionError) {
        try release(before: .end)
    }

    private enum Next {
        case heading, text, end
    }

    private mutating func release(before next: Next, keepingList: Bool = false) throws(ExtractionError) {
        try endTable()
        if !keepingList { lists.reset() }
        try releaseHeading(before: next)
        let rows = heldRows
        heldRows = WordTabbedRows()
        if let table = rows.table {
            try table.append(to: &builder)
        } else {
            for paragraph in rows.paragraphs { try builder.append(.paragraph(paragraph.lineWithNotes)) }
        }
    }

    private mutating func releaseHeading(before next: Next) throws(ExtractionError) {
        guard let (paragraph, line) = heldHeading else { return }
        heldHeading = nil
        guard next == .text else { return try builder.append(.paragraph(paragraph.lineWithNotes)) }
        sizes.insert(paragraph.size)
        let level = markedLevel + 1 + sizes.count { $0 > paragraph.size }
        let heading = line.last == ":" ? String(line.dropLast()) : line
        try append(heading: heading, paragraph, level: min(level, 6))
        if paragraph.notes.isEmpty { builder.record(BlockLook(boldBytes: heading.utf8.count, isLoneLine: true)) }
    }

    private mutating func append(
        heading line: String,
        _ paragraph: WordParagraph,
        level: Int
    ) throws(ExtractionError) {
        try builder.append(.heading(level: level, text: line))
        for note in paragraph.notes { try builder.append(.paragraph(note)) }
    }
}

extension String {
    /// Whether texts refer to a number: it has several parts, or a word.
    fileprivate var isReferenceNumber: Bool {
        let parts = split { !$0.isNumber && !$0.isLetter }
        guard parts.count == 1, !contains("§") else { return contains("§") || parts.count > 1 }
        let letters = parts[0].filter(\.isLetter)
        return letters.count > 1 && !letters.lowercased().allSatisfy { "ivxlcdm".contains($0) }
    }
}
