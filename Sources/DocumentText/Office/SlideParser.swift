/// Reads the shapes of a slide, of its notes or of its layout, without hidden and struck out text.
struct SlideParser {
    private var shapes: [SlideShape] = []
    private var shape = SlideShape()
    private var isHidden = false
    private var groups: [Group] = []
    /// The number of groups so far that are in no other one.
    private var outermostGroups = 0
    /// Whether the next properties are those of the innermost group, and not of a shape.
    private var isGroupsOwn = false
    private var isInGroupProperties = false
    private var offset: (x: Double, y: Double)?
    private var extent: (width: Double, height: Double)?
    private var text = ""
    private var level = 0
    private var isText = false
    private var isStruckOut = false
    private var isRaised = false
    private var isBold = false
    private var size = 0
    private var hasPlainText = false
    private var table: TableBuilder?
    private var cell: Cell?
    /// The depth of elements within alternatives for old readers.
    private var fallbackDepth = 0
    /// The charts and diagrams that were not added yet, by the IDs of their relationships.
    private var graphics: [String: OfficeGraphic]

    private struct Cell {
        var width: Int
        var height: Int
        /// Whether another cell covers the current one.
        var isCovered: Bool
        var text = ""
    }

    /// A group of shapes, whose places are in units of its own.
    private struct Group {
        var isHidden: Bool
        /// The scale and the offset of its units on the slide.
        var scale = (x: 1.0, y: 1.0)
        var origin = (x: 0.0, y: 0.0)
        var innerOffset: (x: Double, y: Double)?
        var innerExtent: (width: Double, height: Double)?
    }

    /// The elements of a slide's shapes, except for groups.
    private static let shapeNames: Set<String> = ["p:sp", "p:pic", "p:graphicFrame", "p:cxnSp"]
    /// The highest level of a paragraph.
    private static let maximumLevel = 8

    private init(graphics: [String: OfficeGraphic]) {
        self.graphics = graphics
    }

    /// The shapes of a part in the file's order, those without text included.
    ///
    /// - Parameters:
    ///   - xml: The part.
    ///   - graphics: The charts and diagrams that it refers to.
    /// - Returns: The shapes; nil for a hidden slide.
    static func shapes(of xml: [UInt8], with graphics: [String: OfficeGraphic] = [:]) -> [SlideShape]? {
        var parser = SlideParser(graphics: graphics)
        var tokens = OfficeMarkup(xml)
        while let token = tokens.next() {
            switch token {
            case .start("p:sld", let attributes, _) where ["0", "false"].contains(attributes["show"]): return nil
            case .start("mc:Fallback", _, let isClosed): if !isClosed { parser.fallbackDepth += 1 }
            case .end("mc:Fallback"): parser.fallbackDepth = max(0, parser.fallbackDepth - 1)
            case _ where parser.fallbackDepth > 0: break
            case .start(let name, let attributes, let isClosed): parser.start(name, attributes, isClosed: isClosed)
            case .end(let name): parser.end(name)
            case .text(let run): if parser.isText { parser.add(OfficeEscapes.decode(run)) }
            }
        }
        parser.endShape()
        return parser.shapes
    }

    private mutating func add(_ run: String) {
        guard !isStruckOut, !isHidden else { return }
        text += isRaised ? SuperscriptText.text(for: run, after: text) : run
        guard run.contains(where: { !$0.isWhitespace }) else { return }
        if !isBold { hasPlainText = true }
        shape.size = max(shape.size, size)
    }

    /// Adds a chart or a diagram at its first reference.
    private mutating func addGraphic(_ name: String, _ attributes: [String: String]) {
        guard !isHidden, let reference = OfficeGraphic.reference(name, attributes) else { return }
        switch graphics.removeValue(forKey: reference) {
        case .chart(let tables): shape.contents += tables.map { .table($0) }
        case .diagram(let points): shape.contents += points.map { .paragraph($0.text, level: $0.level) }
        case nil: break
        }
    }

    private mutating func start(_ name: String, _ attributes: [String: String], isClosed: Bool) {
        switch name {
        case "p:grpSp":
            endShape()
            if !isClosed { openGroup() }
            isGroupsOwn = true
        case "p:grpSpPr": isInGroupProperties = !isClosed
        case _ where Self.shapeNames.contains(name):
            endShape()
            isGroupsOwn = false
            isHidden = groups.last?.isHidden ?? false
        case "p:cNvPr" where Self.isOn(attributes["hidden"]):
            if isGroupsOwn, !groups.isEmpty { groups[groups.count - 1].isHidden = true } else { isHidden = true }
        case "p:ph": shape.placeholder = SlidePlaceholder(attributes)
        case "a:off", "a:ext", "a:chOff", "a:chExt": startPlace(name, attributes)
        case "c:chart", "cx:chart", "dgm:relIds": addGraphic(name, attributes)
        case "a:tbl": table = TableBuilder()
        case "a:tblPr": if Self.isOn(attributes["firstRow"]) { table?.firstRowIsHeader = true }
        case "a:tr": table?.beginRow()
        case "a:tc":
            cell = Cell(
                width: attributes["gridSpan"].flatMap { Int($0) } ?? 1,
                height: attributes["rowSpan"].flatMap { Int($0) } ?? 1,
                isCovered: Self.isOn(attributes["hMerge"]) || Self.isOn(attributes["vMerge"])
            )
            hasPlainText = false
        default: startText(name, attributes, isClosed: isClosed)
        }
    }

