/// What the styles of a Word document stand for.
///
/// Word translates a style's identifier (`berschrift1`), but keeps the English name of a built-in style (`heading 1`).
struct WordStyles: Sendable {
    /// What a paragraph of a style is.
    enum Role: Sendable, Hashable {
        case heading(Int)
        case listItem
        /// An entry of the table of contents.
        case contents
    }

    private var roles: [String: Role] = [:]
    private var looks: [String: WordLook] = [:]

    /// A style is based on others, no more deeply than this.
    private static let deepestInheritance = 16

    /// Reads `word/styles.xml`.
    init(_ xml: [UInt8]) {
        var tokens = MarkupTokenizer(xml, dialect: .xml)
        var style = ""
        var bases: [String: String] = [:]
        var own: [String: [(name: String, value: String?)]] = [:]
        while let token = tokens.next() {
            guard case .start(let name, let attributes, _) = token else { continue }
            let value = attributes["w:val"]
            switch name {
            case "w:style": style = attributes["w:styleId"] ?? ""
            case "w:name":
                if let role = Self.role(ofStyleNamed: value ?? "") { roles[style] = role }
            case "w:basedOn": bases[style] = value
            case _ where WordLook.properties.contains(name): own[style, default: []].append((name, value))
            default: break
            }
        }
        for style in Set(own.keys).union(bases.keys) {
            var line = [style]
            while line.count < Self.deepestInheritance, let base = line.last.flatMap({ bases[$0] }) {
                line.append(base)
            }
            var look = WordLook()
            for (name, value) in line.reversed().flatMap({ own[$0] ?? [] }) { look.apply(name, value: value) }
            if look.hides { looks[style] = look }
        }
    }

    /// What a paragraph of a style is, if it is more than text.
    func role(of style: String) -> Role? {
        roles[style] ?? Self.role(ofStyleNamed: style)
    }

    /// How text of a style looks, if the style hides it or strikes it out.
    func look(of style: String) -> WordLook? {
        looks[style]
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

/// Whether text of a Word document is hidden or struck out: text that its author took back.
struct WordLook: Sendable, Hashable {
    private var isVanished = false
    private var isStruckOut = false
    private var isStruckOutTwice = false

    /// The names of the properties that bear on it.
    static let properties: Set<String> = ["w:vanish", "w:strike", "w:dstrike"]

    /// Whether a reader is not meant to read the text.
    var hides: Bool { isVanished || isStruckOut || isStruckOutTwice }

    /// Applies a property; any other changes nothing.
    mutating func apply(_ name: String, value: String?) {
        let isOn = !["0", "false", "off"].contains(value ?? "1")
        switch name {
        case "w:vanish": isVanished = isOn
        case "w:strike": isStruckOut = isOn
        case "w:dstrike": isStruckOutTwice = isOn
        default: break
        }
    }
}
