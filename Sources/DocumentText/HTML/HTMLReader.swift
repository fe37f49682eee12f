internal import Markup

/// Reads a web page: its headings, paragraphs, lists and tables, without what a browser does not show.
///
/// Of a page with a main element, only that element is read; menus are not read, unless the page has nothing else.
struct HTMLReader {
    private(set) var document: DocumentBuilder
    private let outline: PageOutline
    private let styles: PageStyles
    /// The form of the rows of tables that were written in Markdown.
    private let markdownForm: TableBuilder.RowForm
    private var text = ""
    /// The look of the text.
    private var textLook = TextLook()
    private var kind = Kind.paragraph
    private(set) var title = ""
    private var table: TableBuilder?
    /// The depth of data tables; nested ones are text of the outer one's cell.
    private var tableDepth = 0
    /// The number of rows of the nested table so far.
    private var nestedRows = 0
    /// The number of open layout tables around the data tables.
    private var layoutDepth = 0
    private var tableCount = 0
    /// The number of panels so far that no tab names.
    private var unnamedPanels = 0
    private var cell: Cell?
    private var definitions = DefinitionList()
    private var open: [OpenElement] = []
    /// The blocks of earlier messages, and where the open ones begin.
    private(set) var quotations: [Range<Int>] = []
    private var quotationStarts: [Int] = []
    /// The main element's name, and the number of open elements of this name.
    private var main: (name: String, depth: Int)?
    /// The size of `text` before the current superscript, in bytes.
    private var raisedStart: Int?
    /// The size of `text` before the current footnote, in bytes.
    private var noteStart: Int?
    /// The footnotes that the current text refers to.
    private var notes: [String] = []
    private var isTableHead = false
    private var lists = ListNesting()
    private var listDepth = 0
    /// The number of blocks before the last summary.
    private var summaryStart = 0

    /// The element of a footnote, which is told after the text that refers to it.
    static let noteElement = "footnote"
    /// The maximum size of a superscript that may be the mark of a footnote.
    private static let maximumRaisedBytes = 24

    init(
        limits: ExtractionLimits,
        outline: PageOutline,
        styles: PageStyles,
        markdownForm: TableBuilder.RowForm
    ) {
        document = DocumentBuilder(limits: limits)
        self.outline = outline
        self.styles = styles
        self.markdownForm = markdownForm
    }

    /// Reads a page.
    ///
    /// - Parameters:
    ///   - page: The page.
    ///   - onlyMain: Whether only its main element is read.
    ///   - menus: The numbers of the elements that are left out, in the order of the start tags.
    /// - Throws: `ExtractionError` if its text exceeds the limits.
    mutating func read(_ page: String, onlyMain: Bool, without menus: Set<Int>) throws(ExtractionError) {
        var hidden = HiddenMarkup(styles: styles, revealed: outline.revealed, and: menus)
        var isTitle = false
        var drawingDepth = 0
        try HTMLParser.parse(page) { token throws(ExtractionError) in
            if case .start("table", _) = token { tableCount += 1 }
            if case .start(_, let attributes) = token, RevealedPanels.isUnnamedPanel(attributes) { unnamedPanels += 1 }
            guard !hidden.contains(token) else { return }
            if case .start("svg", _) = token { drawingDepth += 1 }
            if case .end("svg") = token { drawingDepth -= 1 }
            switch token {
            case .text(let run):
                if isTitle {
                    if drawingDepth == 0 { title += run } else { cell?.alternative += run }
                } else if !onlyMain || main != nil {
                    add(run)
                }
            case .start("title", _): isTitle = true
            case .start(let name, let attributes):
                if !onlyMain || entersMain(name, attributes) { try start(name, attributes) }
            case .end("title"): isTitle = false
            case .end(let name):
                if !onlyMain || main != nil {
                    try end(name)
                    leaveMain(name)
                }
            case .strayEnd: break
            }
        }
        try endTable()
        try endBlock()
        try definitions.endTerms(in: &document)
    }

    /// Records a start tag; returns whether it is in the main element.
    private mutating func entersMain(_ name: String, _ attributes: [String: String]) -> Bool {
        if let inside = main {
            if name == inside.name { main?.depth += 1 }
        } else if name == "main" || attributes["role"]?.lowercased() == "main"
            || name == "header" && outline.main.isTitledInHeader
        {
            main = (name, 1)
        }
        return main != nil
    }

    private mutating func leaveMain(_ name: String) {
        guard let inside = main, inside.name == name else { return }
        main = inside.depth > 1 ? (name, inside.depth - 1) : nil
    }

    private mutating func add(_ run: String) {
        let isBold = open.last?.isBold == true
        if cell == nil { textLook.add(run, isBold: isBold, after: text, hasLines: markdownForm == .bars) }
        text += run
        if cell != nil, !isBold, run.contains(where: { !$0.isWhitespace }) {
            cell?.hasPlainText = true
        }
    }

