/// Writes the blocks that Notion's interface returns as HTML.
enum NotionText {
    /// The HTML of blocks; nil if the values are no blocks.
    static func html(of blocks: [JSONTree]) -> String? {
        guard !blocks.isEmpty, blocks.allSatisfy({ $0["object"]?.text == "block" && $0["type"]?.text != nil }) else {
            return nil
        }
        var html = ""
        write(blocks, into: &html)
        return html
    }

    private static let items: Set<String> = ["bulleted_list_item", "numbered_list_item", "to_do"]

    private static func write(_ blocks: [JSONTree], into html: inout String) {
        var lists = EditorList()
        for block in blocks where !isDeleted(block) {
            let type = block["type"]?.text ?? ""
            let content = block[type]
            let text = text(of: content)
            let children = (content?["children"] ?? block["children"])?.elements ?? []
            if items.contains(type) {
                var inner = ""
                write(children, into: &inner)
                html += lists.item(text + inner, depth: 1)
                continue
            }
            html += lists.end()
            switch type {
            case "table":
                html += "<table>"
                for (number, row) in children.enumerated() {
                    let isHeader = number == 0 && content?["has_column_header"]?.scalar == "true"
                    write(row, isHeader: isHeader, into: &html)
                }
                html += "</table>"
            case "table_row": write(block, isHeader: false, into: &html)
            default:
                let level = type.hasPrefix("heading_") ? type.last?.wholeNumberValue ?? 1 : nil
                let element = level.map { "h\($0)" } ?? (type == "code" ? "pre" : "p")
                html += "<\(element)>\(text)</\(element)>"
                write(children, into: &html)
            }
        }
        html += lists.end()
    }

    private static func isDeleted(_ block: JSONTree) -> Bool {
        block["archived"]?.scalar == "true" || block["in_trash"]?.scalar == "true"
    }

    private static func write(_ row: JSONTree, isHeader: Bool, into html: inout String) {
        let element = isHeader ? "th" : "td"
        html += "<tr>"
        for cell in row["table_row"]?["cells"]?.elements ?? [] {
            html += "<\(element)>\(cell.elements.map(run).joined())</\(element)>"
        }
        html += "</tr>"
    }

    private static func text(of content: JSONTree?) -> String {
        if let title = content?["title"]?.text { return EditorText.marked(title, []) }
        let runs = (content?["rich_text"] ?? content?["text"])?.elements ?? []
        let caption = content?["caption"]?.elements ?? []
        return (runs + caption).map(run).joined()
    }

    private static func run(_ run: JSONTree) -> String {
        let annotations = run["annotations"]
        var marks: [String] = []
        if annotations?["strikethrough"]?.scalar == "true" { marks.append("s") }
        if annotations?["bold"]?.scalar == "true" { marks.append("b") }
        return EditorText.marked(run["plain_text"]?.text ?? run["text"]?["content"]?.text ?? "", marks)
    }
}
