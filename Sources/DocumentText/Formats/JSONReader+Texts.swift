/// The values of a JSON document that are written in a markup of their own.
extension JSONReader {
    /// Whether a value is written in Markdown: it has struck-out text, or lines that are headings, list items or tables.
    static func isMarkdown(_ value: String) -> Bool {
        if value.contains("~~"), value.contains(/~~[^~\s][^~]{0,1000}~~/) { return true }
        guard value.contains("\n"), value.first != "<" else { return false }
        return value.split(separator: "\n").contains { line in
            let content = line.trimmingBlanks
            return MarkdownLine.isTableRule(content) || content.first == "#" && MarkdownLine.heading(content) != nil
                || MarkdownLine.listItem(content) != nil
        }
    }

    /// The document of a value that is written in Markdown or HTML, or is an editor's rich text; nil of any other.
    func document(ofMarkup value: String) throws(ExtractionError) -> (page: ExtractedDocument, hasHeadings: Bool)? {
        if Self.isMarkdown(value) { return (try MarkdownReader.document(from: value, limits: limits), true) }
        if value.first == "{", let html = Self.richText(in: value) {
            return (try HTMLReader.document(from: html, limits: limits), true)
        }
        return HTMLReader.isMarkup(value) ? (try HTMLReader.document(from: value, limits: limits), false) : nil
    }

    /// The HTML of a rich text that is written as a string of JSON.
    private static func richText(in value: String) -> String? {
        var reader = JSONReader(bytes: Array(value.utf8), limits: .standard)
        guard reader.isRichText(), let tree = try? reader.readTree(depth: 0) else { return nil }
        return RichTextTree.html(of: tree)
    }
}
