/// Reads a slide of a presentation, or its notes, without hidden and struck out text, and without the slide's number,
/// date and footer.
struct SlideBody {
    private var document: DocumentBuilder
    private var text = ""
    private var isText = false
    private var isStruckOut = false
    private var isRaised = false
    private var placeholder: String?
    /// Whether the shape or its group is hidden.
    private var isHidden = false
    /// Whether each open group is hidden, outermost first.
    private var groups: [Bool] = []
    private var isGroupsOwn = false
    private var table: TableBuilder?
    private var cell: Cell?
    private var hasPlainText = false
    private var isBold = false
    private let isNotes: Bool

    private struct Cell {
        var width: Int
        var height: Int
        /// Whether another cell covers the current one.
        var isCovered: Bool
        var text = ""
    }

    /// The elements of a slide's shapes, except for groups.
    private static let shapes: Set<String> = ["p:sp", "p:pic", "p:graphicFrame", "p:cxnSp"]
    /// Placeholders of slide numbers, dates, headers and footers.
    private static let runningLines: Set<String> = ["dt", "ftr", "sldNum", "hdr", "sldImg"]

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - isNotes: Whether a slide's notes are read, of which only the text is used.
    ///   - limits: The limits of the slide.
    init(isNotes: Bool = false, limits: ExtractionLimits) {
        self.isNotes = isNotes
        document = DocumentBuilder(limits: limits)
    }

    /// The document of `ppt/slides/slide1.xml`; empty for a hidden slide.
    ///
    /// - Throws: `ExtractionError` if its text exceeds the limits.
    mutating func document(of xml: [UInt8]) throws(ExtractionError) -> ExtractedDocument {
        var tokens = OfficeMarkup(xml)
        while let token = tokens.next() {
            switch token {
            case .start("p:sld", let attributes, _) where ["0", "false"].contains(attributes["show"]):
                document.warn("Hidden slides were left out.")
                return document.document
            case .start(let name, let attributes, let isClosed): try start(name, attributes, isClosed: isClosed)
            case .end(let name): try end(name)
            case .text(let run): if isText { add(run) }
            }
        }
        return document.document
    }

    private mutating func add(_ run: String) {
        guard !isStruckOut, !isHidden else { return }
        text += isRaised ? SuperscriptText.text(for: run, after: text) : run
        if !isBold, run.contains(where: { !$0.isWhitespace }) { hasPlainText = true }
    }

    private mutating func start(
        _ name: String,
        _ attributes: [String: String],
        isClosed: Bool
    ) throws(ExtractionError) {
        switch name {
        case "p:grpSp":
            if !isClosed { groups.append(groups.last ?? false) }
            isGroupsOwn = true
        case _ where Self.shapes.contains(name):
            placeholder = nil
            isGroupsOwn = false
            isHidden = groups.last ?? false
        case "p:cNvPr" where ["1", "true"].contains(attributes["hidden"]):
            if isGroupsOwn, !groups.isEmpty { groups[groups.count - 1] = true } else { isHidden = true }
        case "p:ph": placeholder = attributes["type"] ?? "body"
        case "a:tbl": table = TableBuilder()
        case "a:tblPr": if ["1", "true"].contains(attributes["firstRow"]) { table?.firstRowIsHeader = true }
        case "a:tr": table?.beginRow()
        case "a:tc":
            cell = Cell(
                width: attributes["gridSpan"].flatMap { Int($0) } ?? 1,
                height: attributes["rowSpan"].flatMap { Int($0) } ?? 1,
                isCovered: ["hMerge", "vMerge"].contains { ["1", "true"].contains(attributes[$0]) }
            )
            hasPlainText = false
        case "a:r", "a:fld":
            isStruckOut = false
            isRaised = false
            isBold = false
        case "a:rPr":
            isStruckOut = ["sngStrike", "dblStrike"].contains(attributes["strike"])
            isRaised = attributes["baseline"].flatMap { Int($0.replacing("%", with: "")) } ?? 0 > 0
            isBold = ["1", "true"].contains(attributes["b"])
        case "a:t": isText = !isClosed
        case "a:br": text += " "
        default: break
        }
    }

    private mutating func end(_ name: String) throws(ExtractionError) {
        switch name {
        case "p:grpSp": _ = groups.popLast()
        case "a:t": isText = false
        case "a:p": try endParagraph()
        case "a:tc":
            if let cell, !cell.isCovered {
                table?.addCell(cell.text, spanning: cell.width, rows: cell.height, isBold: !hasPlainText)
            }
            cell = nil
        case "a:tbl":
            if !isHidden { try table?.append(to: &document) }
            table = nil
        default: break
        }
    }

    private mutating func endParagraph() throws(ExtractionError) {
        let line = text.onOneLine
        text = ""
        isStruckOut = false
        guard !line.isEmpty, placeholder.map({ !Self.runningLines.contains($0) }) ?? true else { return }
        if cell != nil {
            cell?.text += " " + line
        } else if isNotes {
            if placeholder == "body" { try document.append(.paragraph(line)) }
        } else if placeholder == "title" || placeholder == "ctrTitle" {
            try document.append(.heading(level: 2, text: line))
        } else {
            try document.append(.listItem(line))
        }
    }
}
