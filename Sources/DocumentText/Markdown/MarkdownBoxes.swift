/// The boxes and tabs of MkDocs, `!!! note "Peru"`, `??? note` and `=== "Peru"`, whose content is indented by four blanks.
enum MarkdownBoxes {
    private static let indentation = 4
    /// The maximum depth of nested boxes.
    private static let maximumDepth = 8

    /// The lines with the contents of boxes not indented, and their titles on lines of their own.
    static func open(_ lines: ArraySlice<Substring>) -> ArraySlice<Substring> {
        guard lines.contains(where: { title(of: $0.trimmingBlanks) != nil }) else { return lines }
        var opened: [Substring] = []
        var depth = 0
        var fence: (mark: Character, length: Int)?
        for line in lines {
            let indent = line.prefix { $0 == " " }.count
            let isBlank = line.allSatisfy(\.isWhitespace)
            if !isBlank { depth = min(depth, indent / indentation) }
            let content = line.dropFirst(min(indent, depth * indentation))
            let trimmed = content.trimmingBlanks
            if let open = fence {
                if let found = MarkdownLine.fence(trimmed), found.mark == open.mark, found.length >= open.length {
                    fence = nil
                }
                opened.append(content)
            } else if depth < maximumDepth, indent < (depth + 1) * indentation, let title = title(of: trimmed) {
                opened += ["", title, ""]
                depth += 1
            } else {
                fence = MarkdownLine.fence(trimmed)
                opened.append(content)
            }
        }
        return opened[...]
    }

    /// The title in the first line of a box, which may be empty; nil of any other line.
    private static func title(of line: Substring) -> Substring? {
        guard let mark = line.first, "=!?".contains(mark), line.prefix(3).allSatisfy({ $0 == mark }) else { return nil }
        let rest = line.dropFirst(3).drop { $0 == "+" || $0 == "!" }
        guard rest.first == " " else { return nil }
        guard let start = rest.firstIndex(of: "\"") else {
            // The kind of a box without a title.
            return mark != "=" && rest.allSatisfy { $0.isLetter || $0 == " " || $0 == "-" } ? "" : nil
        }
        guard rest.last == "\"", rest.endIndex > rest.index(after: start), rest[..<start].allSatisfy({ $0 != "=" })
        else {
            return nil
        }
        return rest[rest.index(after: start)...].dropLast()
    }
}
