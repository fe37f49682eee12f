/// The texts of the shapes on a sheet, such as text boxes, in the order of their places.
struct SheetShapes {
    private struct Shape {
        var row: Int
        var column: Int
        var isHidden = false
        var paragraphs: [String] = []
    }

    /// The paragraphs of all shapes that are shown.
    private(set) var paragraphs: [String] = []
    /// Whether some text is hidden or struck out.
    private(set) var hasHiddenText = false

    private var shapes: [Shape] = []
    private var shape: Shape?
    /// Whether each group around the current shape is hidden, outermost first.
    private var groups: [Bool] = []
    private var place = (row: 0, column: 0)
    /// The coordinate that is read; nil outside of one.
    private var coordinate: WritableKeyPath<(row: Int, column: Int), Int>?
    private var isInPlace = false
    private var text = ""
    private var isText = false
    private var isStruck = false
    /// The depth of elements within alternatives for old readers.
    private var fallbackDepth = 0

    /// Reads `xl/drawings/drawing1.xml`.
    init(_ xml: [UInt8]) {
        var tokens = OfficeMarkup(xml)
        while let token = tokens.next() {
            switch token {
            case .start("mc:Fallback", _, let isClosed): if !isClosed { fallbackDepth += 1 }
            case .end("mc:Fallback"): fallbackDepth = max(0, fallbackDepth - 1)
            case _ where fallbackDepth > 0: break
            case .start(let name, let attributes, let isClosed):
                start(name, attributes)
                if isClosed { end(name) }
            case .end(let name): end(name)
            case .text(let run): add(run)
            }
        }
        let ordered = shapes.enumerated().sorted {
            ($0.element.row, $0.element.column, $0.offset) < ($1.element.row, $1.element.column, $1.offset)
        }
        paragraphs = ordered.flatMap(\.element.paragraphs)
    }

    private mutating func start(_ name: String, _ attributes: [String: String]) {
        switch name {
        case "xdr:from": isInPlace = true
        case "xdr:row" where isInPlace: coordinate = \.row
        case "xdr:col" where isInPlace: coordinate = \.column
        case "xdr:grpSp": groups.append(false)
        case "xdr:sp": shape = Shape(row: place.row, column: place.column)
        case "xdr:cNvPr" where ["1", "true"].contains(attributes["hidden"]):
            if shape != nil {
                shape?.isHidden = true
            } else if !groups.isEmpty {
                groups[groups.count - 1] = true
            }
        // A control of a form, such as a button, has a hidden shape.
        case "a14:compatExt": shape = nil
        case "a:p": text = ""
        case "a:r", "a:fld": isStruck = false
        case "a:rPr": isStruck = attributes["strike"].map { $0 != "noStrike" } ?? false
        case "a:br": text += " "
        case "a:t": isText = true
        default: break
        }
    }

    private mutating func add(_ run: String) {
        if let coordinate { place[keyPath: coordinate] = Int(run) ?? 0 }
        guard isText, shape != nil else { return }
        if isStruck { hasHiddenText = true } else { text += run }
    }

    private mutating func end(_ name: String) {
        switch name {
        case "xdr:from": isInPlace = false
        case "xdr:row", "xdr:col": coordinate = nil
        case "xdr:grpSp": _ = groups.popLast()
        case "xdr:sp": endShape()
        case "a:p":
            let line = text.onOneLine
            if !line.isEmpty { shape?.paragraphs.append(line) }
        case "a:t": isText = false
        default: break
        }
    }

    private mutating func endShape() {
        guard let ended = shape else { return }
        shape = nil
        guard !ended.paragraphs.isEmpty else { return }
        if ended.isHidden || groups.contains(true) { hasHiddenText = true } else { shapes.append(ended) }
    }
}
