/// Reads a web page: its headings, paragraphs, lists and tables, and nothing that a browser would not show.
struct HTMLReader {
    private var document: DocumentBuilder
    private var text = ""
    private var kind = Kind.paragraph
    private var title = ""
    private var table: TableBuilder?
    /// How many tables the place is in; the inner ones of a nest are text of the outer one's cell.
    private var tableDepth = 0
    private var cellSpan: Int?

    private enum Kind: Equatable {
        case paragraph, listItem, code
        case heading(Int)
    }

    /// Elements that end the text before them and begin new text.
    static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption",
        "figure", "footer", "form", "header", "hr", "html", "legend", "main", "nav", "ol", "option", "p", "section",
        "summary", "ul",
    ]

    private init(limits: ExtractionLimits) {
        document = DocumentBuilder(limits: limits)
    }

    /// The document in a page.
    ///
    /// - Throws: `ExtractionError` if it becomes more text than allowed.
    static func document(
        from text: String,
        limits: ExtractionLimits = ExtractionLimits()
    ) throws(ExtractionError) -> ExtractedDocument {
        var reader = HTMLReader(limits: limits)
        var tokens = MarkupTokenizer(text, dialect: .html)
        var hidden: HiddenMarkup?
        var isTitle = false
        while let token = tokens.next() {
            switch token {
            case .text(let text):
                if isTitle { reader.title += text } else if hidden == nil { reader.text += text }
            case .start(let name, let attributes, _):
                if hidden?.endsBefore(start: name) == true { hidden = nil }
                guard hidden == nil else { continue }
                hidden = HiddenMarkup(name, attributes)
                if name == "title" { isTitle = true } else if hidden == nil { try reader.start(name, attributes) }
            case .end(let name):
                if let (ended, isOfPage) = hidden?.ends(at: name) {
                    if ended { hidden = nil }
                    guard isOfPage else { continue }
                }
                if name == "title", isTitle { isTitle = false } else { try reader.end(name) }
            }
        }
        try reader.endTable()
        try reader.endBlock()
        return reader.titled()
    }

    private mutating func start(_ name: String, _ attributes: [String: String]) throws(ExtractionError) {
        switch name {
        case "br": text += kind == .code ? "\n" : " "
        case "table":
            tableDepth += 1
            if tableDepth == 1 {
                try endBlock()
                table = TableBuilder()
            }
        case "tr" where tableDepth == 1:
            try endCell()
            table?.beginRow()
        case "td" where tableDepth == 1, "th" where tableDepth == 1:
            try endCell()
            cellSpan = attributes["colspan"].flatMap { Int($0) } ?? 1
            if name == "th", table?.rowCount == 1 { table?.firstRowIsHeader = true }
        case "li": try begin(.listItem)
        case "pre": try begin(.code)
        case "h1", "h2", "h3", "h4", "h5", "h6": try begin(.heading(name.last?.wholeNumberValue ?? 1))
        case "td", "th", "tr", "caption": text += " "
        case _ where Self.blocks.contains(name): try begin(nil)
        default: break
        }
    }

    private mutating func end(_ name: String) throws(ExtractionError) {
        switch name {
        case "table":
            if tableDepth == 1 { try endTable() }
            tableDepth = max(0, tableDepth - 1)
        case "td" where tableDepth == 1, "th" where tableDepth == 1: try endCell()
        case "caption" where tableDepth == 1 && cellSpan == nil: try endBlock()
        case "li", "pre", "h1", "h2", "h3", "h4", "h5", "h6": try begin(.paragraph)
        case _ where Self.blocks.contains(name): try begin(nil)
        default: break
        }
    }

    /// Ends the text so far and says what the next is; `nil` leaves that as it is if there was no text.
    private mutating func begin(_ next: Kind?) throws(ExtractionError) {
        guard cellSpan == nil else {
            text += " "
            return
        }
        try endBlock()
        if let next { kind = next }
    }

    private mutating func endBlock() throws(ExtractionError) {
        let line = kind == .code ? text : text.onOneLine
        text = ""
        guard line.contains(where: { !$0.isWhitespace }) else { return }
        switch kind {
        case .paragraph: try document.append(.paragraph(line))
        case .listItem: try document.append(.listItem(line))
        case .code: try SourceCodeReader.append(line, to: &document)
        case .heading(let level): try document.append(.heading(level: level, text: line))
        }
        kind = .paragraph
    }

    private mutating func endCell() throws(ExtractionError) {
        if let cellSpan {
            table?.addCell(text, spanning: cellSpan)
            text = ""
        } else {
            try endBlock()
        }
        cellSpan = nil
    }

    private mutating func endTable() throws(ExtractionError) {
        guard table != nil else { return }
        try endCell()
        try table?.append(to: &document)
        table = nil
    }

    /// The document under the page's title, if it has no heading of the highest level.
    private func titled() -> ExtractedDocument {
        let (title, document) = (title.onOneLine, document.document)
        let hasTopHeading = document.blocks.contains { if case .heading(1, _) = $0 { true } else { false } }
        guard !title.isEmpty, !hasTopHeading, !document.blocks.isEmpty else { return document }
        return ExtractedDocument(blocks: [.heading(level: 1, text: title)] + document.blocks)
    }
}