    private mutating func start(_ name: String, _ attributes: [String: String]) throws(ExtractionError) {
        let look = styles.look(of: name, attributes)
        let role = attributes["role"].flatMap { ElementText.tableRoles[$0.lowercased()] }
        let isRoleTable = role == "table" && name != "table"
        let name = role ?? name
        let label = ElementText.label(of: name, attributes)
        let isInline = Self.inlineElements.contains(name)
        let element = OpenElement(
            name: name,
            isBold: look.isBold ?? (open.last?.isBold == true || Self.boldElements.contains(name)),
            isRaised: isInline && look.isRaised == true,
            isBlock: isInline && look.isBlock == true || label != nil,
            isQuotation: Self.isQuotation(name, attributes)
        )
        open.append(element)
        if element.isBlock || element.isQuotation { try begin(nil) }
        if element.isQuotation { quotationStarts.append(document.blocks.count) }
        if element.isRaised { raisedStart = text.utf8.count }
        let isShown = !look.hides || outline.revealed.contain(attributes)
        if isShown, !attributes.isEmpty { try tell(name, attributes, label: label) }
        switch name {
        case "table" where isRoleTable: try startTable(attributes, isLayout: false)
        case "br":
            if cell == nil { textLook.breakLine(after: text.utf8.count) }
            text += kind == .code ? "\n" : " "
        case "table": try startTable(attributes, isLayout: outline.layoutTables.contains(tableCount))
        case "tr" where tableDepth == 1:
            try endCell()
            table?.beginRow()
        case "td" where tableDepth == 1, "th" where tableDepth == 1:
            try endCell()
            let rows = attributes["rowspan"].flatMap { Int($0) } ?? 1
            cell = Cell(
                width: attributes["colspan"].flatMap { Int($0) } ?? 1,
                // 0 means all following rows.
                height: rows == 0 ? .max : rows,
                isHeader: name == "th" || isTableHead
            )
        case "tr" where tableDepth == 0, "td" where tableDepth == 0, "th" where tableDepth == 0: try begin(nil)
        case "thead", "tbody", "tfoot":
            try endRowGroup()
            isTableHead = name == "thead"
        case "li": try begin(.listItem)
        case "ul", "ol":
            try begin(nil)
            if cell == nil, let term = try definitions.takeTerms(in: &document) { lists.record(term, depth: listDepth) }
            listDepth += 1
        case "dt": try begin(.term)
        case "dd":
            try begin(.definition)
            definitions.isInDefinition = cell == nil
        case "dl":
            try begin(nil)
            definitions.reset()
        case "details":
            try begin(nil)
            if cell == nil { document.beginDisclosure() }
        case "summary":
            try begin(nil)
            summaryStart = document.blocks.count
        case "pre": try begin(.code)
        case "h1", "h2", "h3", "h4", "h5", "h6": try begin(.heading(name.last?.wholeNumberValue ?? 1))
        case "tr":
            text += nestedRows > 0 ? "; " : " "
            nestedRows += 1
        case "td", "th", "caption", "button": text += " "
        case "sup": raisedStart = text.utf8.count
        case Self.noteElement: noteStart = text.utf8.count
        case _ where Self.blocks.contains(name): try begin(nil)
        default: break
        }
    }

    /// Adds what an element says beside its content: the label of a panel, a control's state, a picture's description.
    private mutating func tell(
        _ name: String,
        _ attributes: [String: String],
        label: String?
    ) throws(ExtractionError) {
        let labels = outline.panels
        let panel =
            RevealedPanels.isUnnamedPanel(attributes) && unnamedPanels <= labels.unnamedLabels.count
            ? labels.unnamedLabels[unnamedPanels - 1] : attributes["id"].flatMap { labels.labels[$0] }
        if let label = panel ?? label {
            try begin(nil)
            // The button before a panel has been told.
            if document.blocks.last?.text != label || cell != nil {
                text += label + (cell == nil ? "" : ": ")
                try begin(nil)
            }
        }
        // The boxes of Markdown's tasks are no choices.
        let isTask = name == "input" && kind == .listItem && cell == nil
        guard !isTask else { return }
        switch ElementText.form(of: name, attributes, isInCell: cell != nil) {
        case .text(let shown): add(shown)
        case .alternative(let description): cell?.alternative += " " + description
        case nil: break
        }
    }

    private mutating func startTable(_ attributes: [String: String], isLayout: Bool) throws(ExtractionError) {
        if tableDepth == 0, isLayout {
            layoutDepth += 1
            return try begin(nil)
        }
        tableDepth += 1
        nestedRows = 0
        guard tableDepth == 1 else { return }
        try endBlock()
        table = TableBuilder(rowsAs: attributes["data-sourcepos"] == nil ? .other : markdownForm)
        table?.label = try definitions.takeTerms(in: &document)
    }

