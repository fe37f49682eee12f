/// Finds HTML blocks with a structure in Markdown: tables, lists and headings.
struct MarkdownHTML {
    private static let elements = ["table", "dl", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"]
    /// The maximum number of lines of a block; a longer one is read as Markdown.
    private static let maximumLines = 20_000

    /// The elements without an end tag in the rest of the text.
    private var unclosed: Set<String> = []

    /// Reads a block that starts at a line.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - lines: The lines after it, from which those of the block are removed.
    /// - Returns: The HTML; nil if no block starts at the line, or its element has no end tag.
    mutating func block(from line: Substring, _ lines: inout ArraySlice<Substring>) -> String? {
        let content = line.trimmingBlanks
        guard content.first == "<" else { return nil }
        let name = content.dropFirst().prefix { $0.isLetter || $0.isNumber }.lowercased()
        guard Self.elements.contains(name), !unclosed.contains(name) else { return nil }
        var depth = Self.depth(of: name, in: content)
        var block = [content]
        var end = lines.startIndex
        while depth > 0, end < lines.endIndex, block.count < Self.maximumLines {
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

    /// The number of start tags less the number of end tags in a line.
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

/// Distinguishes HTML tags in Markdown from text in angle brackets, such as `<What is it for?>`.
enum MarkdownTag {
    /// Whether the text between two angle brackets is a tag by CommonMark's rules: a name, then attributes.
    static func isOne(_ inner: ArraySlice<UInt8>) -> Bool {
        var rest = inner
        let isEnd = rest.first == UInt8(ascii: "/")
        if isEnd { rest = rest.dropFirst() }
        guard rest.first?.isLetter == true else { return false }
        rest = rest.drop { isOfName($0) }
        while true {
            let isApart = rest.first?.isBlankByte == true
            rest = rest.drop(while: \.isBlankByte)
            guard let first = rest.first else { return true }
            if isEnd { return false }
            if first == UInt8(ascii: "/") { return rest.count == 1 }
            guard isApart, first.isLetter || first == UInt8(ascii: "_") || first == UInt8(ascii: ":") else {
                return false
            }
            rest = rest.drop { isOfName($0) || "_.:".utf8.contains($0) }
            let value = rest.drop(while: \.isBlankByte)
            guard value.first == UInt8(ascii: "=") else { continue }
            guard let end = endOfValue(value.dropFirst().drop(while: \.isBlankByte)) else { return false }
            rest = end
        }
    }

    /// The text after the value of an attribute; nil if there is no value.
    private static func endOfValue(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let quote = text.first else { return nil }
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            return text.dropFirst().firstIndex(of: quote).map { text[($0 + 1)...] }
        }
        let value = text.prefix { !$0.isBlankByte && !"\"'=<>`".utf8.contains($0) }
        return value.isEmpty ? nil : text[value.endIndex...]
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        byte.isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
    }
}
