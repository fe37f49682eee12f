/// Reads the body of a Word document, of whose vocabulary only a few words bear on the text.
///
/// Text that its author hid, struck out, deleted or moved elsewhere is not read. A footnote or endnote is told right after
/// the text of the paragraph that refers to it.
struct WordBody {
    private let styles: WordStyles
    /// The notes that no paragraph has told yet, by the name of their reference and their ID.
    private var notes: [String: String]
    private var document: DocumentBuilder
    private var text = ""
    private var role: WordStyles.Role?
    private var isText = false
    private var paragraphLook = WordLook()
    private var runLook = WordLook()
    private var isInRun = false
    /// The notes that the paragraph refers to.
    private var paragraphNotes: [String] = []
    /// The note that is being read, with all those before.
    private var noteID: String?
    private var readNotes: [String: String] = [:]
    private var table: TableBuilder?
    /// How many tables the place is in; the inner ones of a nest are text of the outer one's cell.
    private var tableDepth = 0
    private var cell = ""
    private var cellSpan = 1
    private var continuesCellAbove = false
    private var isInRowProperties = false
    /// How many tables deep the row is that is hidden or deleted.
    private var hiddenRowDepth: Int?
    /// How many elements deep the place is in what a reader does not see.
    private var hiddenDepth = 0

    /// Elements whose inside is not part of the text: a second telling of it for old readers, what was deleted or moved
    /// elsewhere, and how things looked before a change.
    private static let hidden: Set<String> = [
        "mc:Fallback", "w:del", "w:moveFrom", "w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:tblGridChange",
        "w:trPrChange", "w:tcPrChange", "w:sectPrChange", "w:numberingChange",
    ]

    /// Begins a body.
    ///
    /// - Parameters:
    ///   - styles: The document's styles.
    ///   - footnotes: The texts of the footnotes by their IDs.
    ///   - endnotes: The texts of the endnotes by their IDs.
    ///   - limits: What the document may become.
    init(
        styles: WordStyles,
        footnotes: [String: String] = [:],
        endnotes: [String: String] = [:],
        limits: ExtractionLimits
    ) {
        self.styles = styles
        notes = Dictionary(
            footnotes.map { ("w:footnoteReference \($0)", $1) } + endnotes.map { ("w:endnoteReference \($0)", $1) }
        ) { first, _ in first }
        document = DocumentBuilder(limits: limits)
    }

    /// The document in `word/document.xml`.
    ///
    /// - Throws: `ExtractionError` if it becomes more text than allowed.
    mutating func document(from xml: [UInt8]) throws(ExtractionError) -> ExtractedDocument {
        try read(xml)
        return document.document
    }

    /// The texts of the notes in `word/footnotes.xml` or `word/endnotes.xml`, by their IDs.
    mutating func notes(from xml: [UInt8]) throws(ExtractionError) -> [String: String] {
        try read(xml)
        return readNotes
    }

    private mutating func read(_ xml: [UInt8]) throws(ExtractionError) {
        var tokens = MarkupTokenizer(xml, dialect: .xml)
        while let token = tokens.next() {
            switch token {
            case .text(let run):
                if isText, hiddenDepth == 0, hiddenRowDepth == nil, !look.hides { text += run }
            case .start(let name, let attributes, let isClosed):
                if Self.hidden.contains(name) {
                    if !isClosed { hiddenDepth += 1 } else if name == "w:del", isInRowProperties { hideRow() }
                } else if hiddenDepth == 0 {
                    try start(name, attributes)
                    if isClosed { try end(name) }
                }
            case .end(let name):
                if Self.hidden.contains(name) {
                    hiddenDepth = max(0, hiddenDepth - 1)
                } else if hiddenDepth == 0 {
                    try end(name)
                }
            }
        }
        try endParagraph()
        try endTable()
    }

    private var look: WordLook { isInRun ? runLook : paragraphLook }

    private mutating func hideRow() {
        hiddenRowDepth = hiddenRowDepth ?? tableDepth
    }

