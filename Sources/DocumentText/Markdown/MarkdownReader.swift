/// Reads Markdown: CommonMark's blocks with text, GitHub's tables and footnotes, HTML, and the syntax of common site
/// generators.
struct MarkdownReader {
    private var document: DocumentBuilder
    private let limits: ExtractionLimits
    /// The lines of the current paragraph or list item.
    private var lines: [Substring] = []
    private var isListItem = false
    /// The number of the current or last list item; nil after anything else.
    private var itemNumber: Int?
    /// The item's indentation in columns, and the outer items.
    private var itemIndentation = 0
    /// The number of the last item at each indentation of the list.
    private var numbers: [Int: Int] = [:]
    private var lists = ListNesting()
    private var notes: MarkdownNotes
    private let joining = LineJoining(keepingHyphens: true)
    private var fence: Fence?
    /// The depth of quotation of the current lines.
    private var quoteDepth = 0
    private var table: TableBuilder?

    /// An open code fence, with its lines so far.
    private struct Fence {
        var mark: Character
        var length: Int
        /// The depth of quotation of its lines.
        var quoteDepth: Int
        var lines: [Substring] = []
    }

    private init(limits: ExtractionLimits, notes: MarkdownNotes) {
        document = DocumentBuilder(limits: limits)
        self.limits = limits
        self.notes = notes
    }

    /// The document of a Markdown file.
    ///
    /// - Throws: `ExtractionError` if its text exceeds the limits.
    static func document(
        from text: String,
        limits: ExtractionLimits = .standard
    ) throws(ExtractionError) -> ExtractedDocument {
        var lines = MarkdownInline.withoutComments(text).split(separator: "\n", omittingEmptySubsequences: false)[...]
        let notes = MarkdownNotes(takenFrom: &lines)
        var reader = MarkdownReader(limits: limits, notes: notes)
        try reader.readFrontMatter(&lines)
        var html = MarkdownHTML()
        while let line = lines.popFirst() {
            if reader.fence == nil, reader.lines.isEmpty, reader.table == nil,
                let block = html.block(from: line, &lines)
            {
                try reader.document.append(try HTMLReader.document(from: block, limits: limits))
                reader.itemNumber = nil
            } else {
                try reader.read(line, next: lines.first)
            }
        }
        try reader.endFence()
        try reader.endBlock()
        return reader.document.document
    }

    /// Adds the front matter: its title as a heading, and everything else as lines.
    private mutating func readFrontMatter(_ lines: inout ArraySlice<Substring>) throws(ExtractionError) {
        guard lines.first == "---", let end = lines.dropFirst().prefix(64).firstIndex(of: "---") else { return }
        let metadata = lines[(lines.startIndex + 1)..<end]
        lines = lines[(end + 1)...]
        let isTitled = lines.first { !$0.allSatisfy(\.isWhitespace) }.flatMap { MarkdownLine.heading($0) }?.level == 1
        if !isTitled, let title = metadata.lazy.compactMap({ MarkdownLine.title($0) }).first {
            try append(.heading(level: 1, text: MarkdownInline.plainText(of: title)))
        }
        for line in metadata where isTitled || MarkdownLine.title(line) == nil {
            self.lines = [line]
            try endBlock()
        }
    }

