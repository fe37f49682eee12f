/// Reads one slide of a presentation, without what is hidden on it or struck out.
struct SlideBody {
    private var blocks: [ExtractedDocument.Block] = []
    private var text = ""
    private var isText = false
    private var isTitle = false
    private var isStruckOut = false
    /// Whether the shape is hidden, with the group that it is in.
    private var isHidden = false
    /// Whether each of the groups is hidden that the place is in, outermost first.
    private var groups: [Bool] = []
    private var isGroupsOwn = false

    /// The elements that a slide shows, apart from groups of them.
    private static let shapes: Set<String> = ["p:sp", "p:pic", "p:graphicFrame", "p:cxnSp"]

    /// The blocks in `ppt/slides/slide1.xml`; none if the slide is hidden.
    mutating func blocks(of xml: [UInt8]) -> [ExtractedDocument.Block] {
        var tokens = MarkupTokenizer(xml, dialect: .xml)
        while let token = tokens.next() {
            switch token {
            case .start("p:sld", let attributes, _) where ["0", "false"].contains(attributes["show"]): return []
            case .start(let name, let attributes, let isClosed): start(name, attributes, isClosed: isClosed)
            case .end("p:grpSp"): _ = groups.popLast()
            case .end("a:t"): isText = false
            case .end("a:p"): endParagraph()
            case .text(let run): if isText, !isStruckOut, !isHidden { text += run }
            case .end: break
            }
        }
        return blocks
    }

    private mutating func start(_ name: String, _ attributes: [String: String], isClosed: Bool) {
        switch name {
        case "p:grpSp":
            if !isClosed { groups.append(groups.last ?? false) }
            isGroupsOwn = true
        case _ where Self.shapes.contains(name):
            isTitle = false
            isGroupsOwn = false
            isHidden = groups.last ?? false
        case "p:cNvPr" where ["1", "true"].contains(attributes["hidden"]):
            if isGroupsOwn, !groups.isEmpty { groups[groups.count - 1] = true } else { isHidden = true }
        case "p:ph": isTitle = ["title", "ctrTitle"].contains(attributes["type"])
        case "a:r": isStruckOut = false
        case "a:rPr": isStruckOut = ["sngStrike", "dblStrike"].contains(attributes["strike"])
        case "a:t": isText = !isClosed
        case "a:br": text += " "
        default: break
        }
    }

    private mutating func endParagraph() {
        let line = text.onOneLine
        if !line.isEmpty { blocks.append(isTitle ? .heading(level: 2, text: line) : .listItem(line)) }
        text = ""
        isStruckOut = false
    }
}
