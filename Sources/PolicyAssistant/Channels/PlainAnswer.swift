internal import SMS

/// An answer without the marks of Markdown, spelled for phones.
enum PlainAnswer {
    static func text(of markdown: String) -> String {
        var lines: [String] = []
        var isInCode = false
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.trimmingWhitespace().hasPrefix("```") {
                isInCode.toggle()
                continue
            }
            let text = isInCode ? String(line) : plain(line)
            // The rule between a table's head and its rows, and rules between parts, say nothing.
            if let text { lines.append(text) }
        }
        let text = lines.joined(separator: "\n").spelledForPhones
        return withoutEmptyLines(text)
    }

    private static func plain(_ line: Substring) -> String? {
        var rest = line.trimmingWhitespace()
        if rest.allSatisfy({ "-|: *_=".contains($0) }), rest.contains(where: { "-*_=".contains($0) }) { return nil }
        while rest.first == ">" { rest = rest.dropFirst().trimmingWhitespace() }
        let heading = rest.prefix { $0 == "#" }.count
        if (1...6).contains(heading), rest.dropFirst(heading).first == " " { rest = rest.dropFirst(heading + 1) }
        if let mark = rest.first, "*+•".contains(mark), rest.dropFirst().first == " " {
            rest = "- " + rest.dropFirst(2)
        }
        if rest.hasPrefix("|") {
            let cells = rest.split(separator: "|").map { inline($0.trimmingWhitespace()) }.filter { !$0.isEmpty }
            return cells.joined(separator: ", ")
        }
        return inline(rest)
    }

    /// Removes the marks within a line: emphasis, code, and the addresses of links.
    private static func inline(_ line: Substring) -> String {
        var text = ""
        var rest = line
        while let character = rest.first {
            switch character {
            case "\\" where rest.dropFirst().first?.isPunctuation == true || rest.dropFirst().first?.isSymbol == true:
                text.append(rest[rest.index(after: rest.startIndex)])
                rest = rest.dropFirst(2)
            case "[", "!":
                if let link = rest.prefixMatch(of: #/!?\[([^\]]*)\]\([^)\s]*(?:\s"[^"]*")?\)/#) {
                    text += inline(link.1)
                    rest = rest[link.range.upperBound...]
                } else {
                    text.append(character)
                    rest = rest.dropFirst()
                }
            case "*", "`":
                rest = rest.drop { $0 == character }
            case "_":
                let run = rest.prefix { $0 == "_" }
                let next = rest.dropFirst(run.count).first
                // Within a word, such as a file's name, it is no mark.
                let isWithinWord = text.last?.isLetter == true && next?.isLetter == true
                if isWithinWord { text += run }
                rest = rest.dropFirst(run.count)
            case "~":
                let run = rest.prefix { $0 == "~" }
                if run.count == 1 { text += run }
                rest = rest.dropFirst(run.count)
            default:
                text.append(character)
                rest = rest.dropFirst()
            }
        }
        return text
    }

    private static func withoutEmptyLines(_ text: String) -> String {
        text.split(separator: "\n").map { line in
            line.split(separator: " ").joined(separator: " ")
        }.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
