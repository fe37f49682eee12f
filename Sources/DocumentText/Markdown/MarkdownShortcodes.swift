/// The tags of site generators and wikis in a Markdown line: `{{< tab "Spain" >}}`, `{% tab title="Spain" %}`, `{{ page.title }}`.
///
/// A tag is no text, but the label of a panel or a box is a line of its own before its content.
enum MarkdownShortcodes {
    /// The beginnings of the names of tags whose content has a label.
    private static let labelled = [
        "tab", "codetab", "content-tab", "expand", "detail", "collaps", "accordion", "toggle", "card", "notice",
        "admonition", "hint", "alert", "callout", "panel", "step", "note", "info", "warning", "tip",
    ]
    /// The keys of labels.
    private static let keys: Set<Substring> = ["title", "label", "header", "name", "summary", "heading"]
    /// The maximum size of a tag in bytes.
    private static let maximumBytes = 2_000

    /// The line without its tags, with line breaks around labels.
    static func replaceTags(in line: Substring) -> Substring {
        guard line.contains("{%") || line.contains("{{") else { return line }
        var kept = ""
        var rest = line
        while let brace = rest.firstIndex(of: "{") {
            let mark = rest[brace...].prefix(2)
            guard mark == "{%" || mark == "{{" else {
                kept += rest[...brace]
                rest = rest[rest.index(after: brace)...]
                continue
            }
            let limit =
                rest.utf8.index(brace, offsetBy: maximumBytes, limitedBy: rest.endIndex) ?? rest.endIndex
            guard let end = rest[mark.endIndex..<limit].firstRange(of: mark == "{%" ? "%}" : "}}") else {
                kept += rest[..<mark.endIndex]
                rest = rest[mark.endIndex...]
                continue
            }
            kept += rest[..<brace]
            let label = label(rest[mark.endIndex..<end.lowerBound])
            rest = rest[end.upperBound...]
            if let label {
                kept += "\n\n\(label)\n\n"
            } else if let last = kept.last, let next = rest.first, isWord(last), isWord(next) {
                kept += " "
            }
        }
        kept += rest
        var trimmed = kept.drop { $0 == " " || $0 == "\t" }
        while let last = trimmed.last, last == " " || last == "\t" { trimmed.removeLast() }
        return trimmed
    }

    private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// The label in a tag such as `tab "Spain"`; nil of a tag without one.
    private static func label(_ tag: Substring) -> String? {
        let tag = tag.drop { "<%- \t".contains($0) }
        let name = tag.prefix { $0.isLetter || $0 == "-" || $0 == "_" }.lowercased()
        guard labelled.contains(where: { name.hasPrefix($0) }), !name.hasPrefix("tabs"), !name.hasPrefix("table") else {
            return nil
        }
        var first: String?
        var rest = tag.dropFirst(name.count)
        while let start = rest.firstIndex(where: { $0 == "\"" || $0 == "'" }) {
            let text = rest[rest.index(after: start)...].prefix { $0 != rest[start] }
            guard text.endIndex < rest.endIndex else { break }
            let before = rest[..<start]
            let key = before.last == "=" ? before.dropLast().split(separator: " ").last : nil
            if let key {
                if keys.contains(key) { return line(text) }
            } else if first == nil {
                first = line(text)
            }
            rest = rest[text.endIndex...].dropFirst()
        }
        return first
    }

    private static func line(_ text: Substring) -> String? {
        let line = String(text).onOneLine
        return line.isEmpty ? nil : line
    }
}
