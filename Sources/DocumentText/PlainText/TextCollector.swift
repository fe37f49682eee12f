/// Collects lines of text into paragraphs and list items.
struct TextCollector {
    /// The document so far.
    var document: DocumentBuilder
    /// How lines are joined.
    let joining: LineJoining
    /// Whether list items keep their letters and brackets, as the text refers to them.
    var keepsLabels = false
    /// The lines of the current paragraph or list item.
    private var lines: [String] = []
    private var isListItem = false
    /// The number of the last list item; nil after anything else.
    private var itemNumber: Int?
    /// The last list item with a figure, which items with letters may follow; nil after anything else.
    private var lastFigure: LayoutLine.ListItem?
    private var lists = ListNesting()
    private var itemDepth = 0
    /// Whether the last list item is a clause, which keeps its number.
    private var isClause = false

    /// Creates an empty document.
    init(joining: LineJoining, limits: ExtractionLimits) {
        document = DocumentBuilder(limits: limits)
        self.joining = joining
    }

    /// Whether there is a current paragraph or list item.
    var isOpen: Bool { !lines.isEmpty }

    /// Whether the current paragraph or list item ends with a sentence.
    var isAtEndOfSentence: Bool { lines.last?.last.map { ".:;!?。".contains($0) } ?? true }

    /// Whether a line continues the current sentence.
    func isContinued(by line: String) -> Bool {
        guard let last = lines.last?.last, let first = line.first else { return false }
        return first.isLowercase && (last.isLetter || last.isNumber || ",-\u{AD}".contains(last))
    }

    /// Adds a line.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - startsClause: Whether a number at its start is that of a clause, by which texts refer to it.
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func add(_ line: LayoutLine, startsClause: Bool = false) throws(ExtractionError) {
        if line.isContentsEntry { return try end() }
        if let item = line.listItem, startsItem(item) {
            try end()
            // A figure that does not continue the list is a part of the text.
            let goesOn = item.number.map { [itemNumber, lastFigure?.number].contains($0 - 1) } ?? false
            let isNext = item.number.map { $0 <= 1 } ?? true || goesOn
            isClause = item.isFigure && (startsClause || isClause && goesOn)
            let isCounted = !item.isFigure || isNext && !isClause && !startsWithMonth(item)
            let keepsLabel = keepsLabels && !item.isFigure && line.text.prefix { !$0.isWhitespace }.last == ")"
            lines = [isCounted && !keepsLabel ? item.text : line.text]
            isListItem = true
            itemNumber = item.number
            if item.isFigure { lastFigure = item }
            let isBelowFigure = lastFigure != nil && !item.isFigure && item.number != nil
            itemDepth = line.indentation * 2 + (isBelowFigure ? 1 : 0)
        } else {
            lines.append(line.text)
        }
    }

    /// Ends the current paragraph or list item, and adds a heading.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func append(heading: String, level: Int) throws(ExtractionError) {
        try end()
        endList()
        try document.append(.heading(level: level, text: heading.onOneLine))
    }

    /// Ends the current paragraph or list item, and adds a table.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func append(_ table: TableBuilder) throws(ExtractionError) {
        try end()
        endList()
        try table.append(to: &document)
    }

    /// Ends the current paragraph or list item.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func end() throws(ExtractionError) {
        guard !lines.isEmpty else { return }
        var look = TextLook()
        var joined = ""
        for line in lines {
            // A hyphen at the end of a line may be removed.
            if !joined.isEmpty, joined.last != "-" { look.breakLine(after: joined.utf8.count) }
            joining.append(line, to: &joined)
        }
        let text = joined.onOneLine
        if isListItem {
            try document.append(item: text, depth: itemDepth, in: &lists)
        } else {
            endList()
            try document.append(.paragraph(text))
        }
        document.record(look.look(of: joined), of: text)
        lines = []
        isListItem = false
    }

    private mutating func endList() {
        itemNumber = nil
        lastFigure = nil
        lists.reset()
    }

    /// Whether a line that looks like a list item is one, and not a line of a paragraph that starts with a figure.
    private func startsItem(_ item: LayoutLine.ListItem) -> Bool {
        guard item.isFigure, let number = item.number, let last = lines.last?.last else { return true }
        let isNext = [itemNumber, lastFigure?.number].contains(number - 1)
        if isNext, lastFigure.map({ $0.marks == item.marks }) ?? true, !startsWithMonth(item) { return true }
        return ".:;!?".contains(last) && !startsWithMonth(item)
    }

    private func startsWithMonth(_ item: LayoutLine.ListItem) -> Bool {
        item.text.split(maxSplits: 1, whereSeparator: \.isWhitespace).first.map { MonthNames.contains($0) } ?? false
    }
}
