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
        if let first = value.first, first == "{" || first == "[", let html = Self.richText(in: value) {
            return (try HTMLReader.document(from: html, limits: limits), true)
        }
        return HTMLReader.isMarkup(value) ? (try HTMLReader.document(from: value, limits: limits), false) : nil
    }

    /// The HTML of a rich text that is written as a string of JSON.
    private static func richText(in value: String) -> String? {
        var reader = JSONReader(bytes: Array(value.utf8), limits: .standard)
        if reader.isRichText() { return (try? reader.readTree(depth: 0)).map { RichTextTree.html(of: $0) } }
        guard reader.beginsLikeEditorText(), let tree = try? reader.readTree(depth: 0) else { return nil }
        return EditorText.html(of: tree)
    }

    /// Whether the value that is next begins like the text of an editor: its first object has children, is a change or a
    /// block, or holds these.
    ///
    /// - Parameter isRoot: Whether the value is the root of a text.
    /// - Returns: Whether it does.
    func beginsLikeEditorText(isRoot: Bool = false) -> Bool {
        var reader = self
        _ = reader.take(UInt8(ascii: "["))
        guard reader.take(UInt8(ascii: "{")) else { return false }
        for _ in 0..<Self.maximumValuesBeforeTitle {
            guard reader.peek() == UInt8(ascii: "\""), let key = try? reader.readString(),
                reader.take(UInt8(ascii: ":")), let next = reader.peek()
            else { return false }
            switch (key, next) {
            case ("children", UInt8(ascii: "[")), ("ops", UInt8(ascii: "[")), ("insert", _): return true
            case ("root", UInt8(ascii: "{")) where !isRoot: return reader.beginsLikeEditorText(isRoot: true)
            case ("object", UInt8(ascii: "\"")):
                guard let kind = try? reader.readString() else { return false }
                return kind == "block" || kind == "list"
            case (_, UInt8(ascii: "\"")): guard (try? reader.readString()) != nil else { return false }
            case (_, UInt8(ascii: "[")), (_, UInt8(ascii: "{")):
                // The links of a text are before its children if there are none.
                let closing = next == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: "}")
                guard reader.take(next), reader.take(closing) else { return false }
            default: guard (try? reader.readLiteral()) != nil else { return false }
            }
            guard reader.take(UInt8(ascii: ",")) else { return false }
        }
        return false
    }
}
