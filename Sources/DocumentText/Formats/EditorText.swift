/// Writes the texts that editors and content systems store as JSON as HTML: trees with `children` (Slate, Strapi, Lexical,
/// Portable Text), Quill's changes, and Notion's blocks.
///
/// In these, each word in bold type is a value of its own, and struck-out text is marked beside it.
enum EditorText {
    /// The HTML of a value; nil if it is no such text.
    static func html(of value: JSONTree) -> String? {
        if case .array(let elements) = value { return html(of: elements) }
        if let changes = value["ops"]?.elements, let html = DeltaText.html(of: changes) { return html }
        if value["object"]?.text == "list", let results = value["results"]?.elements {
            return NotionText.html(of: results)
        }
        if let root = value["root"], root["children"] != nil { return html(of: [root]) }
        return html(of: [value])
    }

    private static func html(of elements: [JSONTree]) -> String? {
        if let html = NotionText.html(of: elements) ?? DeltaText.html(of: elements) { return html }
        var texts = 0
        guard elements.contains(where: { $0["children"] != nil }),
            elements.allSatisfy({ isNode($0, isRoot: elements.count == 1, texts: &texts) }), texts > 0
        else { return nil }
        var html = ""
        write(elements, into: &html)
        return html
    }

    /// The keys of texts that are not an editor's.
    private static let otherTexts = ["title", "name", "label", "question", "description", "summary"]

    /// Whether a value is a node with children, a text, or an element without a text.
    private static func isNode(_ node: JSONTree, isRoot: Bool = false, texts: inout Int) -> Bool {
        guard case .object = node, !otherTexts.contains(where: { node[$0]?.text != nil }) else { return false }
        let isTyped = (node["type"] ?? node["_type"])?.text != nil
        guard let children = node["children"] else {
            guard node["text"]?.text != nil else { return isTyped }
            texts += 1
            return true
        }
        guard case .array(let nodes) = children, isTyped || isRoot, node["text"]?.text == nil else { return false }
        return nodes.allSatisfy { isNode($0, texts: &texts) }
    }

    private static let elements = [
        "paragraph": "p", "blockquote": "blockquote", "quote": "blockquote", "bulletedlist": "ul", "numberedlist": "ol",
        "bulletlist": "ul", "orderedlist": "ol", "unorderedlist": "ul", "list": "ul", "listitem": "li", "li": "li",
        "ul": "ul", "ol": "ol", "table": "table", "tablerow": "tr", "tr": "tr", "tablecell": "td", "td": "td",
        "th": "th", "tableheadercell": "th", "link": "span", "autolink": "span", "a": "span", "lic": "span",
        "mention": "span", "hashtag": "span", "code": "pre", "codeblock": "pre",
    ]
    private static let levels = ["one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6]

    private static func write(_ nodes: [JSONTree], into html: inout String) {
        var lists = EditorList()
        for node in nodes {
            if node["listItem"]?.text != nil {
                let level = node["level"]?.scalar.flatMap { Int($0) } ?? 1
                var item = ""
                write(node["children"]?.elements ?? [], into: &item)
                html += lists.item(item, depth: level)
            } else {
                html += lists.end()
                write(node, into: &html)
            }
        }
        html += lists.end()
    }

    private static func write(_ node: JSONTree, into html: inout String) {
        let type = ((node["type"] ?? node["_type"])?.text ?? "").lowercased().filter { $0.isLetter || $0.isNumber }
        if let children = node["children"]?.elements {
            let element = element(type, node)
            var spans = ""
            for span in ["colSpan", "rowSpan", "colspan", "rowspan"] {
                if let value = node[span]?.scalar.flatMap({ Int($0) }) { spans += " \(span.lowercased())=\"\(value)\"" }
            }
            html += "<\(element)\(spans)>"
            write(children, into: &html)
            html += "</\(element)>"
        } else if let text = node["text"]?.text {
            html += marked(text, marks(of: node))
        } else if type == "linebreak" {
            html += "<br>"
        } else if type == "tab" {
            html += " "
        }
    }

    private static func element(_ type: String, _ node: JSONTree) -> String {
        if type == "block", let style = node["style"]?.text {
            return style.first == "h" && style.count == 2 ? style : style == "blockquote" ? style : "p"
        }
        if type == "tablecell", node["headerState"]?.scalar.map({ $0 != "0" }) ?? (node["header"]?.scalar == "true") {
            return "th"
        }
        if type.count == 2, type.first == "h", let level = type.last?.wholeNumberValue, (1...6).contains(level) {
            return type
        }
        guard type.hasPrefix("heading") else { return elements[type] ?? "div" }
        let tag = node["tag"]?.text?.last?.wholeNumberValue
        let level = node["level"]?.scalar.flatMap { Int($0) } ?? tag ?? levels[String(type.dropFirst("heading".count))]
        return "h\(min(max(level ?? type.last?.wholeNumberValue ?? 1, 1), 6))"
    }

    /// The elements of a text's marks.
    private static func marks(of node: JSONTree) -> [String] {
        var elements: [String] = []
        if ["strikethrough", "strike", "strikeThrough"].contains(where: { node[$0]?.scalar == "true" }) {
            elements.append("s")
        }
        if node["bold"]?.scalar == "true" { elements.append("b") }
        if node["superscript"]?.scalar == "true" { elements.append("sup") }
        // Lexical's marks are bits of a number.
        if case .literal(let number)? = node["format"], let bits = Int(number) {
            if bits & 1 != 0 { elements.append("b") }
            if bits & 4 != 0 { elements.append("s") }
            if bits & 64 != 0 { elements.append("sup") }
        }
        for mark in node["marks"]?.elements ?? [] {
            switch mark.text {
            case "strike-through", "strike": elements.append("s")
            case "strong": elements.append("b")
            case "sup": elements.append("sup")
            default: break
            }
        }
        return elements
    }

    /// A text in HTML within elements, the outermost first.
    static func marked(_ text: String, _ elements: [String]) -> String {
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\n", with: "<br>")
        return elements.map { "<\($0)>" }.joined() + escaped + elements.reversed().map { "</\($0)>" }.joined()
    }
}

/// Writes list items that follow one another, with their depth beside them, as nested lists.
struct EditorList {
    private var depth = 0

    /// The maximum depth of lists.
    private static let maximumDepth = 12

    /// The HTML of an item.
    ///
    /// - Parameters:
    ///   - content: The HTML of its content.
    ///   - level: Its depth, starting at 1.
    /// - Returns: The HTML of the item, and the tags of lists that begin or end before it.
    mutating func item(_ content: String, depth level: Int) -> String {
        let level = min(max(level, 1), Self.maximumDepth)
        var html = ""
        while depth > level {
            html += "</ul>"
            depth -= 1
        }
        while depth < level {
            html += "<ul>"
            depth += 1
        }
        return html + "<li>\(content)</li>"
    }

    /// The end tags of the open lists.
    mutating func end() -> String {
        defer { depth = 0 }
        return String(repeating: "</ul>", count: depth)
    }
}
