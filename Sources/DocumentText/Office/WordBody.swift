/// Reads the body of a Word document.
///
/// Text that is hidden, struck out, deleted or moved by a tracked change is not read. A footnote or endnote follows the
/// text of the paragraph that refers to it.
struct WordBody {
    private let parts: WordParts
    /// The notes that no paragraph has referred to yet, by the name of their reference and their ID.
    private var notes: [String: String]
    /// The embedded documents that were not added yet, by the IDs of their relationships.
    private var chunks: [String: ExtractedDocument]
    private var document: WordBlocks
    private var paragraph = WordParagraph()
    /// A paragraph whose mark a tracked change deletes, so that the next one goes on with its text.
    private var joined: WordParagraph?
    private var isText = false
    private var paragraphLook = WordLook()
    private var runLook = WordLook()
    private var isInRun = false
    /// The notes so far, the current one included.
    private var noteID: String?
    private var readNotes: [String: String] = [:]
    /// The open tables, outermost first.
    private var tables: [WordTable] = []
    /// The number of open tables within them that are text of the innermost one's cell.
    private var deeperTables = 0
    private var isInRowProperties = false
    /// The depth of the table whose current row is hidden or deleted.
    private var hiddenRowDepth: Int?
    /// The depth of elements within hidden content.
    private var hiddenDepth = 0
    private var field = WordField()
    /// Whether each content control has only its placeholder text, outermost first.
    private var placeholders: [Bool] = []

    /// Elements whose content is not text: alternatives for old readers, tracked deletions and moves, and properties
    /// before a change.
    private static let hidden: Set<String> = [
        "mc:Fallback", "w:del", "w:moveFrom", "w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:tblGridChange",
        "w:trPrChange", "w:tcPrChange", "w:sectPrChange", "w:numberingChange",
    ]

    /// The maximum depth of tables within each other.
    private static let maximumTables = 8

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - parts: The other parts of the package.
    ///   - limits: The limits of the document.
    init(_ parts: WordParts, limits: ExtractionLimits) {
        self.parts = parts
        notes = Dictionary(
            parts.footnotes.map { ("w:footnoteReference \($0)", $1) }
                + parts.endnotes.map { ("w:endnoteReference \($0)", $1) }
        ) { first, _ in first }
        chunks = parts.chunks
        document = WordBlocks(parts, limits: limits)
    }

    /// The document of the main part.
    ///
    /// - Throws: `ExtractionError` if its text exceeds the limits.
    mutating func document(from xml: [UInt8]) throws(ExtractionError) -> ExtractedDocument {
        for line in parts.pageEdges { try document.append(line) }
        try read(xml)
        return document.builder.document
    }

    /// The texts of the notes in `word/footnotes.xml` or `word/endnotes.xml`, by their IDs.
    mutating func notes(from xml: [UInt8]) throws(ExtractionError) -> [String: String] {
        try read(xml)
        return readNotes
    }

