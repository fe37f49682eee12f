/// The structure of a Markdown line, from its start.
package enum MarkdownLine {
    /// The mark and length of a code fence that the line opens or closes.
    static func fence(_ line: Substring) -> (mark: Character, length: Int)? {
        guard let mark = line.first, mark == "`" || mark == "~" else { return nil }
        let length = line.prefix { $0 == mark }.count
        guard length >= 3, mark == "~" || !line.dropFirst(length).contains("`") else { return nil }
        return (mark, length)
    }

    /// The heading in a line such as `## Leave`.
    package static func heading(_ line: Substring) -> (level: Int, text: Substring)? {
        let marks = line.prefix { $0 == "#" }
        let rest = line.dropFirst(marks.count)
        guard (1...6).contains(marks.count), rest.first.map({ $0 == " " || $0 == "\t" }) ?? true else { return nil }
        var text = rest.trimmingBlanks
        let closing = text.reversed().prefix { $0 == "#" }.count
        if closing > 0, text.dropLast(closing).last.map({ $0 == " " }) ?? true {
            text = text.dropLast(closing).trimmingBlanks
        }
        return (marks.count, text)
    }

    /// The level of the heading that the line underlines.
    static func underline(_ line: Substring) -> Int? {
        if line.allSatisfy({ $0 == "=" }) { return 1 }
        return line.allSatisfy { $0 == "-" } ? 2 : nil
    }

    /// The title in a line of the metadata.
    static func title(_ line: Substring) -> Substring? {
        guard line.hasPrefix("title:") || line.hasPrefix("title =") else { return nil }
        var title = line.dropFirst("title".count).drop { $0 == " " }.dropFirst().trimmingBlanks
        if let quote = title.first, title.count > 1, quote == title.last, "\"'".contains(quote) {
            title = title.dropFirst().dropLast()
        }
        return title.isEmpty ? nil : title
    }

    /// The text of a heading without its anchor: `Lateness` of `Lateness {#lateness}`.
    static func withoutAnchor(_ text: Substring) -> Substring {
        guard text.last == "}", let start = text.lastIndex(of: "{"),
            let mark = text[text.index(after: start)...].first, "#.:".contains(mark)
        else { return text }
        return text[..<start].trimmingBlanks
    }

    /// The line without syntax of site generators and wikis: `:::tip`, `[!NOTE]`, `{% alert %}`, `{{< note >}}`, `{: .class}`,
    /// `[[Page]]`; it has line breaks around labels.
    static func withoutGeneratorMarks(_ line: Substring) -> Substring {
        if line.hasPrefix(":::") {
            // The text after the kind of a box is its title.
            let rest = line.drop { $0 == ":" }.trimmingBlanks.drop { !$0.isWhitespace && $0 != "[" }
            return rest.drop { " \t[".contains($0) }.trimmingBlanks.trimmingSuffix("]")
        }
        if line.hasPrefix("[!"), let end = line.firstIndex(of: "]"), line[..<end].dropFirst(2).allSatisfy(\.isLetter) {
            return line[line.index(after: end)...].trimmingBlanks
        }
        if line.hasPrefix("{:"), line.last == "}" { return line.prefix(0) }
        return MarkdownWikiMarks.replace(in: MarkdownShortcodes.replaceTags(in: line))
    }

    /// Whether a line at a paragraph's start is code of an MDX page.
    static func isModuleCode(_ line: Substring) -> Bool {
        if line.hasPrefix("import ") {
            return line.contains(" from '") || line.contains(" from \"") || line.hasPrefix("import '")
                || line.hasPrefix("import \"")
        }
        return ["export const ", "export default ", "export let ", "export function "].contains { line.hasPrefix($0) }
            && line.contains { "={(".contains($0) }
    }

    /// Whether a line is the start tag of a component, whose name is in mixed case, as no element's is: `<Steps>`.
    static func isComponent(_ line: Substring) -> Bool {
        guard line.first == "<", line.last == ">", !line.hasSuffix("/>") else { return false }
        let name = line.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "." }
        return name.first?.isUppercase == true && name.contains(where: \.isLowercase)
            && !HTMLReader.blocks.contains(name.lowercased()) && !tableElements.contains(name.lowercased())
            && !line.contains("</")
    }

    private static let tableElements: Set<String> = [
        "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "pre",
    ]

    /// Whether a line starts with a day and a month: `1. April`.
    static func beginsWithDate(_ line: Substring) -> Bool {
        let words = line.split(maxSplits: 2, whereSeparator: \.isWhitespace)
        return words.count > 1 && MonthNames.contains(words[1])
    }

    /// The text of a list item, without its bullet, number and check box, and the number.
    package static func listItem(_ line: Substring) -> (text: Substring, number: Int?)? {
        var rest = line
        var number: Int?
        if let bullet = line.first, "-*+".contains(bullet) {
            rest = line.dropFirst()
        } else {
            let digits = line.prefix { $0.isASCII && $0.isNumber }
            rest = line.dropFirst(digits.count)
            guard (1...9).contains(digits.count), let mark = rest.first, mark == "." || mark == ")" else { return nil }
            rest = rest.dropFirst()
            number = Int(digits)
        }
        guard let blank = rest.first, blank == " " || blank == "\t" else { return nil }
        rest = rest.trimmingBlanks
        for box in ["[ ] ", "[x] ", "[X] "] where rest.hasPrefix(box) { rest = rest.dropFirst(box.count) }
        return (rest, number)
    }

    /// Whether the line is the delimiter row of a table.
    static func isTableRule(_ line: Substring) -> Bool {
        line.contains("-") && line.contains("|") && line.allSatisfy { "|-: \t".contains($0) }
    }

    /// The cells of a table row.
    static func cells(_ line: Substring) -> [Substring] {
        var inner = line
        if inner.first == "|" { inner = inner.dropFirst() }
        if inner.last == "|", !inner.hasSuffix("\\|") { inner = inner.dropLast() }
        var cells: [Substring] = []
        var start = inner.startIndex
        var isEscaped = false
        for index in inner.indices {
            if inner[index] == "|", !isEscaped {
                cells.append(inner[start..<index])
                start = inner.index(after: index)
            }
            isEscaped = inner[index] == "\\" && !isEscaped
        }
        return cells + [inner[start...]]
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ suffix: Character) -> Substring {
        last == suffix ? dropLast() : self
    }

    /// The text without leading and trailing white space.
    package var trimmingBlanks: Substring {
        var trimmed = drop { $0.isWhitespace }
        while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
        return trimmed
    }
}
