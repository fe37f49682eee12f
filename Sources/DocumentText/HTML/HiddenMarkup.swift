/// A part of a web page that a browser does not show, or shows as struck out.
///
/// The part is an element with its content. It ends with the element's end tag or, as pages often leave that out, where
/// a browser ends the element.
struct HiddenMarkup {
    private let name: String
    /// The number of open elements in the part, by their names.
    private var open: [String: Int]

    /// Elements whose text is not shown, is navigation, or is struck out.
    private static let hiddenElements: Set<String> = [
        "script", "style", "template", "noscript", "s", "del", "strike", "datalist", "nav",
    ]
    /// Roles of elements that every page of a site has.
    private static let hiddenRoles: Set<String> = ["navigation", "search", "menu", "menubar", "banner", "contentinfo"]
    /// Void elements.
    private static let emptyElements: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]
    /// Inline elements, whose end tags end only themselves.
    private static let inlineElements: Set<String> = [
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd", "label",
        "mark", "p", "q", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "script", "style",
    ]

    /// Starts at a start tag; nil if its element is shown.
    init?(_ name: String, _ attributes: [String: String]) {
        guard Self.hides(name, attributes) else { return nil }
        self.name = name
        open = [name: 1]
    }

    /// Whether an element is not shown, or is struck out.
    static func hides(_ name: String, _ attributes: [String: String]) -> Bool {
        guard !emptyElements.contains(name) else { return false }
        if hiddenElements.contains(name) { return true }
        if let hidden = attributes["hidden"], hidden.lowercased() != "until-found" { return true }
        if name == "dialog", attributes["open"] == nil { return true }
        if let role = attributes["role"]?.lowercased(), hiddenRoles.contains(role) { return true }
        guard let style = attributes["style"] else { return false }
        let declarations = style.lowercased().filter { !$0.isWhitespace }.split(separator: ";")
        return declarations.contains { declaration in
            let declaration = declaration.hasSuffix("!important") ? declaration.dropLast(10) : declaration
            return declaration == "display:none" || declaration == "visibility:hidden"
                || declaration.hasPrefix("text-decoration") && declaration.contains("line-through")
        }
    }

    /// Records a start tag.
    ///
    /// - Returns: Whether the part ended before it, so that the tag is shown.
    mutating func endsBefore(start tag: String) -> Bool {
        if isEndedImplicitly(by: tag) { return true }
        if !Self.emptyElements.contains(tag) { open[tag, default: 0] += 1 }
        return false
    }

    /// Records an end tag.
    ///
    /// - Returns: Whether the part ended with it or before it, and whether the tag is shown then.
    mutating func ends(at tag: String) -> (ended: Bool, isOfPage: Bool) {
        guard let count = open[tag], count > 0 else {
            // The tag ends an element around the part.
            let isOuter = !Self.inlineElements.contains(tag) && !Self.hiddenElements.contains(tag)
            return (isOuter, isOuter)
        }
        open[tag] = count - 1
        return (tag == name && count == 1, false)
    }

    private func isEndedImplicitly(by tag: String) -> Bool {
        func isOutside(_ containers: String...) -> Bool { containers.allSatisfy { open[$0, default: 0] == 0 } }
        switch name {
        case "p": return HTMLReader.blocks.contains(tag) || ["table", "pre", "li"].contains(tag)
        case "li": return tag == "li" && isOutside("ul", "ol")
        case "dt", "dd": return ["dt", "dd"].contains(tag) && isOutside("dl")
        case "td", "th": return ["td", "th", "tr", "tbody", "tfoot"].contains(tag) && isOutside("table")
        case "tr": return ["tr", "tbody", "tfoot"].contains(tag) && isOutside("table")
        case "option": return ["option", "optgroup"].contains(tag)
        default: return false
        }
    }
}
