/// The marks of wikis in a Markdown line that are no Markdown: `[[Leave|annual leave]]`, `![[plan.png]]`, `{.is-info}`,
/// and the size of a picture.
enum MarkdownWikiMarks {
    /// The maximum size of a link, or of code without links, in bytes.
    private static let maximumBytes = 400
    /// The links that stand for a table of contents.
    private static let contents: Set<String> = ["toc", "_toc_", "_tosp_"]

    /// The line with what a wiki shows for its marks.
    static func replace(in line: Substring) -> Substring {
        var line = line
        if line.last == "}", let start = line.lastIndex(of: "{"), ".#".contains(line[start...].dropFirst().prefix(1)) {
            line = MarkdownLine.withoutAnchor(line)
        }
        if line.contains("](") { line = withoutSizes(line) }
        return line.contains("[[") ? withoutLinks(line) : line
    }

    /// The line with the texts of links, outside of code.
    private static func withoutLinks(_ line: Substring) -> Substring {
        var kept = ""
        var rest = line
        while let start = rest.firstIndex(where: { $0 == "[" || $0 == "`" }) {
            kept += rest[..<start]
            rest = rest[start...]
            if rest.first == "`" {
                let marks = rest.prefix { $0 == "`" }
                let code = rest.dropFirst(marks.count)
                let end = prefix(of: code).firstRange(of: marks)?.upperBound ?? code.startIndex
                kept += rest[..<end]
                rest = rest[end...]
            } else if let (text, end) = link(rest) {
                if kept.last == "!" { kept.removeLast() } else { kept += text }
                rest = rest[end...]
            } else {
                let brackets = rest.prefix { $0 == "[" }
                kept += brackets
                rest = rest[brackets.endIndex...]
            }
        }
        return Substring(kept + rest)
    }

    /// The text of the link that a line starts with, and where it ends.
    private static func link(_ line: Substring) -> (text: String, end: Substring.Index)? {
        guard line.hasPrefix("[["), line.dropFirst(2).first.map({ !$0.isWhitespace && $0 != "[" }) ?? false else {
            return nil
        }
        guard let closing = prefix(of: line).firstRange(of: "]]") else { return nil }
        let inner = line[..<closing.lowerBound].dropFirst(2)
        // The text of a link of Markdown may be in brackets.
        guard let last = inner.last, !last.isWhitespace, !inner.contains("["), !inner.contains("]"),
            line[closing.upperBound...].first.map({ !"([]".contains($0) }) ?? true
        else { return nil }
        if contents.contains(inner.lowercased()) { return ("", closing.upperBound) }
        if let bar = inner.lastIndex(of: "|") {
            return (String(inner[inner.index(after: bar)...].trimmingBlanks), closing.upperBound)
        }
        let parts = inner.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let page = parts[0].split(separator: "/").last ?? ""
        let hasHeading = parts.count > 1 && parts[1].first != "^"
        let heading = hasHeading ? String(parts[1]).replacing("#", with: " > ") : ""
        let text = [String(page), heading].filter { !$0.isEmpty }.joined(separator: " > ")
        return (text, closing.upperBound)
    }

    /// The part of a line in which the end of a link or of code is searched.
    private static func prefix(of line: Substring) -> Substring {
        line[..<(line.utf8.index(line.startIndex, offsetBy: maximumBytes, limitedBy: line.endIndex) ?? line.endIndex)]
    }

    /// The line without the sizes of pictures: `![Plan](/plan.png =500x)`.
    private static func withoutSizes(_ line: Substring) -> Substring {
        var kept = ""
        var rest = line
        while let start = rest.firstRange(of: " =") {
            let size = rest[start.upperBound...].prefix { $0.isASCII && ($0.isNumber || $0 == "x") }
            let isSize = size.contains("x") && rest[size.endIndex...].first == ")"
            kept += isSize ? rest[..<start.lowerBound] : rest[..<start.upperBound]
            rest = rest[(isSize ? size.endIndex : start.upperBound)...]
        }
        return kept.isEmpty ? line : Substring(kept + rest)
    }
}
