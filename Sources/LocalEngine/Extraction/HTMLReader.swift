/// Reads a web page: its headings, paragraphs, lists and tables, and nothing that a browser would not show.
struct HTMLReader {
    private var document = ExtractedDocument()
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
    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption",
        "figure", "footer", "form", "header", "hr", "html", "legend", "main", "nav", "ol", "option", "p", "section",
        "summary", "ul",
    ]

    /// The document in a page.
    static func document(from text: String) -> ExtractedDocument {
        var reader = HTMLReader()
        var tokens = MarkupTokenizer(text, dialect: .html)
        var hidden: String?
        while let token = tokens.next() {
            switch token {
            case .text(let text):
                if hidden == "title" { reader.title += text } else if hidden == nil { reader.text += text }
            case .start(let name, let attributes, _):
                if ["script", "style", "title"].contains(name) {
                    hidden = name
                } else {
                    reader.start(name, attributes)
                }
            case .end(let name):
                if hidden == name { hidden = nil } else { reader.end(name) }
            }
        }
        reader.endTable()
        reader.endBlock()
        return reader.titled()
    }

    private mutating func start(_ name: String, _ attributes: [String: String]) {
        switch name {
        case "br": text += kind == .code ? "\n" : " "
        case "table":
            tableDepth += 1
            if tableDepth == 1 {
                endBlock()
                table = TableBuilder()
            }
        case "tr" where tableDepth == 1:
            endCell()
            table?.beginRow()
        case "td" where tableDepth == 1, "th" where tableDepth == 1:
            endCell()
            cellSpan = attributes["colspan"].flatMap { Int($0) } ?? 1
            if name == "th", table?.rows.count == 1 { table?.firstRowIsHeader = true }
        case "li": begin(.listItem)
        case "pre": begin(.code)
        case "h1", "h2", "h3", "h4", "h5", "h6": begin(.heading(name.last?.wholeNumberValue ?? 1))
        case "td", "th", "tr", "caption": text += " "
        case _ where Self.blocks.contains(name): begin(nil)
        default: break
        }
    }

    private mutating func end(_ name: String) {
        switch name {
        case "table":
            if tableDepth == 1 { endTable() }
            tableDepth = max(0, tableDepth - 1)
        case "td" where tableDepth == 1, "th" where tableDepth == 1: endCell()
        case "caption" where tableDepth == 1 && cellSpan == nil: endBlock()
        case "li", "pre", "h1", "h2", "h3", "h4", "h5", "h6": begin(.paragraph)
        case _ where Self.blocks.contains(name): begin(nil)
        default: break
        }
    }

    /// Ends the text so far and says what the next is; `nil` leaves that as it is if there was no text.
    private mutating func begin(_ next: Kind?) {
        guard cellSpan == nil else {
            text += " "
            return
        }
        endBlock()
        if let next { kind = next }
    }

    private mutating func endBlock() {
        let line = kind == .code ? text : text.onOneLine
        text = ""
        guard line.contains(where: { !$0.isWhitespace }) else { return }
        switch kind {
        case .paragraph: document.blocks.append(.paragraph(line))
        case .listItem: document.blocks.append(.listItem(line))
        case .code: document.blocks += SourceCodeReader.document(from: line).blocks
        case .heading(let level): document.blocks.append(.heading(level: level, text: line))
        }
        kind = .paragraph
    }

    private mutating func endCell() {
        if let cellSpan {
            table?.addCell(text, spanning: cellSpan)
            text = ""
        } else {
            endBlock()
        }
        cellSpan = nil
    }

    private mutating func endTable() {
        guard let ended = table else { return }
        endCell()
        document.blocks += (table ?? ended).blocks
        table = nil
    }

    /// The document under the page's title, if it has no heading of the highest level.
    private func titled() -> ExtractedDocument {
        let title = title.onOneLine
        let hasTopHeading = document.blocks.contains { if case .heading(1, _) = $0 { true } else { false } }
        guard !title.isEmpty, !hasTopHeading, !document.blocks.isEmpty else { return document }
        return ExtractedDocument(blocks: [.heading(level: 1, text: title)] + document.blocks)
    }
}
