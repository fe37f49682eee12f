/// The lines of a Markdown file as cmark-gfm is to read them.
///
/// - The syntax of site generators is removed.
/// - A line that starts with a date starts no list.
/// - A table may have rows with more cells than its header, which GitHub drops, and a delimiter row of another width;
///   the first line without a bar ends it.
struct MarkdownSource {
    /// A character of private use before a number that starts no list.
    static let guardCharacter = "\u{10FFFD}"

    /// The maximum number of columns of a table that cmark-gfm reads, whose time grows with their square.
    private static let maximumColumns = 256

    /// The lines.
    private(set) var lines: [Substring] = []
    /// The open code fence.
    private var fence: (mark: Character, length: Int)?
    /// Whether the next line starts a paragraph.
    private var isAtStart = true

    /// Prepares the lines of a file.
    init(_ source: ArraySlice<Substring>) {
        var rest = source
        while let line = rest.popFirst() {
            let (prefix, content) = Self.parts(of: line)
            if Self.startsTable(content, rest) {
                addTable(line, prefix, &rest)
            } else {
                add(line, prefix, content)
                if fence == nil, MarkdownLine.isComponent(content), rest.first.map(Self.startsBlock) == true {
                    lines.append(prefix.filter { $0 == ">" }[...])
                    isAtStart = true
                }
            }
        }
    }

    /// Whether a line is a heading, a list item or a row of a table, which cmark-gfm does not see directly below a tag.
    private static func startsBlock(_ line: Substring) -> Bool {
        guard line.prefix(while: { $0 == " " }).count < 4 else { return false }
        let content = line.trimmingBlanks
        return content.first == "|" || MarkdownLine.heading(content) != nil || MarkdownLine.listItem(content) != nil
    }

    /// The text of the lines.
    var text: String { lines.joined(separator: "\n") + "\n" }

    /// The number with its mark at a place, such as `7.`.
    ///
    /// - Parameter start: The line and the column, in bytes, counting from 1.
    /// - Returns: The number, and its text with the mark; nil if no number is there.
    func number(at start: (line: Int, column: Int)) -> (value: Int, text: Substring)? {
        guard lines.indices.contains(start.line - 1) else { return nil }
        let line = lines[start.line - 1]
        guard let place = line.utf8.index(line.startIndex, offsetBy: start.column - 1, limitedBy: line.endIndex),
            let value = Int(line[place...].prefix { $0.isASCII && $0.isNumber })
        else { return nil }
        return (value, line[place...].prefix { !$0.isWhitespace })
    }

    /// The quotation marks and the indentation of a line, and the rest.
    private static func parts(of line: Substring) -> (prefix: Substring, content: Substring) {
        let content = line.drop { $0 == ">" || $0.isWhitespace }
        return (line[..<content.startIndex], content.trimmingBlanks)
    }

    private mutating func add(_ line: Substring, _ prefix: Substring, _ content: Substring) {
        if let open = fence {
            if let (mark, length) = MarkdownLine.fence(content), mark == open.mark, length >= open.length,
                content.count == length
            {
                fence = nil
            }
            lines.append(line)
            return
        }
        fence = MarkdownLine.fence(content)
        let kept = MarkdownLine.withoutGeneratorMarks(content)
        if fence == nil, isAtStart, MarkdownLine.isModuleCode(content) {
            lines.append("")
        } else if fence == nil, kept != content {
            for line in kept.split(separator: "\n", omittingEmptySubsequences: false) {
                lines.append(Self.guarded(prefix + line.trimmingBlanks))
                isAtStart = line.isEmpty
            }
        } else {
            lines.append(fence == nil ? Self.guarded(line) : line)
            isAtStart = content.isEmpty
        }
    }

    /// The line, with a guard if it starts with a date, after the marks of lists.
    private static func guarded(_ line: Substring) -> Substring {
        let content = line.drop { " \t>-*+".contains($0) }
        let isDate =
            content.first?.isNumber == true && MarkdownLine.listItem(content) != nil
            && MarkdownLine.beginsWithDate(content)
        let kept = isDate ? line[..<content.startIndex] + guardCharacter + content : line
        return withProducts(kept)
    }

    /// The line with the marks between figures kept, as in `8*5*4`, which are not those of emphasis.
    private static func withProducts(_ line: Substring) -> Substring {
        guard line.contains("*"), !line.contains("`") else { return line }
        return line.replacing(/(\d)\*(?=\d)/) { "\($0.1)\\*" }
    }

    /// The HTML of a table, with the cells as they are written.
    private static func page(ofTable rows: some Sequence<Substring>) -> Substring {
        var page = "<table>"
        var name = "th"
        for row in rows {
            page += "<tr>"
            for cell in MarkdownLine.cells(row) {
                let text = cell.trimmingBlanks.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
                page += "<\(name)>" + text
            }
            name = "td"
        }
        return page[...] + "</table>"
    }

    private static func startsTable(_ content: Substring, _ rest: ArraySlice<Substring>) -> Bool {
        guard content.contains("|"), let next = rest.first else { return false }
        return MarkdownLine.isTableRule(parts(of: next).content) && !MarkdownLine.isTableRule(content)
    }

    /// Adds a table whose header and delimiter row are as wide as its widest row, and ends it.
    private mutating func addTable(_ header: Substring, _ prefix: Substring, _ rest: inout ArraySlice<Substring>) {
        guard fence == nil, let rule = rest.popFirst() else {
            lines.append(header)
            return
        }
        let rows = rest.prefix { Self.parts(of: $0).content.contains("|") }
        rest = rest[rows.endIndex...]
        let content = Self.parts(of: header).content
        let width = MarkdownLine.cells(content).count
        let widest = rows.reduce(width) { max($0, MarkdownLine.cells(Self.parts(of: $1).content).count) }
        let isClosed = content.last == "|" && !content.hasSuffix("\\|")
        guard widest <= Self.maximumColumns else {
            let cells = CollectionOfOne(content) + rows.map { Self.parts(of: $0).content }
            lines += [prefix + Self.page(ofTable: cells), prefix.filter { $0 == ">" }[...]]
            isAtStart = true
            return
        }
        let padding = String(repeating: " |", count: widest - width)
        let isOpen = padding.isEmpty || isClosed
        lines.append(prefix + MarkdownWikiMarks.replace(in: content) + (isOpen ? "" : " |") + padding)
        lines.append(Self.parts(of: rule).prefix + String(repeating: "|-", count: widest) + "|")
        lines += rows.map { MarkdownWikiMarks.replace(in: $0) }
        // The line after the last row is no row, unless it has a bar.
        let quotation = prefix.filter { $0 == ">" }
        if let next = rest.first, !Self.parts(of: next).content.isEmpty { lines.append(quotation[...]) }
        isAtStart = true
    }
}
