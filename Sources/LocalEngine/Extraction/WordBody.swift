/// Reads the body of a Word document, of whose vocabulary only a few words bear on the text.
struct WordBody {
    private let styles: WordStyles
    private var document = ExtractedDocument()
    private var text = ""
    private var role: WordStyles.Role?
    private var isText = false
    private var table: TableBuilder?
    /// How many tables the place is in; the inner ones of a nest are text of the outer one's cell.
    private var tableDepth = 0
    private var cell = ""
    private var cellSpan = 1
    private var continuesCellAbove = false
    /// How many elements deep the place is in what a reader does not see.
    private var hiddenDepth = 0

    /// A second telling of the same text for old readers.
    private static let hidden = "mc:Fallback"

    /// Begins a body whose styles are known.
    init(styles: WordStyles) {
        self.styles = styles
    }

    /// The document in `word/document.xml`.
    mutating func document(from xml: [UInt8]) -> ExtractedDocument {
        var tokens = MarkupTokenizer(xml, dialect: .xml)
        while let token = tokens.next() {
            switch token {
            case .text(let run): if isText, hiddenDepth == 0 { text += run }
            case .start(let name, let attributes, let isClosed):
                start(name, value: attributes["w:val"])
                if isClosed { end(name) }
            case .end(let name): end(name)
            }
        }
        endParagraph()
        endTable()
        return document
    }

    private mutating func start(_ name: String, value: String?) {
        switch name {
        case Self.hidden: hiddenDepth += 1
        case "w:p": endParagraph()
        case "w:pStyle": role = value.flatMap { styles.role(of: $0) } ?? role
        case "w:numPr": role = role ?? .listItem
        case "w:t": isText = true
        case "w:tab", "w:br", "w:cr": text += " "
        case "w:noBreakHyphen": text += "-"
        case "w:tbl":
            endParagraph()
            tableDepth += 1
            if tableDepth == 1 { table = TableBuilder() }
        case "w:tr" where tableDepth == 1: table?.beginRow()
        case "w:tblHeader" where tableDepth == 1 && table?.rows.count == 1: table?.firstRowIsHeader = value != "0"
        case "w:tc" where tableDepth == 1:
            cell = ""
            cellSpan = 1
            continuesCellAbove = false
        case "w:gridSpan" where tableDepth == 1: cellSpan = value.flatMap { Int($0) } ?? 1
        case "w:vMerge" where tableDepth == 1: continuesCellAbove = value != "restart"
        default: break
        }
    }

    private mutating func end(_ name: String) {
        switch name {
        case Self.hidden: hiddenDepth = max(0, hiddenDepth - 1)
        case "w:t": isText = false
        case "w:p": endParagraph()
        case "w:tc" where tableDepth == 1:
            endParagraph()
            let text = continuesCellAbove ? cellAbove : cell
            table?.addCell(text, spanning: cellSpan)
        case "w:tbl":
            endParagraph()
            if tableDepth == 1 { endTable() }
            tableDepth = max(0, tableDepth - 1)
        default: break
        }
    }

    /// The text of the cell above the one that is being read.
    private var cellAbove: String {
        guard let rows = table?.rows, let row = rows.last, let above = rows.dropLast().last, row.count < above.count
        else {
            return ""
        }
        return above[row.count]
    }

    private mutating func endParagraph() {
        let line = text.onOneLine
        defer {
            text = ""
            role = nil
        }
        guard !line.isEmpty, role != .contents else { return }
        guard tableDepth == 0 else {
            cell += " " + line
            return
        }
        switch role {
        case .heading(let level): document.blocks.append(.heading(level: level, text: line))
        case .listItem: document.blocks.append(.listItem(line))
        case .contents, nil: document.blocks.append(.paragraph(line))
        }
    }

    private mutating func endTable() {
        document.blocks += table?.blocks ?? []
        table = nil
    }
}
