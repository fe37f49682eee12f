/// The cell styles of a workbook: number formats, and types that are bold or struck out.
struct WorkbookFormats: Sendable {
    private struct Font: Sendable {
        var isBold = false
        var isStruck = false
    }

    private struct Style: Sendable {
        var format: NumberFormat
        var font: Font
        /// How far texts are indented.
        var indentation = 0
    }

    private var styles: [Style] = []
    private static let maximumIndentation = 250
    /// Whether dates count from 1904.
    var countsFrom1904 = false

    /// The codes of formats that files do not write, as far as they differ from numbers as they are.
    private static let knownCodes: [Int: String] = [
        1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm",
        21: "h:mm:ss", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
        41: "#,##0;(#,##0)", 42: "#,##0;(#,##0)", 43: "#,##0.00;(#,##0.00)", 44: "#,##0.00;(#,##0.00)", 45: "mm:ss",
        46: "[h]:mm:ss", 47: "mm:ss",
    ]

    /// Reads `xl/styles.xml`.
    init(_ xml: [UInt8]) {
        var tokens = OfficeMarkup(xml)
        var codes: [Int: String] = [:]
        var formats: [Int: NumberFormat] = [:]
        var fonts: [Font] = []
        var section = ""
        while let token = tokens.next() {
            switch token {
            case .start("numFmt", let attributes, _):
                if let id = attributes["numFmtId"].flatMap({ Int($0) }) { codes[id] = attributes["formatCode"] }
            case .start("font", _, _) where section == "fonts": fonts.append(Font())
            case .start("b", let attributes, _) where section == "fonts" && !fonts.isEmpty:
                fonts[fonts.count - 1].isBold = Self.isOn(attributes)
            case .start("strike", let attributes, _) where section == "fonts" && !fonts.isEmpty:
                fonts[fonts.count - 1].isStruck = Self.isOn(attributes)
            case .start("xf", let attributes, _) where section == "cellXfs":
                let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
                let font = attributes["fontId"].flatMap { Int($0) } ?? -1
                let format = formats[id] ?? Self.format(id, code: codes[id])
                formats[id] = format
                styles.append(Style(format: format, font: fonts.indices.contains(font) ? fonts[font] : Font()))
            case .start("alignment", let attributes, _) where section == "cellXfs" && !styles.isEmpty:
                let indentation = attributes["indent"].flatMap { Int($0) } ?? 0
                styles[styles.count - 1].indentation = min(max(indentation, 0), Self.maximumIndentation)
            case .start(let name, _, _) where ["fonts", "cellXfs", "cellStyleXfs", "dxfs"].contains(name):
                section = name
            case .end(let name) where name == section: section = ""
            default: break
            }
        }
    }

    /// Whether an element such as `<strike/>` turns on what it names.
    static func isOn(_ attributes: [String: String]) -> Bool { !["0", "false"].contains(attributes["val"]) }

    /// Whether a cell of a style is in bold type.
    func isBold(_ style: Int) -> Bool { styles.indices.contains(style) && styles[style].font.isBold }

    /// How far a text of a style is indented; 0 if it is not.
    func indentation(_ style: Int) -> Int { styles.indices.contains(style) ? styles[style].indentation : 0 }

    /// Whether a cell of a style is struck out.
    func isStruck(_ style: Int) -> Bool { styles.indices.contains(style) && styles[style].font.isStruck }

    /// Whether a text of a style is not shown.
    func hidesTexts(_ style: Int) -> Bool { styles.indices.contains(style) && styles[style].format.hidesTexts }

    /// Formats a number by a cell's style.
    func text(of number: String, style: Int) -> String {
        guard let value = Double(number), value.isFinite else { return number }
        let format = styles.indices.contains(style) ? styles[style].format : .general
        return format.text(of: value, countsFrom1904: countsFrom1904)
    }

    private static func format(_ id: Int, code: String?) -> NumberFormat {
        switch id {
        case 0, 49: .general
        case 14...17, 22, 27...36, 50...58: NumberFormat(code: "yyyy-mm-dd")
        case 37...44: (code ?? knownCodes[id]).map { NumberFormat(code: $0) } ?? .general
        default: (knownCodes[id] ?? code).map { NumberFormat(code: $0) } ?? .general
        }
    }
}
