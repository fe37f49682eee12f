/// The styles of a Word document, resolved through the styles that they are based on.
///
/// Word translates a style's identifier (`berschrift1`), but keeps the English name of a built-in style (`heading 1`).
struct WordStyles: Sendable {
    /// The role of a style's paragraphs.
    enum Role: Sendable, Hashable {
        case heading(Int)
        case listItem
        /// An entry of the table of contents.
        case contents
    }

    /// The list of a style's paragraphs.
    struct List: Sendable, Hashable {
        var id: String
        var level: Int
    }

    private var roles: [String: Role] = [:]
    private var looks: [String: WordLook] = [:]
    private var lists: [String: List] = [:]
    private var listDepths: [String: Int] = [:]
    private var names: [String: String] = [:]

    /// The maximum depth of styles that are based on others.
    private static let maximumInheritance = 16

    /// The properties of a style itself.
    private struct Entry {
        var base: String?
        var role: Role?
        var listDepth: Int?
        var look: [(name: String, attributes: [String: String])] = []
        var outline: Int?
        var listID: String?
        var listLevel: Int?
    }

    /// Reads `word/styles.xml`.
    init(_ xml: [UInt8]) {
        var tokens = OfficeMarkup(xml)
        var style = ""
        var entries: [String: Entry] = [:]
        while let token = tokens.next() {
            guard case .start(let name, let attributes, _) = token else { continue }
            let value = attributes["w:val"]
            switch name {
            case "w:style":
                style = attributes["w:styleId"] ?? ""
                entries[style] = Entry()
            case "w:name":
                names[style] = value
                entries[style]?.role = Self.role(ofStyleNamed: value ?? "")
                entries[style]?.listDepth = Self.listDepth(ofStyleNamed: value ?? "")
            case "w:basedOn": entries[style]?.base = value
            case "w:outlineLvl": entries[style]?.outline = value.flatMap { Int($0) }
            case "w:numId": entries[style]?.listID = value
            case "w:ilvl": entries[style]?.listLevel = value.flatMap { Int($0) }
            case _ where WordLook.properties.contains(name): entries[style]?.look.append((name, attributes))
            default: break
            }
        }
        for style in entries.keys {
            var line = [style]
            while line.count < Self.maximumInheritance, let base = line.last.flatMap({ entries[$0]?.base }) {
                line.append(base)
            }
            resolve(style, line.compactMap { entries[$0] })
        }
    }

    /// Resolves a style from its properties and those of the styles that it is based on, nearest first.
    private mutating func resolve(_ style: String, _ line: [Entry]) {
        for entry in line {
            // Level 9 is text.
            if let outline = entry.outline {
                if outline < 9, roles[style] == nil { roles[style] = .heading(outline + 1) }
                break
            }
            if let role = entry.role {
                roles[style] = role
                break
            }
        }
        listDepths[style] = line.lazy.compactMap(\.listDepth).first
        var look = WordLook()
        for (name, attributes) in line.reversed().flatMap(\.look) { look.apply(name, attributes) }
        if look != WordLook() { looks[style] = look }
        if let id = line.lazy.compactMap(\.listID).first, id != "0" {
            lists[style] = List(id: id, level: line.lazy.compactMap(\.listLevel).first ?? line.first?.outline ?? 0)
        }
    }

    /// The role of a style's paragraphs; nil for text.
    func role(of style: String) -> Role? {
        roles[style] ?? (names[style] == nil ? Self.role(ofStyleNamed: style) : nil)
    }

    /// The formatting of a style's text; nil for the default.
    func look(of style: String) -> WordLook? {
        looks[style]
    }

    /// The list of a style's paragraphs.
    func list(of style: String) -> List? {
        lists[style]
    }

    /// The depth of a style's lists: 1 for `List Bullet 2`, whose lists have but one level of their own.
    func listDepth(of style: String) -> Int {
        listDepths[style] ?? (names[style] == nil ? Self.listDepth(ofStyleNamed: style) : nil) ?? 0
    }

    /// Whether a table style has a header row.
    func marksHeaders(_ style: String) -> Bool {
        let name = (names[style] ?? style).lowercased().filter { $0 != " " }
        return !["tablegrid", "tablenormal", "normaltable", "tabellenraster", "tablegridlight"].contains(name)
    }

    private static func listDepth(ofStyleNamed name: String) -> Int? {
        let name = name.lowercased().filter { $0 != " " }
        for list in ["listbullet", "listnumber"] where name.hasPrefix(list) {
            return max((Int(name.dropFirst(list.count)) ?? 1) - 1, 0)
        }
        return nil
    }

    private static func role(ofStyleNamed name: String) -> Role? {
        let name = name.lowercased().filter { $0 != " " }
        if name == "title" { return .heading(1) }
        if name.hasPrefix("toc") { return .contents }
        if name.hasPrefix("listbullet") || name.hasPrefix("listnumber") { return .listItem }
        guard name.hasPrefix("heading"), let level = Int(name.dropFirst("heading".count)), level > 0 else { return nil }
        return .heading(min(level, 9))
    }
}

/// The formatting of a Word document's text that matters: hidden or struck out text is not read, and a bold line may be
/// a heading.
struct WordLook: Sendable, Hashable {
    private var isVanished = false
    private var isStruckOut = false
    private var isStruckOutTwice = false
    private var isSuperscript = false
    private var isLifted = false
    /// Whether the text is in bold type.
    private(set) var isBold = false
    /// The type size in half points; nil for the document's default.
    private(set) var size: Int?
    /// The font, if it has signs in the places of letters.
    private(set) var fontOfSigns: String?

    /// The names of the properties.
    static let properties: Set<String> = [
        "w:vanish", "w:strike", "w:dstrike", "w:b", "w:vertAlign", "w:position", "w:sz", "w:rFonts",
    ]

    /// The maximum type size in half points, to which larger ones are clamped.
    private static let largestSize = 400
    /// The minimum height above the line of text that is taken for superscript, in half points.
    private static let leastLift = 4

    /// Whether the text is hidden or struck out.
    var hides: Bool { isVanished || isStruckOut || isStruckOutTwice }

    /// Whether the text is superscript, or is above the line by its position.
    var isRaised: Bool { isSuperscript || isLifted }

    /// Applies a property; others are ignored.
    mutating func apply(_ name: String, _ attributes: [String: String]) {
        let value = attributes["w:val"]
        let isOn = !["0", "false", "off"].contains(value ?? "1")
        switch name {
        case "w:vanish": isVanished = isOn
        case "w:strike": isStruckOut = isOn
        case "w:dstrike": isStruckOutTwice = isOn
        case "w:b": isBold = isOn
        case "w:vertAlign": isSuperscript = value == "superscript"
        case "w:position": isLifted = value.flatMap { Int($0) } ?? 0 >= Self.leastLift
        case "w:rFonts":
            if let font = attributes["w:hAnsi"] ?? attributes["w:ascii"] {
                fontOfSigns = WordSymbols.fonts.contains(font.lowercased()) ? font : nil
            }
        case "w:sz": size = value.flatMap { Int($0) }.map { min(max($0, 0), Self.largestSize) }
        default: break
        }
    }
}
