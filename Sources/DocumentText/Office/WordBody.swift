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
    /// The charts and diagrams that were not added yet, by the IDs of their relationships.
    private var graphics: [String: OfficeGraphic]
    private var document: WordBlocks
    /// What is open at the current place.
    private var flow = WordFlow()
    /// The flows around the current text box, outermost first.
    private var outerFlows: [WordFlow] = []
    /// The number of open text boxes within them that are text of the innermost one.
    private var deeperBoxes = 0
    private var textKind = TextKind.none
    /// The notes so far, the current one included.
    private var noteID: String?
    private var readNotes: [String: String] = [:]
    /// The depth of elements within hidden content.
    private var hiddenDepth = 0

    private enum TextKind {
        case none, text, instruction
    }

    /// Elements whose content is not text: alternatives for old readers, tracked deletions and moves, properties
    /// before a change, and the readings of words.
    private static let hidden: Set<String> = [
        "mc:Fallback", "w:del", "w:moveFrom", "w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:tblGridChange",
        "w:trPrChange", "w:tcPrChange", "w:sectPrChange", "w:numberingChange", "w:rt",
    ]

    /// The maximum depth of tables within each other.
    private static let maximumTables = 8
    /// The maximum depth of text boxes within each other.
    private static let maximumBoxes = 8

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
        graphics = parts.graphics
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
            case .text(let run):
                switch textKind {
                case .text: add(run)
                case .instruction: flow.fields.add(run)
                case .none: break
                }
            case .start(let name, let attributes, let isClosed):
                if Self.hidden.contains(name) {
                    if !isClosed {
                        hiddenDepth += 1
                    } else if name == "w:del" || name == "w:moveFrom" {
                        if flow.isInRowProperties { flow.hideRow() } else { flow.paragraph.isJoinedToNext = true }
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
        while !outerFlows.isEmpty { try endBox() }
        try endParagraph()
        while !flow.tables.isEmpty { try endTable() }
        try document.end()
    }

    private mutating func add(_ run: String) {
        if hiddenDepth == 0, !flow.hidesText { addShown(run) }
    }

    /// Adds text that no field and no hidden content leaves out.
    private mutating func addShown(_ run: String) {
        let look = flow.look
        if look.hides {
            if run.contains(where: { !$0.isWhitespace }) { document.noteHiddenText() }
        } else {
            let run = look.fontOfSigns.map { WordSymbols.text(ofRun: run, in: $0) } ?? run
            let text = look.isRaised ? SuperscriptText.text(for: run, after: flow.paragraph.text) : run
            flow.paragraph.add(text, look)
        }
    }

    private mutating func start(_ name: String, _ attributes: [String: String]) throws(ExtractionError) {
        let value = attributes["w:val"]
        switch name {
        case "w:p":
            if flow.tableDepth == 0, outerFlows.isEmpty { try document.endTable() }
            try endParagraph(isLast: false)
        case "w:pStyle":
            let style = value ?? ""
            flow.paragraph.role = parts.styles.role(of: style) ?? flow.paragraph.role
            flow.paragraph.list = flow.paragraph.list ?? parts.styles.list(of: style)
            flow.paragraph.styleDepth = parts.styles.listDepth(of: style)
            flow.paragraphLook = parts.styles.look(of: style) ?? flow.paragraphLook
        case "w:outlineLvl":
            if let level = value.flatMap({ Int($0) }), level < 9 { flow.paragraph.role = .heading(level + 1) }
        case "w:numPr": flow.paragraph.isInList = true
        case "w:ilvl" where flow.paragraph.isInList: flow.paragraph.listLevel = value.flatMap { Int($0) }
        case "w:numId" where flow.paragraph.isInList: flow.paragraph.listID = value
        case "w:r":
            flow.isInRun = true
            flow.runLook = flow.paragraphLook
        case "w:rStyle" where flow.isInRun: flow.runLook = value.flatMap { parts.styles.look(of: $0) } ?? flow.runLook
        case _ where flow.isInRun && WordLook.properties.contains(name): flow.runLook.apply(name, attributes)
        case "w:t", "m:t": textKind = .text
        case "w:instrText": textKind = .instruction
        case "m:num": if flow.paragraph.text.last?.isNumber == true { flow.paragraph.text += " " }
        case "m:den": flow.paragraph.text += "/"
        case "m:sup": flow.paragraph.text += "^"
        case "w:sym": add(WordSymbols.text(of: attributes["w:char"] ?? "", in: attributes["w:font"] ?? ""))
        case "w:tab" where flow.isInRun && !flow.look.hides, "w:ptab" where !flow.look.hides:
            flow.paragraph.text += flow.tableDepth > 0 ? " " : "\t"
        case "w:br", "w:cr": flow.paragraph.breakLine()
        case "w:noBreakHyphen": flow.paragraph.text += "-"
        case "w:footnoteReference", "w:endnoteReference": refer(to: "\(name) \(attributes["w:id"] ?? "")")
        case "w:footnote", "w:endnote":
            try endParagraph()
            noteID = attributes["w:id"]
        case "w:fldChar", "w:fldSimple", "w:checkBox", "w:ddList", "w:checked", "w:default", "w:result", "w:listEntry":
            if let text = flow.fields.start(name, attributes), !flow.isHidden { addShown(text) }
        case "w:txbxContent": startBox()
        case "c:chart", "cx:chart", "dgm:relIds": addGraphic(name, attributes)
        case "w:framePr":
            if let kind = attributes["w:dropCap"], kind != "none" { flow.paragraph.isDropCap = true }
        case "w:cellDel":
            document.noteDeletion()
            flow.changeTable { $0.cell.isDeleted = true }
        case "w:sdt": flow.placeholders.append(flow.placeholders.last ?? false)
        case "w:showingPlcHdr": if !flow.placeholders.isEmpty { flow.placeholders[flow.placeholders.count - 1] = true }
        case "w:altChunk":
            try endParagraph()
            // An embedded document is added at its first reference.
            guard let chunk = chunks.removeValue(forKey: attributes["r:id"] ?? "") else { return }
            if flow.tableDepth == 0, outerFlows.isEmpty {
                try document.append(chunk)
            } else {
                try place(.line(chunk.blocks.map(\.text).joined(separator: " ")))
            }
        default: try startTablePart(name, attributes)
        }
    }

    private mutating func startTablePart(_ name: String, _ attributes: [String: String]) throws(ExtractionError) {
        let value = attributes["w:val"]
        switch name {
        case "w:tbl":
            try endParagraph()
            if flow.tables.count < Self.maximumTables {
                flow.tables.append(WordTable())
            } else {
                flow.deeperTables += 1
            }
        case "w:trPr": flow.isInRowProperties = true
        case "w:hidden" where flow.isInRowProperties && value != "0": flow.hideRow()
        case _ where flow.deeperTables == 0: flow.changeTable { $0.start(name, attributes) }
        default: break
        }
    }

    private mutating func end(_ name: String) throws(ExtractionError) {
        switch name {
        case "w:t", "m:t", "w:instrText": textKind = .none
        case "w:r": flow.isInRun = false
        case "w:p":
            try endParagraph()
            flow.fields.endParagraph()
        case "w:txbxContent": try endBox()
        case "w:footnote", "w:endnote":
            try endParagraph()
            noteID = nil
        case "w:fldSimple": flow.fields.endSimple()
        case "w:sdt": _ = flow.placeholders.popLast()
        case "w:trPr": flow.isInRowProperties = false
        case "w:tc" where flow.deeperTables == 0:
            try endParagraph()
            flow.changeTable { $0.endCell() }
        case "w:tr" where flow.hiddenRowDepth == flow.tableDepth:
            flow.hiddenRowDepth = nil
            if flow.deeperTables == 0 { flow.changeTable { $0.removeLastRow() } }
        case "w:tbl":
            try endParagraph()
            if flow.deeperTables > 0 { flow.deeperTables -= 1 } else { try endTable() }
        default: break
        }
    }

    /// Records that the paragraph refers to a note, which is added at its first reference.
    private mutating func refer(to note: String) {
        guard !flow.look.hides, !flow.isHidden, let text = notes.removeValue(forKey: note) else { return }
        flow.paragraph.notes.append(text)
    }

    /// Adds a chart or a diagram at its first reference, after the paragraph that it stands in.
    private mutating func addGraphic(_ name: String, _ attributes: [String: String]) {
        guard !flow.look.hides, !flow.isHidden, let reference = OfficeGraphic.reference(name, attributes) else {
            return
        }
        switch graphics.removeValue(forKey: reference) {
        case .chart(let tables): flow.paragraph.boxes += tables.map { .chart($0) }
        case .diagram(let points): flow.paragraph.boxes += points.map { .point($0.text, level: $0.level) }
        case nil: break
        }
    }

    private mutating func startBox() {
        guard outerFlows.count < Self.maximumBoxes else { return deeperBoxes += 1 }
        var box = WordFlow()
        box.isLeftOut = flow.isHidden
        outerFlows.append(flow)
        flow = box
    }

    /// Ends a text box, whose content follows the paragraph that it stands in.
    private mutating func endBox() throws(ExtractionError) {
        guard deeperBoxes == 0 else { return deeperBoxes -= 1 }
        guard !outerFlows.isEmpty else { return }
        try endParagraph()
        while !flow.tables.isEmpty { try endTable() }
        let contents = flow.isLeftOut ? [] : flow.contents
        flow = outerFlows.removeLast()
        flow.paragraph.boxes += contents
    }

    /// Ends the paragraph, if one is open.
    ///
    /// - Parameter isLast: Whether no other paragraph goes on with its text.
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    private mutating func endParagraph(isLast: Bool = true) throws(ExtractionError) {
        var ended = flow.paragraph
        flow.paragraph = WordParagraph()
        flow.paragraphLook = WordLook()
        if let earlier = flow.joined, isLast || !ended.isEmpty {
            ended.prepend(earlier)
            flow.joined = nil
        }
        guard !ended.isJoinedToNext, !ended.isLetterOfNext else {
            flow.joined = ended.isEmpty ? nil : ended
            return
        }
        let boxes = ended.takeBoxes()
        if !ended.isEmpty, ended.role != .contents { try place(.paragraph(ended)) }
        for content in boxes { try place(content) }
    }

    /// Adds what is read to the note, the cell, the text box or the document that it belongs to.
    private mutating func place(_ content: WordTable.Content) throws(ExtractionError) {
        if let noteID {
            let whole = content.text
            if !whole.isEmpty { readNotes[noteID, default: ""] += readNotes[noteID] == nil ? whole : " " + whole }
        } else if flow.tableDepth > 0 {
            guard case .paragraph(let paragraph) = content else { return flow.changeTable { $0.cell.add(content) } }
            let number = document.number(of: paragraph)
            flow.changeTable { $0.cell.add(paragraph, number: number) }
        } else if !outerFlows.isEmpty {
            flow.contents.append(content)
        } else {
            try append(content)
        }
    }

    private mutating func endTable() throws(ExtractionError) {
        guard var ended = flow.tables.popLast() else { return }
        ended.end(in: parts.styles)
        if noteID == nil, flow.tableDepth == 0, outerFlows.isEmpty, !ended.isArrangement, ended.nested.isEmpty {
            try document.append(ended)
        } else {
            try place(.table(ended))
        }
    }

    private mutating func append(_ content: WordTable.Content) throws(ExtractionError) {
        switch content {
        case .paragraph(let paragraph): try document.append(paragraph)
        case .line(let line): try document.append(line)
        case .table(let table): try append(table)
        case .chart(let table): try document.append(table)
        case .point(let text, let level): try document.append(point: text, level: level)
        }
    }

    /// Adds a table and those within its cells; of a table that only arranges others, what its cells hold.
    private mutating func append(_ table: WordTable) throws(ExtractionError) {
        guard table.isArrangement else {
            try document.append(table.builder)
            for nested in table.nested { try append(nested) }
            return
        }
        for content in table.contents { try append(content) }
    }
}