    private mutating func read(_ rawLine: Substring, next: Substring?) throws(ExtractionError) {
        if fence != nil { return try readFenced(rawLine, next: next) }
        var line = rawLine
        var quoteDepth = 0
        while let quoted = MarkdownLine.afterQuoteMark(line) {
            line = quoted
            quoteDepth += 1
        }
        // A quotation interrupts a paragraph; a paragraph in it continues without the mark.
        if quoteDepth > self.quoteDepth { try endBlock() }
        if lines.isEmpty { self.quoteDepth = quoteDepth }
        let content = MarkdownLine.withoutGeneratorMarks(line.trimmingBlanks)
        if content.isEmpty, !line.trimmingBlanks.isEmpty { return try endBlock() }
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
            fence = Fence(mark: mark, length: length, quoteDepth: quoteDepth)
        } else if let (level, text) = MarkdownLine.heading(content) {
            try endBlock()
            itemNumber = nil
            lists.reset()
            numbers = [:]
            var source = String(MarkdownLine.withoutAnchor(text))
            let found = notes.take(from: &source)
            try append(.heading(level: level, text: MarkdownInline.plainText(of: source)))
            for note in found { try append(.paragraph(note)) }
        } else if let level = MarkdownLine.underline(content), !lines.isEmpty, !isListItem {
            let text = MarkdownInline.plainText(of: lines.joined(separator: " "))
            lines = []
            try append(.heading(level: level, text: text))
        } else if MarkdownLine.isRule(content) || MarkdownLine.isDefinition(content) {
            try endBlock()
        } else if let next, lines.isEmpty, content.contains("|"), MarkdownLine.isTableRule(next.trimmingBlanks) {
            table = TableBuilder(rowsAs: .bars)
            addRow(content, isHeader: true)
        } else if let item = MarkdownLine.listItem(content), beginsItem(item.number, line) {
            try endBlock()
            isListItem = true
            // A number that does not continue the list is a figure of the text.
            itemIndentation = Self.indentation(of: line)
            let isCounted =
                (item.number.map { $0 <= 1 || continues($0, at: itemIndentation) } ?? true)
                && !MarkdownLine.beginsWithDate(content)
            lines = [isCounted ? item.text : content]
            itemNumber = item.number
            numbers = numbers.filter { $0.key < itemIndentation }
            numbers[itemIndentation] = item.number
        } else if lines.isEmpty, MarkdownLine.isModuleCode(content) {
            return
        } else {
            lines.append(content)
        }
    }

    /// Whether a line that looks like a list item is one, and not a line of the paragraph that starts with a figure.
    private func beginsItem(_ number: Int?, _ line: Substring) -> Bool {
        guard let number, !lines.isEmpty else { return true }
        if continues(number, at: Self.indentation(of: line)) { return true }
        guard isListItem else { return number == 1 && !MarkdownLine.beginsWithDate(line) }
        return number == 1 || line.prefix { $0 == " " }.count < 2
    }

    /// Whether a number follows the previous item's, or that of the previous item of its indentation.
    private func continues(_ number: Int, at indentation: Int) -> Bool {
        number == itemNumber.map { $0 + 1 } || number == numbers[indentation].map { $0 + 1 }
    }

    private static func indentation(of line: Substring) -> Int {
        line.prefix { $0.isWhitespace }.reduce(0) { $0 + ($1 == "\t" ? 4 : 1) }
    }

    private mutating func readFenced(_ rawLine: Substring, next: Substring?) throws(ExtractionError) {
        guard let open = fence else { return }
        var line = rawLine
        for _ in 0..<open.quoteDepth {
            guard let quoted = MarkdownLine.afterQuoteMark(line) else {
                // The end of the quotation ends the code.
                try endFence()
                return try read(rawLine, next: next)
            }
            line = quoted.first == " " ? quoted.dropFirst() : quoted
        }
        let content = line.trimmingBlanks
        if let (mark, length) = MarkdownLine.fence(content), mark == open.mark, length >= open.length,
            content.count == length
        {
            try endFence()
        } else {
            fence?.lines.append(line)
        }
    }

    private mutating func addRow(_ line: Substring, isHeader: Bool = false) {
        guard !MarkdownLine.isTableRule(line) else { return }
        table?.beginRow()
        for cell in MarkdownLine.cells(line) {
            var cell = String(cell)
            let found = notes.take(from: &cell)
            table?.addCell(found.reduce(MarkdownInline.plainText(of: cell), FootnoteText.line), isHeader: isHeader)
        }
    }

    private mutating func endFence() throws(ExtractionError) {
        if let fence {
            try document.append(code: fence.lines.joined(separator: "\n"))
        }
        fence = nil
    }

    private mutating func endBlock() throws(ExtractionError) {
        try table?.append(to: &document)
        table = nil
        if !lines.isEmpty {
            var source = joining.joined(lines.map { String($0) })
            let found = notes.take(from: &source)
            let text = found.reduce(MarkdownInline.plainText(of: source), FootnoteText.line)
            if isListItem {
                try document.append(item: text, depth: itemIndentation, in: &lists)
            } else {
                try append(.paragraph(text))
            }
        }
        if !isListItem, !lines.isEmpty {
            itemNumber = nil
            lists.reset()
            numbers = [:]
        }
        lines = []
        isListItem = false
    }

    private mutating func append(_ block: ExtractedDocument.Block) throws(ExtractionError) {
        try document.append(block)
    }
}
