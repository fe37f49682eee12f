internal import DocumentText
internal import LocalEngine

extension DocumentStructure {
    /// The structure as text: headings and lists as in Markdown, tables with the names of their columns, and a line for
    /// the beginning of each page.
    var text: String {
        var lines: [String] = []
        var page: Int?
        for block in blocks {
            if block.page != page {
                page = block.page
                if let page { lines += lines.isEmpty ? ["[page \(page)]", ""] : ["", "[page \(page)]", ""] }
            } else if !lines.isEmpty, block.kind != "list_item" || !isListItem(before: lines) {
                lines.append("")
            }
            lines += block.lines
        }
        return lines.joined(separator: "\n")
    }

    private func isListItem(before lines: [String]) -> Bool {
        lines.last?.hasPrefix("- ") == true
    }
}

extension DocumentStructure.Block {
    fileprivate var lines: [String] {
        switch kind {
        case "heading": [String(repeating: "#", count: min(max(level ?? 1, 1), 6)) + " " + text]
        case "list_item": ["- " + text]
        case "table": [table?.summary ?? "[table]"] + text.split(separator: "\n").map { "  \($0)" }
        default: text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        }
    }
}

extension DocumentStructure.Table {
    fileprivate var summary: String {
        let body = rows.count - headerRows
        let size = "\(body) \(body == 1 ? "row" : "rows")"
        guard headerRows > 0 else { return "[table: \(size), no header row]" }
        let names = rows.prefix(headerRows).map { $0.map(\.text).joined(separator: " | ") }.joined(separator: " / ")
        return "[table: \(size), columns: \(names)]"
    }
}
