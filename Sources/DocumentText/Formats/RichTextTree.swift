/// Writes the rich text of an editor (ProseMirror, Atlassian's document format, Contentful) as HTML.
///
/// Such a text is a tree of nodes with a type and a content, in which a word in bold type is a node of its own.
enum RichTextTree {
    /// The values of the type of a whole text.
    static let documentTypes: Set<String> = ["doc", "document"]
    /// The keys of a node's type.
    static let typeKeys: Set<String> = ["type", "nodeType"]

    private static let elements = [
        "paragraph": "p", "blockquote": "blockquote", "bulletlist": "ul", "unorderedlist": "ul", "orderedlist": "ol",
        "listitem": "li", "tasklist": "ul", "taskitem": "li", "decisionlist": "ul", "decisionitem": "li",
        "codeblock": "pre", "table": "table", "tablerow": "tr", "tablecell": "td", "tableheader": "th",
        "tableheadercell": "th", "hyperlink": "span", "link": "span",
    ]
    private static let markElements = [
        "strike": "s", "strikethrough": "s", "strong": "b", "bold": "b", "superscript": "sup", "code": "code",
    ]

    /// The HTML of a text.
    static func html(of node: JSONTree) -> String {
        var html = ""
        write(node, into: &html)
        return html
    }

    private static func write(_ node: JSONTree, into html: inout String) {
        let type = (node["type"] ?? node["nodeType"])?.text?.lowercased().filter { $0.isLetter || $0.isNumber } ?? ""
        let attributes = node["attrs"] ?? node["data"]
        switch type {
        case "text":
            write(text: (node["text"] ?? node["value"])?.text ?? "", node["marks"]?.elements ?? [], into: &html)
        case "hardbreak": html += "<br>"
        default:
            guard node["content"] != nil else {
                // A person who is mentioned, a status, a date.
                html += escaped(attributes?["text"]?.text ?? attributes?["title"]?.text ?? "")
                return
            }
            let element = element(type, attributes)
            var spans = ""
            for span in ["colspan", "rowspan"] {
                if let value = attributes?[span]?.scalar.flatMap({ Int($0) }) { spans += " \(span)=\"\(value)\"" }
            }
            html += "<\(element)\(spans)>"
            if let title = attributes?["title"]?.text { html += "<p>\(escaped(title))</p>" }
            for child in node["content"]?.elements ?? [] { write(child, into: &html) }
            html += "</\(element)>"
        }
    }

    private static func element(_ type: String, _ attributes: JSONTree?) -> String {
        guard type.hasPrefix("heading") else { return elements[type] ?? "div" }
        let level = attributes?["level"]?.scalar.flatMap { Int($0) } ?? type.last?.wholeNumberValue ?? 1
        return "h\(min(max(level, 1), 6))"
    }

    private static func write(text: String, _ marks: [JSONTree], into html: inout String) {
        let elements = marks.compactMap { mark -> String? in
            let isRaised = mark["attrs"]?["type"]?.text == "sup"
            return isRaised ? "sup" : mark["type"]?.text.flatMap { markElements[$0.lowercased()] }
        }
        html += elements.map { "<\($0)>" }.joined() + escaped(text) + elements.reversed().map { "</\($0)>" }.joined()
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