    private mutating func read(_ xml: [UInt8]) throws(ExtractionError) {
        var tokens = OfficeMarkup(xml)
        while let token = tokens.next() {
            switch token {
            case .text(let run): if isText { add(run) } else { field.add(run) }
            case .start(let name, let attributes, let isClosed):
                if Self.hidden.contains(name) {
                    if !isClosed {
                        hiddenDepth += 1
                    } else if name == "w:del" || name == "w:moveFrom" {
                        if isInRowProperties { hideRow() } else { paragraph.isMarkDeleted = true }
                    }
                    if name == "w:del" || name == "w:moveFrom" { document.noteDeletion() }
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
        while !tables.isEmpty { try endTable() }
        try document.end()
    }

    private var look: WordLook { isInRun ? runLook : paragraphLook }

    private mutating func add(_ run: String) {
        guard hiddenDepth == 0, hiddenRowDepth == nil, !field.isPageNumber, placeholders.last != true else { return }
        if look.hides {
            if run.contains(where: { !$0.isWhitespace }) { document.noteHiddenText() }
        } else {
            paragraph.add(look.isRaised ? SuperscriptText.text(for: run, after: paragraph.text) : run, look)
        }
    }

    private var tableDepth: Int { tables.count + deeperTables }

    private mutating func hideRow() {
        hiddenRowDepth = hiddenRowDepth ?? tableDepth
    }

    private mutating func start(_ name: String, _ attributes: [String: String]) throws(ExtractionError) {
        let value = attributes["w:val"]
        switch name {
        case "w:p": try endParagraph(isLast: false)
        case "w:pStyle":
            let style = value ?? ""
            paragraph.role = parts.styles.role(of: style) ?? paragraph.role
            paragraph.list = paragraph.list ?? parts.styles.list(of: style)
            paragraphLook = parts.styles.look(of: style) ?? paragraphLook
        case "w:outlineLvl":
            if let level = value.flatMap({ Int($0) }), level < 9 { paragraph.role = .heading(level + 1) }
        case "w:numPr": paragraph.isInList = true
        case "w:ilvl" where paragraph.isInList: paragraph.listLevel = value.flatMap { Int($0) }
        case "w:numId" where paragraph.isInList: paragraph.listID = value
        case "w:r":
            isInRun = true
            runLook = paragraphLook
        case "w:rStyle" where isInRun: runLook = value.flatMap { parts.styles.look(of: $0) } ?? runLook
        case _ where isInRun && WordLook.properties.contains(name): runLook.apply(name, attributes)
        case "w:t", "m:t": isText = true
        case "m:den": paragraph.text += "/"
        case "m:sup": paragraph.text += "^"
        case "w:tab" where isInRun && !look.hides: paragraph.text += tableDepth > 0 ? " " : "\t"
        case "w:br", "w:cr": paragraph.text += " "
        case "w:noBreakHyphen": paragraph.text += "-"
        case "w:footnoteReference", "w:endnoteReference": refer(to: "\(name) \(attributes["w:id"] ?? "")")
        case "w:footnote", "w:endnote":
            try endParagraph()
            noteID = attributes["w:id"]
        case "w:fldChar", "w:fldSimple": field.start(name, attributes)
        case "w:sdt": placeholders.append(placeholders.last ?? false)
        case "w:showingPlcHdr": if !placeholders.isEmpty { placeholders[placeholders.count - 1] = true }
        case "w:altChunk":
            try endParagraph()
            // An embedded document is added at its first reference.
            guard let chunk = chunks.removeValue(forKey: attributes["r:id"] ?? "") else { return }
            if tableDepth > 0 {
                changeTable { $0.cell.add(chunk.blocks.map(\.text).joined(separator: " "), isBold: false) }
            } else {
                try document.append(chunk)
            }
        default: try startTablePart(name, attributes)
        }
    }

    private mutating func startTablePart(_ name: String, _ attributes: [String: String]) throws(ExtractionError) {
        let value = attributes["w:val"]
        switch name {
        case "w:tbl":
            try endParagraph()
            if tables.count < Self.maximumTables { tables.append(WordTable()) } else { deeperTables += 1 }
        case "w:trPr": isInRowProperties = true
        case "w:hidden" where isInRowProperties && value != "0": hideRow()
        case _ where deeperTables == 0: changeTable { $0.start(name, attributes) }
        default: break
        }
    }

    private mutating func end(_ name: String) throws(ExtractionError) {
        switch name {
        case "w:t", "m:t": isText = false
        case "w:r": isInRun = false
        case "w:p": try endParagraph()
        case "w:footnote", "w:endnote":
            try endParagraph()
            noteID = nil
        case "w:fldSimple": field.end()
        case "w:sdt": _ = placeholders.popLast()
        case "w:trPr": isInRowProperties = false
        case "w:tc" where deeperTables == 0:
            try endParagraph()
            changeTable { $0.endCell() }
        case "w:tr" where hiddenRowDepth == tableDepth:
            hiddenRowDepth = nil
            if deeperTables == 0 { changeTable { $0.removeLastRow() } }
        case "w:tbl":
            try endParagraph()
            if deeperTables > 0 { deeperTables -= 1 } else { try endTable() }
        default: break
        }
    }

    /// Records that the paragraph refers to a note, which is added at its first reference.
    private mutating func refer(to note: String) {
        guard !look.hides, hiddenRowDepth == nil, let text = notes.removeValue(forKey: note) else { return }
        paragraph.notes.append(text)
    }

    /// Ends the paragraph, if one is open.
    ///
    /// - Parameter isLast: Whether no other paragraph goes on with its text.
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    private mutating func endParagraph(isLast: Bool = true) throws(ExtractionError) {
        var ended = paragraph
        paragraph = WordParagraph()
        paragraphLook = WordLook()
        if let earlier = joined, isLast || !ended.isEmpty {
            ended.prepend(earlier)
            joined = nil
        }
        guard !ended.isMarkDeleted else { return joined = ended.isEmpty ? nil : ended }
        guard !ended.isEmpty, ended.role != .contents else { return }
        if let noteID {
            let whole = ended.lineWithNotes
            readNotes[noteID, default: ""] += readNotes[noteID] == nil ? whole : " " + whole
        } else if tableDepth > 0 {
            let number = document.number(of: ended)
            changeTable { $0.cell.add(ended, number: number) }
        } else {
            try document.append(ended)
        }
    }

    private mutating func changeTable(_ change: (inout WordTable) -> Void) {
        if !tables.isEmpty { change(&tables[tables.count - 1]) }
    }

    private mutating func endTable() throws(ExtractionError) {
        guard var ended = tables.popLast() else { return }
        ended.end(in: parts.styles)
        if tables.isEmpty {
            try append(ended)
        } else {
            changeTable { $0.cell.add(ended) }
        }
    }

    /// Adds a table and those within its cells; of a table that only arranges others, what its cells hold.
    private mutating func append(_ table: WordTable) throws(ExtractionError) {
        guard table.isArrangement else {
            try document.append(table.builder)
            for nested in table.nested { try append(nested) }
            return
        }
        for content in table.contents {
            switch content {
            case .paragraph(let paragraph): try document.append(paragraph)
            case .line(let line): try document.append(line)
            case .table(let nested): try append(nested)
            }
        }
    }
}

/// A field of a Word document, to recognize page numbers.
struct WordField {
    /// Whether the current text is the result of a page number field.
    private(set) var isPageNumber = false
    /// The current instruction; nil outside of one.
    private var instruction: String?

    /// Records the start of an element that belongs to a field.
    mutating func start(_ name: String, _ attributes: [String: String]) {
        switch (name, attributes["w:fldCharType"]) {
        case ("w:fldSimple", _): isPageNumber = Self.isPageNumber(attributes["w:instr"] ?? "")
        case ("w:fldChar", "begin"): instruction = ""
        case ("w:fldChar", "separate"):
            isPageNumber = Self.isPageNumber(instruction ?? "")
            instruction = nil
        case ("w:fldChar", _): end()
        default: break
        }
    }

    /// Appends to the current instruction, if any.
    mutating func add(_ text: String) {
        if let read = instruction, read.utf8.count < 256 { instruction = read + text }
    }

    /// Records the end of the field.
    mutating func end() {
        isPageNumber = false
        instruction = nil
    }

    private static func isPageNumber(_ instruction: String) -> Bool {
        let name = instruction.split(separator: " ").first.map { $0.uppercased() } ?? ""
        return ["PAGE", "NUMPAGES", "SECTIONPAGES"].contains(name)
    }
}
