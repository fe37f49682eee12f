/// The text of elements that have no content: pictures, controls of forms, and components with a label.
enum ElementText {
    /// What an element says.
    enum Form: Equatable {
        /// Text in the line.
        case text(String)
        /// Text of a cell that has no other.
        case alternative(String)
    }

    /// The elements that roles stand for.
    static let tableRoles = [
        "table": "table", "row": "tr", "columnheader": "th", "rowheader": "th", "cell": "td",
    ]
    private static let yes = "✓"
    private static let no = "✗"
    /// The descriptions of the pictures with which wikis write yes and no.
    private static let pictures = [
        "(tick)": yes, "(/)": yes, ":tick:": yes, ":check_mark:": yes, ":white_check_mark:": yes, "✔️": yes, "✅": yes,
        "(error)": no, "(x)": no, "(cross)": no, ":cross:": no, ":cross_mark:": no, ":x:": no, "❌": no,
    ]
    /// The first words of the classes of icon fonts, and the words of their icons.
    private static let iconFonts: Set<Substring> = ["fa", "bi", "glyphicon", "icon", "mdi", "ti", "lucide", "octicon"]
    private static let icons =
        [
            "check": yes, "tick": yes, "ok": yes, "times": no, "xmark": no, "remove": no, "cross": no, "x": no,
            "close": no,
        ] as [Substring: String]
    private static let buttonTypes: Set<String> = ["submit", "button", "reset", "hidden", "image", "file", "password"]
    /// The maximum size of a description in bytes.
    private static let maximumBytes = 200

    /// What an element says beside its content.
    ///
    /// - Parameters:
    ///   - name: The name of the element.
    ///   - attributes: The attributes of the element.
    ///   - isInCell: Whether it is in a cell of a table.
    /// - Returns: The text; nil if it says nothing.
    static func form(of name: String, _ attributes: [String: String], isInCell: Bool) -> Form? {
        if name == "input" { return input(attributes, isInCell: isInCell) }
        guard isInCell, ["img", "i", "span", "svg"].contains(name) else { return nil }
        let description = (attributes["alt"] ?? attributes["aria-label"] ?? attributes["title"] ?? "").onOneLine
        if let sign = pictures[description.lowercased()] { return .text(sign) }
        if !description.isEmpty { return isFilename(description) ? nil : .alternative(shortened(description)) }
        return icon(attributes["class"] ?? "").map { .alternative($0) }
    }

    private static func input(_ attributes: [String: String], isInCell: Bool) -> Form? {
        let type = attributes["type"]?.lowercased() ?? "text"
        if type == "checkbox" || type == "radio" { return .text(attributes["checked"] == nil ? "☐ " : "☒ ") }
        let isFixed = isInCell || attributes["readonly"] != nil || attributes["disabled"] != nil
        guard isFixed, !buttonTypes.contains(type), let value = attributes["value"] else { return nil }
        return .text(" \(shortened(value)) ")
    }

    private static func icon(_ classes: String) -> String? {
        for name in classes.lowercased().split(separator: " ", maxSplits: 16) {
            let words = name.split(separator: "-")
            guard words.count > 1, let font = words.first, iconFonts.contains(font) else { continue }
            if let sign = words.dropFirst().lazy.compactMap({ icons[$0] }).first { return sign }
        }
        return nil
    }

    private static func isFilename(_ text: String) -> Bool {
        [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"].contains { text.lowercased().hasSuffix($0) }
    }

    private static func shortened(_ text: String) -> String { text.shortened(toBytes: maximumBytes) }

    /// The elements of HTML and SVG that may have a label or a title which is no part of the text.
    private static let standardElements: Set<Substring> = Set(
        """
        a abbr acronym address applet area article aside audio b base bdi bdo big blockquote body br button canvas caption \
        center circle cite clippath code col colgroup data datalist dd defs del details dfn dialog dir div dl dt ellipse em \
        embed fieldset figcaption figure font footer form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i \
        iframe image img input ins kbd label legend li line lineargradient link main map mark marker mask math menu \
        menuitem meta meter nav noframes noscript object ol optgroup option output p param path pattern picture polygon \
        polyline pre progress q radialgradient rect rp rt ruby s samp script search section select slot small source span \
        stop strike strong style sub summary sup svg symbol table tbody td template text textarea tfoot th thead time \
        title tr track tspan tt u ul use var video wbr
        """.split(separator: " ")
    )

    /// The label of a component such as `<TabItem label="Germany">`; nil of any other element.
    static func label(of name: String, _ attributes: [String: String]) -> String? {
        guard !attributes.isEmpty, let label = attributes["label"] ?? attributes["title"],
            !standardElements.contains(name[...])
        else {
            return nil
        }
        // A label in braces is an expression, which may be a text.
        let text = label.hasPrefix("{") ? label.dropFirst().prefix { $0 != "}" } : label[...]
        let quoted = text.first.map { "\"'`".contains($0) } ?? false
        guard quoted || !label.hasPrefix("{") else { return nil }
        let line = String(quoted ? text.dropFirst().dropLast() : text).onOneLine
        return line.isEmpty ? nil : shortened(line)
    }
}
