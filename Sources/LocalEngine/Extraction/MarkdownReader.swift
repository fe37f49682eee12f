/// Reads Markdown: CommonMark's blocks as far as they bear text, and GitHub's tables.
struct MarkdownReader {
    private var document: DocumentBuilder
    /// The lines of the paragraph or list item that is being read.
    private var lines: [Substring] = []
    private var isListItem = false
    private var fence: Fence?
    private var table: TableBuilder?

    /// An open code fence, with what it holds so far.
    private struct Fence {
        var mark: Character
        var length: Int
        var lines: [Substring] = []
    }

    private init(limits: ExtractionLimits) {
        document = DocumentBuilder(limits: limits)
    }

    /// The document in a Markdown file.
    ///
    /// - Throws: `ExtractionError` if it becomes more text than allowed.
    static func document(
        from text: String,
        limits: ExtractionLimits = ExtractionLimits()
    ) throws(ExtractionError) -> ExtractedDocument {
        var reader = MarkdownReader(limits: limits)
        var lines = MarkdownInline.withoutComments(text).split(separator: "\n", omittingEmptySubsequences: false)[...]
        try reader.readFrontMatter(&lines)
        while let line = lines.popFirst() {
            try reader.read(line, next: lines.first)
        }
        try reader.endFence()
        try reader.endBlock()
        return reader.document.document
    }

    /// Takes the metadata before the text, a line each.
    private mutating func readFrontMatter(_ lines: inout ArraySlice<Substring>) throws(ExtractionError) {
        guard lines.first == "---", let end = lines.dropFirst().prefix(64).firstIndex(of: "---") else { return }
        for line in lines[(lines.startIndex + 1)..<end] {
            self.lines = [line]
            try endBlock()
        }
        lines = lines[(end + 1)...]
    }

    private mutating func read(_ rawLine: Substring, next: Substring?) throws(ExtractionError) {
        if fence != nil { return try readFenced(rawLine) }
        var line = rawLine
        while let quoted = MarkdownLine.afterQuoteMark(line) { line = quoted }
        let content = line.trimmingBlanks
        if table != nil {
            guard !content.isEmpty, content.contains("|") else {
                try endBlock()
                return try read(rawLine, next: next)
            }
            return addRow(content)
        }
        if content.isEmpty {
            try endBlock()
        } else if let (mark, length) = MarkdownLine.fence(content) {
            try endBlock()
            fence = Fence(mark: mark, length: length)
        } else if let (level, text) = MarkdownLine.heading(content) {
            try endBlock()
            try append(.heading(level: level, text: MarkdownInline.plainText(of: text)))
        } else if let level = MarkdownLine.underline(content), !lines.isEmpty, !isListItem {
            let text = MarkdownInline.plainText(of: lines.joined(separator: " "))
            lines = []
            try append(.heading(level: level, text: text))
        } else if MarkdownLine.isRule(content) || MarkdownLine.isDefinition(content) {
            try endBlock()
        } else if let next, lines.isEmpty, content.contains("|"), MarkdownLine.isTableRule(next.trimmingBlanks) {
            table = TableBuilder()
            table?.firstRowIsHeader = true
            addRow(content)
        } else if let item = MarkdownLine.listItem(content) {
            try endBlock()
            isListItem = true
            lines = [item]
        } else {
            lines.append(content)
        }
    }

    private mutating func readFenced(_ line: Substring) throws(ExtractionError) {
        guard let open = fence else { return }
        if let (mark, length) = MarkdownLine.fence(line.trimmingBlanks), mark == open.mark, length >= open.length {
            try endFence()
        } else {
            fence?.lines.append(line)
        }
    }

    private mutating func addRow(_ line: Substring) {
        guard !MarkdownLine.isTableRule(line) else { return }
        table?.beginRow()
        for cell in MarkdownLine.cells(line) { table?.addCell(MarkdownInline.plainText(of: cell)) }
    }

    private mutating func endFence() throws(ExtractionError) {
        if let fence {
            try SourceCodeReader.append(fence.lines.joined(separator: "\n"), to: &document)
        }
        fence = nil
    }

    private mutating func endBlock() throws(ExtractionError) {
        try table?.append(to: &document)
        table = nil
        if !lines.isEmpty {
            let text = MarkdownInline.plainText(of: lines.joined(separator: "\n"))
            try append(isListItem ? .listItem(text) : .paragraph(text))
        }
        lines = []
        isListItem = false
    }

    private mutating func append(_ block: ExtractedDocument.Block) throws(ExtractionError) {
        try document.append(block)
    }
}
