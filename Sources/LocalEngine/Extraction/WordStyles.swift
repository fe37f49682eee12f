/// What the paragraph styles of a Word document stand for.
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

    /// Reads `word/styles.xml`.
    init(_ xml: [UInt8]) {
        var tokens = MarkupTokenizer(xml, dialect: .xml)
        var style = ""
        while let token = tokens.next() {
            guard case .start(let name, let attributes, _) = token else { continue }
            if name == "w:style" { style = attributes["w:styleId"] ?? "" }
            if name == "w:name", let role = Self.role(ofStyleNamed: attributes["w:val"] ?? "") { roles[style] = role }
        }
    }

    /// What a paragraph of a style is, if it is more than text.
    func role(of style: String) -> Role? {
        roles[style] ?? Self.role(ofStyleNamed: style)
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
