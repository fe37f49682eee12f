/// Tells HTML tags in Markdown from text between angle brackets, such as `<What is it for?>`.
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

    /// What follows the value of an attribute; nil if there is no value.
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
