/// Collects lines of text into paragraphs and list items.
struct TextCollector {
    /// The document so far.
    var document: DocumentBuilder
    /// How lines are put together.
    let joining: LineJoining
    /// The lines of the paragraph or list item that is being read.
    private var lines: [String] = []
    private var isListItem = false
    /// The number of the list item that was read last; nil behind anything else.
    private var itemNumber: Int?

    /// Begins an empty document.
    init(joining: LineJoining, limits: ExtractionLimits) {
        document = DocumentBuilder(limits: limits)
        self.joining = joining
    }

    /// Whether a paragraph or list item is being read.
    var isOpen: Bool { !lines.isEmpty }

    /// Whether a line goes on with the sentence that is being read.
    func goesOn(with line: String) -> Bool {
        guard let last = lines.last?.last, let first = line.first else { return false }
        return first.isLowercase && (last.isLetter || last.isNumber || ",-\u{AD}".contains(last))
    }

    /// Adds a line.
    ///
    /// - Throws: `ExtractionError` if the document becomes more text than allowed.
    mutating func add(_ line: LayoutLine) throws(ExtractionError) {
        if line.isContentsEntry { return try end() }
        if let item = line.listItem, beginsItem(item) {
            try end()
            // A figure that does not go on with the list is one of the text.
            let isNext = item.number.map { $0 <= 1 || $0 == itemNumber.map { $0 + 1 } } ?? true
            let isCounted = !item.isFigure || isNext && !beginsWithMonth(item)
            lines = [isCounted ? item.text : line.text]
            isListItem = true
            itemNumber = item.number
        } else {
            lines.append(line.text)
        }
    }

    /// Adds a heading, after what was being read.
    ///
    /// - Throws: `ExtractionError` if the document becomes more text than allowed.
    mutating func append(heading: String, level: Int) throws(ExtractionError) {
        try end()
        itemNumber = nil
        try document.append(.heading(level: level, text: heading.onOneLine))
    }

    /// Adds a table, after what was being read.
    ///
    /// - Throws: `ExtractionError` if the document becomes more text than allowed.
    mutating func append(_ table: TableBuilder) throws(ExtractionError) {
        try end()
        itemNumber = nil
        try table.append(to: &document)
    }

    /// Ends the paragraph or list item that is being read.
    ///
    /// - Throws: `ExtractionError` if the document becomes more text than allowed.
    mutating func end() throws(ExtractionError) {
        guard !lines.isEmpty else { return }
        let text = joining.joined(lines).onOneLine
        if !isListItem { itemNumber = nil }
        try document.append(isListItem ? .listItem(text) : .paragraph(text))
        lines = []
        isListItem = false
    }

    /// Whether a line that looks like a list item is one, and not a line of a paragraph that happens to begin with a figure.
    private func beginsItem(_ item: LayoutLine.ListItem) -> Bool {
        guard item.isFigure, let number = item.number, let last = lines.last?.last else { return true }
        if number == itemNumber.map({ $0 + 1 }), !beginsWithMonth(item) { return true }
        return ".:;!?".contains(last) && !beginsWithMonth(item)
    }

    private func beginsWithMonth(_ item: LayoutLine.ListItem) -> Bool {
        item.text.split(maxSplits: 1, whereSeparator: \.isWhitespace).first.map { MonthNames.contains($0) } ?? false
    }
}
