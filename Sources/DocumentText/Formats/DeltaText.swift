/// Writes Quill's changes as HTML: texts that are inserted one after the other, whose line ends tell what their lines are.
enum DeltaText {
    /// The HTML of changes; nil if they are no insertions.
    static func html(of changes: [JSONTree]) -> String? {
        guard !changes.isEmpty, changes.contains(where: { $0["insert"]?.text != nil }),
            changes.allSatisfy({ $0["insert"] != nil })
        else { return nil }
        var html = ""
        var line = ""
        var lists = EditorList()
        var row: String?
        for change in changes {
            guard let text = change["insert"]?.text else { continue }
            let attributes = change["attributes"]
            var marks: [String] = []
            if attributes?["strike"]?.scalar == "true" { marks.append("s") }
            if attributes?["bold"]?.scalar == "true" { marks.append("b") }
            if attributes?["script"]?.text == "super" { marks.append("sup") }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            for (number, piece) in lines.enumerated() {
                if !piece.isEmpty { line += EditorText.marked(String(piece), marks) }
                guard number < lines.count - 1 else { continue }
                end(line, attributes, row: &row, lists: &lists, into: &html)
                line = ""
            }
        }
        end(line, nil, row: &row, lists: &lists, into: &html)
        return html
    }

    /// Writes a line as what the attributes of its end say.
    private static func end(
        _ line: String,
        _ attributes: JSONTree?,
        row: inout String?,
        lists: inout EditorList,
        into html: inout String
    ) {
        let place = attributes?["table"]?.scalar
        if place != row {
            if row != nil { html += place == nil ? "</tr></table>" : "</tr>" }
            if place != nil { html += row == nil ? lists.end() + "<table><tr>" : "<tr>" }
            row = place
        }
        if place != nil {
            html += "<td>\(line)</td>"
        } else if attributes?["list"]?.text != nil {
            html += lists.item(line, depth: 1 + (attributes?["indent"]?.scalar.flatMap { Int($0) } ?? 0))
        } else {
            let level = attributes?["header"]?.scalar.flatMap { Int($0) }.map { min(max($0, 1), 6) }
            let element = level.map { "h\($0)" } ?? (attributes?["code-block"] != nil ? "pre" : "p")
            html += lists.end() + "<\(element)>\(line)</\(element)>"
        }
    }
}