    private mutating func startText(_ name: String, _ attributes: [String: String], isClosed: Bool) {
        switch name {
        case "a:p": level = 0
        case "a:pPr": level = attributes["lvl"].flatMap { Int($0) }.map { min(max($0, 0), Self.maximumLevel) } ?? 0
        case "a:r", "a:fld":
            isStruckOut = false
            isRaised = false
            isBold = false
            size = 0
        case "a:rPr":
            isStruckOut = ["sngStrike", "dblStrike"].contains(attributes["strike"])
            isRaised = attributes["baseline"].flatMap { Int($0.replacing("%", with: "")) } ?? 0 > 0
            isBold = Self.isOn(attributes["b"])
            size = attributes["sz"].flatMap { Int($0) } ?? 0
        case "a:t", "m:t": isText = !isClosed
        case "m:num": if text.last?.isNumber == true { text += " " }
        case "m:den": text += "/"
        case "a:br": text += " "
        default: break
        }
    }

    private mutating func startPlace(_ name: String, _ attributes: [String: String]) {
        func number(_ key: String) -> Double? { attributes[key].flatMap { Int($0) }.map { Double($0) } }
        switch name {
        case "a:off": if offset == nil, let x = number("x"), let y = number("y") { offset = (x, y) }
        case "a:ext":
            if extent == nil, let width = number("cx"), let height = number("cy") { extent = (width, height) }
        case _ where !isInGroupProperties || groups.isEmpty: break
        case "a:chOff":
            if let x = number("x"), let y = number("y") { groups[groups.count - 1].innerOffset = (x, y) }
        default:
            if let width = number("cx"), let height = number("cy") {
                groups[groups.count - 1].innerExtent = (width, height)
            }
        }
    }

    private mutating func end(_ name: String) {
        switch name {
        case "p:grpSp":
            endShape()
            _ = groups.popLast()
        case "p:grpSpPr": endGroupProperties()
        case _ where Self.shapeNames.contains(name): endShape()
        case "a:t", "m:t": isText = false
        case "a:p": endParagraph()
        case "a:tc":
            if let cell, !cell.isCovered {
                table?.addCell(cell.text, spanning: cell.width, rows: cell.height, isBold: !hasPlainText)
            }
            cell = nil
        case "a:tbl":
            if !isHidden, var table {
                // PowerPoint marks the first row of each table, also where it is a name and its value.
                let isPair = table.rows.allSatisfy { $0.width <= 2 }
                if isPair, let value = table.rows.first?.cells.dropFirst().first?.text,
                    value.contains(where: \.isNumber), !value.isYear
                {
                    table.firstRowIsHeader = nil
                }
                shape.contents.append(.table(table))
            }
            table = nil
        default: break
        }
    }

    private mutating func openGroup() {
        if groups.isEmpty { outermostGroups += 1 }
        // Until its properties are read, a group has the units of the one around it.
        var group = groups.last ?? Group(isHidden: false)
        group.innerOffset = nil
        group.innerExtent = nil
        groups.append(group)
    }

    private mutating func endGroupProperties() {
        defer {
            isInGroupProperties = false
            offset = nil
            extent = nil
        }
        guard let group = groups.last, let offset, let extent else { return }
        let (innerOffset, innerExtent) = (group.innerOffset ?? offset, group.innerExtent ?? extent)
        let x = innerExtent.width > 0 ? extent.width / innerExtent.width : 1
        let y = innerExtent.height > 0 ? extent.height / innerExtent.height : 1
        var scaled = group
        scaled.origin = (
            group.origin.x + group.scale.x * (offset.x - innerOffset.x * x),
            group.origin.y + group.scale.y * (offset.y - innerOffset.y * y)
        )
        scaled.scale = (group.scale.x * x, group.scale.y * y)
        groups[groups.count - 1] = scaled
    }

    private mutating func endParagraph() {
        let line = text.onOneLine
        text = ""
        isStruckOut = false
        guard !line.isEmpty else { return }
        if cell != nil { cell?.text += " " + line } else { shape.contents.append(.paragraph(line, level: level)) }
    }

    private mutating func endShape() {
        if !text.isEmpty { endParagraph() }
        if let offset, let extent {
            let group = groups.last ?? Group(isHidden: false)
            shape.place = SlidePlace(
                left: group.origin.x + group.scale.x * offset.x,
                top: group.origin.y + group.scale.y * offset.y,
                width: group.scale.x * extent.width,
                height: group.scale.y * extent.height
            )
        }
        shape.group = groups.isEmpty ? nil : outermostGroups
        if !shape.contents.isEmpty || shape.placeholder != nil { shapes.append(shape) }
        shape = SlideShape()
        offset = nil
        extent = nil
        isHidden = groups.last?.isHidden ?? false
    }

    private static func isOn(_ value: String?) -> Bool {
        value == "1" || value == "true"
    }
}