    private mutating func end(_ name: String) throws(ExtractionError) {
        let element = open.popLast()
        if element?.isRaised == true { endRaised() }
        if element?.isBlock == true || element?.isQuotation == true { try begin(nil) }
        if element?.isQuotation == true, let start = quotationStarts.popLast(), quotationStarts.isEmpty {
            quotations.append(start..<document.blocks.count)
        }
        let name = element?.name ?? name
        switch name {
        case "table":
            if tableDepth == 1 { try endTable() }
            if tableDepth > 0 {
                tableDepth -= 1
            } else {
                layoutDepth = max(0, layoutDepth - 1)
                try begin(nil)
            }
        case "td" where tableDepth == 1, "th" where tableDepth == 1: try endCell()
        case "td" where tableDepth == 0, "th" where tableDepth == 0: try begin(nil)
        case "thead":
            try endRowGroup()
            isTableHead = false
        case "caption" where tableDepth == 1 && cell == nil: try endBlock()
        case "dl":
            try begin(.paragraph)
            try definitions.endTerms(in: &document)
            definitions.reset()
        case "dd":
            try begin(.paragraph)
            definitions.isInDefinition = false
        case "li", "dt", "pre", "h1", "h2", "h3", "h4", "h5", "h6": try begin(.paragraph)
        case "ul", "ol":
            try begin(nil)
            listDepth = max(0, listDepth - 1)
            if listDepth == 0 { lists.reset() }
        case "summary":
            try begin(nil)
            if cell == nil { document.endSummary(from: summaryStart) }
        case "details":
            try begin(nil)
            if cell == nil { document.endDisclosure() }
        case "button": text += " "
        case "sup": endRaised()
        case Self.noteElement: endNote()
        case _ where Self.blocks.contains(name): try begin(nil)
        default: break
        }
    }

    private mutating func endRaised() {
        defer { raisedStart = nil }
        guard let start = raisedStart, (1...Self.maximumRaisedBytes).contains(text.utf8.count - start) else { return }
        let position = text.utf8.index(text.startIndex, offsetBy: start)
        let raised = String(text[position...])
        text.removeSubrange(position...)
        text += SuperscriptText.text(for: raised, after: text)
    }

    private mutating func endNote() {
        defer { noteStart = nil }
        guard let start = noteStart, start <= text.utf8.count else { return }
        let position = text.utf8.index(text.startIndex, offsetBy: start)
        let note = text[position...].onOneLine
        text.removeSubrange(position...)
        if !note.isEmpty { notes.append(note) }
    }

    /// Ends the current text, and sets the kind of the next; nil keeps the kind if there was no text.
    private mutating func begin(_ next: Kind?) throws(ExtractionError) {
        raisedStart = nil
        guard cell == nil else {
            text += " "
            return
        }
        try endBlock()
        if let next { kind = next }
    }

    private mutating func endBlock() throws(ExtractionError) {
        raisedStart = nil
        var line = kind == .code ? text : text.onOneLine
        let (seen, look) = (line, textLook.look(of: text))
        text = ""
        textLook = TextLook()
        if case .heading = kind {} else { line = withNotes(line) }
        // Boxes without a text are switches of the page.
        guard line.contains(where: { !$0.isWhitespace && $0 != "☐" && $0 != "☒" }) else { return }
        switch kind {
        case .paragraph where definitions.isDefining: try definitions.append(definition: line, to: &document)
        case .paragraph:
            try document.append(.paragraph(line))
            document.record(look, of: seen)
        case .listItem:
            try document.append(item: line, depth: listDepth, in: &lists)
            document.record(look, of: seen)
        case .code: try document.append(code: line)
        case .heading(let level):
            try document.append(.heading(level: level, text: line))
            for note in notes { try document.append(.paragraph(note)) }
            notes = []
        case .term: definitions.append(term: line)
        case .definition: try definitions.append(definition: line, to: &document)
        }
        kind = .paragraph
    }

    /// The text with the footnotes that it refers to.
    private mutating func withNotes(_ line: String) -> String {
        guard !notes.isEmpty else { return line }
        defer { notes = [] }
        return notes.reduce(line.onOneLine, FootnoteText.line)
    }

    private mutating func endCell() throws(ExtractionError) {
        raisedStart = nil
        if let cell {
            let isEmpty = !text.contains { !$0.isWhitespace }
            let content = withNotes(isEmpty ? cell.alternative : text)
            table?.addCell(
                content,
                spanning: cell.width,
                rows: cell.height,
                isHeader: cell.isHeader,
                isBold: !cell.hasPlainText
            )
            text = ""
        } else {
            try endBlock()
        }
        cell = nil
    }

    /// Ends a group of rows, beyond which no cell of it goes.
    private mutating func endRowGroup() throws(ExtractionError) {
        guard tableDepth == 1 else { return }
        try endCell()
        table?.endRowGroup()
    }

    private mutating func endTable() throws(ExtractionError) {
        guard table != nil else { return }
        try endCell()
        try table?.append(to: &document)
        table = nil
        isTableHead = false
    }
}
