internal import Markup

/// Reads a web page: its headings, paragraphs, lists and tables, without what a browser does not show.
///
/// Of a page with a main element, only that element is read; menus are not read, unless the page has nothing else.
struct HTMLReader {
    private var document: DocumentBuilder
    private let outline: PageOutline
    private let styles: PageStyles
    /// The form of the rows of tables that were written in Markdown.
    private let markdownForm: TableBuilder.RowForm
    private var text = ""
    private var kind = Kind.paragraph
    private var title = ""
    private var table: TableBuilder?
    /// The depth of data tables; nested ones are text of the outer one's cell.
    private var tableDepth = 0
    /// The number of open layout tables around the data tables.
    private var layoutDepth = 0
    private var tableCount = 0
    private var cell: Cell?
    /// The terms that the next definition defines.
    private var terms: [String] = []
    /// The type of the text in each open element.
    private var types: [TypeLook] = []
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

    private struct TypeLook {
        var isBold: Bool
        /// Whether the element is superscript by its style.
        var isRaised: Bool
    }

    private struct Cell {
        var width: Int
        var height: Int
        var isHeader: Bool
        var hasPlainText = false
    }

    private enum Kind: Equatable {
        case paragraph, listItem, code, term, definition
        case heading(Int)
    }

    /// The element of a footnote, which is told after the text that refers to it.
    static let noteElement = "footnote"
    /// Block elements, which end the text before them.
    static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption",
        "figure", "footer", "form", "header", "hr", "html", "legend", "main", "nav", "ol", "option", "p", "section",
        "summary", "ul",
    ]
    private static let boldElements: Set<String> = ["b", "strong"]
    /// Elements that may be superscript by their style.
    private static let raisedElements: Set<String> = ["a", "b", "em", "font", "i", "small", "span", "strong"]
    /// The maximum size of a superscript that may be the mark of a footnote.
    private static let maximumRaisedBytes = 24

    private init(
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

    /// Whether a text is markup: it has a text element with an end tag.
    static func isMarkup(_ text: String) -> Bool {
        guard text.contains("</") || text.contains("<br") else { return false }
        var isMarkup = false
        HTMLParser.parse(text) { token in
            guard case .start(let name, _) = token, textElements.contains(name) else { return }
            // The parser adds the start tag of a paragraph.
            isMarkup = isMarkup || name != "p" || text.contains("<p") || text.contains("<P")
        }
        return isMarkup
    }

    private static let textElements: Set<String> = [
        "p", "div", "span", "br", "ul", "ol", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "em",
        "i", "a",
    ]

    /// The document of a page.
    ///
    /// - Parameters:
    ///   - text: The page.
    ///   - limits: The limits of its text.
    ///   - markdownForm: The form of the rows of those tables that cmark-gfm wrote.
    /// - Returns: The document, which may have no block.
    /// - Throws: `ExtractionError` if its text or its markup exceeds the limits.
    static func document(
        from text: String,
        limits: ExtractionLimits = .standard,
        markdownTablesAs markdownForm: TableBuilder.RowForm = .other
    ) throws(ExtractionError) -> ExtractedDocument {
        let styles = PageStyles(text)
        let outline = PageOutline(text, styles: styles)
        switch outline.exceededLimit {
        case .attributes?:
            throw .invalid("A tag of the page has more than \(MarkupLimit.attributes.maximum) attributes.")
        case .comparisons?:
            throw .invalid(
                "The page's tags are nested too deeply, and too many end tags end no element: comparing them is limited to "
                    + "\(MarkupLimit.comparisons.maximum / 1_000_000) million steps."
            )
        case nil: break
        }
        let menus = outline.menus.found
        let attempts = [(true, menus, styles), (false, menus, styles), (false, [], styles), (false, [], PageStyles())]
        for (onlyMain, menus, styles) in attempts where outline.hasMain || !onlyMain {
            var reader = HTMLReader(limits: limits, outline: outline, styles: styles, markdownForm: markdownForm)
            try reader.read(text, onlyMain: onlyMain, without: menus)
            if !reader.document.blocks.isEmpty { return reader.titled() }
        }
        return ExtractedDocument()
    }

    private mutating func read(_ page: String, onlyMain: Bool, without menus: Set<Int>) throws(ExtractionError) {
        var hidden = HiddenMarkup(styles: styles, and: menus)
        var isTitle = false
        try HTMLParser.parse(page) { token throws(ExtractionError) in
            if case .start("table", _) = token { tableCount += 1 }
            guard !hidden.contains(token) else { return }
            switch token {
            case .text(let run):
                if isTitle {
                    title += run
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
        try endTerms()
    }

    /// Records a start tag; returns whether it is in the main element.
    private mutating func entersMain(_ name: String, _ attributes: [String: String]) -> Bool {
        if let inside = main {
            if name == inside.name { main?.depth += 1 }
        } else if name == "main" || attributes["role"]?.lowercased() == "main" {
            main = (name, 1)
        }
        return main != nil
    }

    private mutating func leaveMain(_ name: String) {
        guard let inside = main, inside.name == name else { return }
        main = inside.depth > 1 ? (name, inside.depth - 1) : nil
    }

    private mutating func add(_ run: String) {
        text += run
        if cell != nil, types.last?.isBold != true, run.contains(where: { !$0.isWhitespace }) {
            cell?.hasPlainText = true
        }
    }

    private mutating func start(_ name: String, _ attributes: [String: String]) throws(ExtractionError) {
        let look = styles.look(of: name, attributes)
        let isBold = look.isBold ?? (types.last?.isBold == true || Self.boldElements.contains(name))
        let isRaised = look.isRaised == true && Self.raisedElements.contains(name)
        types.append(TypeLook(isBold: isBold, isRaised: isRaised))
        if isRaised { raisedStart = text.utf8.count }
        switch name {
        case "br": text += kind == .code ? "\n" : " "
        case "table": try startTable(attributes)
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
        case "thead", "tbody", "tfoot": isTableHead = name == "thead"
        case "li": try begin(.listItem)
        case "ul", "ol":
            try begin(nil)
            listDepth += 1
        case "dt": try begin(.term)
        case "dd": try begin(.definition)
        case "pre": try begin(.code)
        case "h1", "h2", "h3", "h4", "h5", "h6": try begin(.heading(name.last?.wholeNumberValue ?? 1))
        case "td", "th", "tr", "caption": text += " "
        case "sup": raisedStart = text.utf8.count
        case Self.noteElement: noteStart = text.utf8.count
        case _ where Self.blocks.contains(name): try begin(nil)
        default: break
        }
    }

    private mutating func startTable(_ attributes: [String: String]) throws(ExtractionError) {
        if tableDepth == 0, outline.layoutTables.contains(tableCount) {
            layoutDepth += 1
            return try begin(nil)
        }
        tableDepth += 1
        guard tableDepth == 1 else { return }
        try endBlock()
        table = TableBuilder(rowsAs: attributes["data-sourcepos"] == nil ? .other : markdownForm)
    }

    private mutating func end(_ name: String) throws(ExtractionError) {
        if types.popLast()?.isRaised == true { endRaised() }
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
        case "thead": isTableHead = false
        case "caption" where tableDepth == 1 && cell == nil: try endBlock()
        case "dl":
            try begin(.paragraph)
            try endTerms()
        case "li", "dt", "dd", "pre", "h1", "h2", "h3", "h4", "h5", "h6": try begin(.paragraph)
        case "ul", "ol":
            try begin(nil)
            listDepth = max(0, listDepth - 1)
            if listDepth == 0 { lists.reset() }
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
        text = ""
        if case .heading = kind {} else { line = withNotes(line) }
        guard line.contains(where: { !$0.isWhitespace }) else { return }
        switch kind {
        case .paragraph: try document.append(.paragraph(line))
        case .listItem: try document.append(item: line, depth: listDepth, in: &lists)
        case .code: try document.append(code: line)
        case .heading(let level):
            try document.append(.heading(level: level, text: line))
            for note in notes { try document.append(.paragraph(note)) }
            notes = []
        case .term: terms.append(line)
        case .definition:
            let term = terms.joined(separator: ", ")
            terms = []
            let isEnded = term.isEmpty || term.last == ":"
            try document.append(.listItem(term.isEmpty ? line : "\(term)\(isEnded ? "" : ":") \(line)"))
        }
        kind = .paragraph
    }

    /// The text with the footnotes that it refers to.
    private mutating func withNotes(_ line: String) -> String {
        guard !notes.isEmpty else { return line }
        defer { notes = [] }
        return notes.reduce(line.onOneLine, FootnoteText.line)
    }

    /// Adds terms without a definition.
    private mutating func endTerms() throws(ExtractionError) {
        for term in terms { try document.append(.paragraph(term)) }
        terms = []
    }

    private mutating func endCell() throws(ExtractionError) {
        raisedStart = nil
        if let cell {
            let content = withNotes(text)
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

    private mutating func endTable() throws(ExtractionError) {
        guard table != nil else { return }
        try endCell()
        try table?.append(to: &document)
        table = nil
        isTableHead = false
    }

    /// The document with the page's title as a heading, if it has no heading of the highest level.
    private func titled() -> ExtractedDocument {
        let title = title.onOneLine
        var document = document
        let hasTopHeading = document.blocks.contains { if case .heading(1, _) = $0 { true } else { false } }
        guard !title.isEmpty, !hasTopHeading, !document.blocks.isEmpty else { return document.document }
        document.insertFirst(.heading(level: 1, text: title))
        return document.document
    }
}
