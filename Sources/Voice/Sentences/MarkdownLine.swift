/// The kind of a line of Markdown, as far as its beginning tells.
enum MarkdownLine: Hashable {
    /// The beginning that was received fits several kinds.
    case undecided
    case paragraph
    case heading
    case item(number: Int?)
    case row
    /// A line of code that begins or ends a block.
    case fence

    /// Determines the kind of a line.
    ///
    /// - Parameters:
    ///   - line: The line as far as it was received.
    ///   - isWhole: Whether nothing more of it comes.
    /// - Returns: The kind, and the number of characters of the line's mark.
    static func kind(of line: [Character], isWhole: Bool) -> (kind: MarkdownLine, mark: Int) {
        // Block quotes are read as what they quote.
        let start = line.firstIndex { !$0.isWhitespace && $0 != ">" } ?? line.endIndex
        let rest = line[start...]
        guard let first = rest.first else { return (isWhole ? .paragraph : .undecided, start) }
        switch first {
        case "|": return (.row, start)
        case "`", "~": return fence(rest, first, start, isWhole)
        case "#": return heading(rest, start, isWhole)
        case "-", "*", "+", "•", "–", "·", "_", "=": return bullet(rest, first, start, isWhole)
        case _ where first.isASCII && first.isNumber: return number(rest, start, isWhole)
        default: return (.paragraph, start)
        }
    }

    /// Whether a line consists of marks that draw a line.
    static func isRule(_ line: [Character]) -> Bool {
        let marks = line.filter { !$0.isWhitespace }
        return !marks.isEmpty && marks.allSatisfy { "-*_=".contains($0) }
    }

    private static func fence(
        _ rest: ArraySlice<Character>,
        _ mark: Character,
        _ start: Int,
        _ isWhole: Bool
    ) -> (MarkdownLine, Int) {
        let marks = rest.prefix { $0 == mark }.count
        if marks >= 3 { return (.fence, start) }
        return (marks == rest.count && !isWhole ? .undecided : .paragraph, start)
    }

    private static func heading(
        _ rest: ArraySlice<Character>,
        _ start: Int,
        _ isWhole: Bool
    ) -> (MarkdownLine, Int) {
        let marks = rest.prefix { $0 == "#" }.count
        guard let next = rest.dropFirst(marks).first else { return (isWhole ? .paragraph : .undecided, start) }
        return next.isWhitespace && marks <= 6 ? (.heading, start + marks) : (.paragraph, start)
    }

    private static func bullet(
        _ rest: ArraySlice<Character>,
        _ mark: Character,
        _ start: Int,
        _ isWhole: Bool
    ) -> (MarkdownLine, Int) {
        guard let next = rest.dropFirst().first else { return (isWhole ? .paragraph : .undecided, start) }
        if next.isWhitespace, mark != "_", mark != "=" { return (.item(number: nil), start + 1) }
        // `---` and `**bold**` begin alike with `- item` and `* item`.
        let isRule = rest.allSatisfy { $0 == mark }
        return (isRule && !isWhole ? .undecided : .paragraph, start)
    }

    private static func number(
        _ rest: ArraySlice<Character>,
        _ start: Int,
        _ isWhole: Bool
    ) -> (MarkdownLine, Int) {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        let after = rest.dropFirst(digits.count)
        guard digits.count <= 3 else { return (.paragraph, start) }
        guard let mark = after.first else { return (isWhole ? .paragraph : .undecided, start) }
        guard mark == "." || mark == ")" else { return (.paragraph, start) }
        guard let next = after.dropFirst().first else { return (isWhole ? .paragraph : .undecided, start) }
        guard next.isWhitespace else { return (.paragraph, start) }
        return (.item(number: Int(String(digits))), start + digits.count + 1)
    }
}
