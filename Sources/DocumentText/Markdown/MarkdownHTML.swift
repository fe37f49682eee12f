/// Finds blocks of HTML in Markdown that have a structure of their own: tables, lists and headings.
struct MarkdownHTML {
    private static let elements = ["table", "dl", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"]
    /// A block of more lines than this is read as Markdown.
    private static let mostLines = 20_000

    /// The elements that nothing closes any more.
    private var unclosed: Set<String> = []

    /// Takes a block that a line begins.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - lines: The lines after it; those of the block are taken.
    /// - Returns: The HTML; nil if the line begins none, or its element is not closed.
    mutating func block(from line: Substring, _ lines: inout ArraySlice<Substring>) -> String? {
        let content = line.trimmingBlanks
        guard content.first == "<" else { return nil }
        let name = content.dropFirst().prefix { $0.isLetter || $0.isNumber }.lowercased()
        guard Self.elements.contains(name), !unclosed.contains(name) else { return nil }
        var depth = Self.depth(of: name, in: content)
        var block = [content]
        var end = lines.startIndex
        while depth > 0, end < lines.endIndex, block.count < Self.mostLines {
            depth += Self.depth(of: name, in: lines[end])
            block.append(lines[end])
            end += 1
        }
        guard depth <= 0 else {
            unclosed.insert(name)
            return nil
        }
        lines = lines[end...]
        return block.joined(separator: "\n")
    }

    /// How many more elements a line opens than it closes.
    private static func depth(of name: String, in line: Substring) -> Int {
        guard line.contains("<") else { return 0 }
        var tokens = MarkupTokenizer(line, dialect: .html)
        var depth = 0
        while let token = tokens.next() {
            switch token {
            case .start(name, _, false): depth += 1
            case .end(name): depth -= 1
            default: break
            }
        }
        return depth
    }
}
