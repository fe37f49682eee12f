/// Reads Markdown: CommonMark's blocks as far as they bear text, and GitHub's tables.
struct MarkdownReader {
    private var document = ExtractedDocument()
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

    /// The document in a Markdown file.
    static func document(from text: String) -> ExtractedDocument {
        var reader = MarkdownReader()
        var lines = MarkdownInline.withoutComments(text).split(separator: "\n", omittingEmptySubsequences: false)[...]
        reader.readFrontMatter(&lines)
        while let line = lines.popFirst() {
            reader.read(line, next: lines.first)
        }
        reader.endFence()
        reader.endBlock()
        return reader.document
    }

    /// Takes the metadata before the text, a line each.
    private mutating func readFrontMatter(_ lines: inout ArraySlice<Substring>) {
        guard lines.first == "---", let end = lines.dropFirst().prefix(64).firstIndex(of: "---") else { return }
        for line in lines[(lines.startIndex + 1)..<end] {
            self.lines = [line]
            endBlock()
        }
        lines = lines[(end + 1)...]
    }

    private mutating func read(_ rawLine: Substring, next: Substring?) {
        if fence != nil { return readFenced(rawLine) }
        var line = rawLine
        while let quoted = MarkdownLine.afterQuoteMark(line) { line = quoted }
        let content = line.trimmingBlanks
        if table != nil {
            guard !content.isEmpty, content.contains("|") else {
                endBlock()
                return read(rawLine, next: next)
            }
            return addRow(content)
        }
        if content.isEmpty {
            endBlock()
        } else if let (mark, length) = MarkdownLine.fence(content) {
            endBlock()
            fence = Fence(mark: mark, length: length)
        } else if let (level, text) = MarkdownLine.heading(content) {
            endBlock()
            append(.heading(level: level, text: MarkdownInline.plainText(of: text)))
        } else if let level = MarkdownLine.underline(content), !lines.isEmpty, !isListItem {
            let text = MarkdownInline.plainText(of: lines.joined(separator: " "))
            lines = []
            append(.heading(level: level, text: text))
        } else if MarkdownLine.isRule(content) || MarkdownLine.isDefinition(content) {
            endBlock()
        } else if let next, lines.isEmpty, content.contains("|"), MarkdownLine.isTableRule(next.trimmingBlanks) {
            table = TableBuilder(firstRowIsHeader: true)
            addRow(content)
        } else if let item = MarkdownLine.listItem(content) {
            endBlock()
            isListItem = true
            lines = [item]
        } else {
            lines.append(content)
        }
    }

    private mutating func readFenced(_ line: Substring) {
        guard let open = fence else { return }
        if let (mark, length) = MarkdownLine.fence(line.trimmingBlanks), mark == open.mark, length >= open.length {
            endFence()
        } else {
            fence?.lines.append(line)
        }
    }

    private mutating func addRow(_ line: Substring) {
        guard !MarkdownLine.isTableRule(line) else { return }
        table?.beginRow()
        for cell in MarkdownLine.cells(line) { table?.addCell(MarkdownInline.plainText(of: cell)) }
    }

    private mutating func endFence() {
        if let fence {
            document.blocks += SourceCodeReader.document(from: fence.lines.joined(separator: "\n")).blocks
        }
        fence = nil
    }

    private mutating func endBlock() {
        if let table { document.blocks += table.blocks }
        table = nil
        if !lines.isEmpty {
            let text = MarkdownInline.plainText(of: lines.joined(separator: "\n"))
            append(isListItem ? .listItem(text) : .paragraph(text))
        }
        lines = []
        isListItem = false
    }

    private mutating func append(_ block: ExtractedDocument.Block) {
        if !block.text.isEmpty { document.blocks.append(block) }
    }
}