    private mutating func start(_ name: String, _ attributes: [String: String]) throws(ExtractionError) {
        let value = attributes["w:val"]
        switch name {
        case "w:p": try endParagraph()
        case "w:pStyle":
            role = value.flatMap { styles.role(of: $0) } ?? role
            paragraphLook = value.flatMap { styles.look(of: $0) } ?? paragraphLook
        case "w:numPr": role = role ?? .listItem
        case "w:r":
            isInRun = true
            runLook = paragraphLook
        case "w:rStyle" where isInRun: runLook = value.flatMap { styles.look(of: $0) } ?? runLook
        case _ where isInRun && WordLook.properties.contains(name): runLook.apply(name, value: value)
        case "w:t": isText = true
        case "w:tab", "w:br", "w:cr": text += " "
        case "w:noBreakHyphen": text += "-"
        case "w:footnoteReference", "w:endnoteReference": refer(to: "\(name) \(attributes["w:id"] ?? "")")
        case "w:footnote", "w:endnote":
            try endParagraph()
            noteID = attributes["w:id"]
        default: try startTablePart(name, value)
        }
    }

    private mutating func startTablePart(_ name: String, _ value: String?) throws(ExtractionError) {
        switch name {
        case "w:tbl":
            try endParagraph()
            tableDepth += 1
            if tableDepth == 1 { table = TableBuilder() }
        case "w:tr" where tableDepth == 1: table?.beginRow()
        case "w:trPr": isInRowProperties = true
        case "w:hidden" where isInRowProperties && value != "0": hideRow()
        case "w:tblHeader" where tableDepth == 1 && table?.rowCount == 1: table?.firstRowIsHeader = value != "0"
        case "w:tc" where tableDepth == 1:
            cell = ""
            cellSpan = 1
            continuesCellAbove = false
        case "w:gridSpan" where tableDepth == 1: cellSpan = value.flatMap { Int($0) } ?? 1
        case "w:vMerge" where tableDepth == 1: continuesCellAbove = value != "restart"
        default: break
        }
    }

    private mutating func end(_ name: String) throws(ExtractionError) {
        switch name {
        case "w:t": isText = false
        case "w:r": isInRun = false
        case "w:p": try endParagraph()
        case "w:footnote", "w:endnote":
            try endParagraph()
            noteID = nil
        case "w:trPr": isInRowProperties = false
        case "w:tc" where tableDepth == 1:
            try endParagraph()
            if continuesCellAbove {
                table?.addMergedCell(spanning: cellSpan)
            } else {
                table?.addCell(cell, spanning: cellSpan)
            }
        case "w:tr" where hiddenRowDepth == tableDepth:
            hiddenRowDepth = nil
            if tableDepth == 1 { table?.removeLastRow() }
        case "w:tbl":
            try endParagraph()
            if tableDepth == 1 { try endTable() }
            tableDepth = max(0, tableDepth - 1)
        default: break
        }
    }

    /// Notes that the paragraph refers to a note; only the first reference tells it.
    private mutating func refer(to note: String) {
        guard !look.hides, hiddenRowDepth == nil, let text = notes.removeValue(forKey: note) else { return }
        paragraphNotes.append(text)
    }

    private mutating func endParagraph() throws(ExtractionError) {
        let (line, notes) = (text.onOneLine, paragraphNotes)
        let role = role
        text = ""
        self.role = nil
        paragraphNotes = []
        paragraphLook = WordLook()
        guard !line.isEmpty || !notes.isEmpty, role != .contents else { return }
        let whole = notes.reduce(line, Self.line(_:with:))
        if let noteID {
            readNotes[noteID, default: ""] += readNotes[noteID] == nil ? whole : " " + whole
        } else if tableDepth > 0 {
            cell += " " + whole
        } else {
            switch role {
            case .heading(let level):
                try document.append(.heading(level: level, text: line))
                for note in notes { try document.append(.paragraph(note)) }
            case .listItem: try document.append(.listItem(whole))
            case .contents, nil: try document.append(.paragraph(whole))
            }
        }
    }

    /// A line with a note: behind a full stop as a sentence of its own, and else in brackets.
    private static func line(_ line: String, with note: String) -> String {
        guard let last = line.last else { return note }
        return ".!?…)\"”".contains(last) ? "\(line) \(note)" : "\(line) (\(note))"
    }

    private mutating func endTable() throws(ExtractionError) {
        try table?.append(to: &document)
        table = nil
    }
}
