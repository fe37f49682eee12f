/// Splits XML into tags and text, and tolerates errors.
///
/// It has neither backtracking nor recursion, so that its time is linear for any input.
struct MarkupTokenizer {
    /// A token of the markup.
    enum Token: Hashable {
        case text(String)
        /// `isClosed` is set for `<name/>`.
        case start(name: String, attributes: [String: String], isClosed: Bool)
        case end(name: String)
    }

    private let bytes: [UInt8]
    private var position = 0

    /// Creates a tokenizer of UTF-8.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next token; nil at the end.
    mutating func next() -> Token? {
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<"), position + 1 < bytes.count else {
                return takeText(upTo: endOfText())
            }
            switch bytes[position + 1] {
            case UInt8(ascii: "!"):
                if let text = skipDeclaration() { return .text(text) }
            case UInt8(ascii: "?"): skip(past: "?>")
            case UInt8(ascii: "/"): return takeEndTag()
            case let byte where byte.isLetter: return takeStartTag()
            default: return takeText(upTo: endOfText())
            }
        }
        return nil
    }

    private mutating func takeText(upTo end: Int) -> Token {
        defer { position = end }
        return .text(CharacterReference.decode(bytes[position..<end]))
    }

    /// The next `<` after the position, which may itself be a `<` that starts no tag.
    private func endOfText() -> Int {
        bytes[(position + 1)...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
    }

    /// Skips a comment or a declaration; the content of a CDATA section is text.
    private mutating func skipDeclaration() -> String? {
        if starts(with: "<!--") {
            position += 4
            skip(past: "-->")
        } else if starts(with: "<![CDATA[") {
            let start = position + 9
            position = start
            skip(past: "]]>")
            let end =
                position >= start + 3 && bytes[..<position].suffix(3).elementsEqual("]]>".utf8)
                ? position - 3 : position
            return String(decoding: bytes[start..<end], as: UTF8.self)
        } else {
            skip(past: ">")
        }
        return nil
    }

    private mutating func takeEndTag() -> Token {
        position += 2
        let name = takeName()
        skip(past: ">")
        return .end(name: name)
    }

    private mutating func takeStartTag() -> Token {
        position += 1
        let name = takeName()
        var attributes: [String: String] = [:]
        while position < bytes.count {
            skipBlanks()
            guard position < bytes.count else { break }
            switch bytes[position] {
            case UInt8(ascii: ">"):
                position += 1
                return .start(name: name, attributes: attributes, isClosed: false)
            case UInt8(ascii: "/"):
                position += 1
                if position < bytes.count, bytes[position] == UInt8(ascii: ">") {
                    position += 1
                    return .start(name: name, attributes: attributes, isClosed: true)
                }
            case UInt8(ascii: "="): position += 1
            default: attributes[takeName()] = takeValue()
            }
        }
        return .start(name: name, attributes: attributes, isClosed: false)
    }

    private mutating func takeName() -> String {
        let start = position
        while position < bytes.count, !bytes[position].isBlankByte, !"/>=".utf8.contains(bytes[position]) {
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func takeValue() -> String {
        skipBlanks()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { return "" }
        position += 1
        skipBlanks()
        guard position < bytes.count else { return "" }
        let quote = bytes[position]
        let end: Int
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            position += 1
            end = bytes[position...].firstIndex(of: quote) ?? bytes.count
        } else {
            end = bytes[position...].firstIndex { $0.isBlankByte || $0 == UInt8(ascii: ">") } ?? bytes.count
        }
        defer { position = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") ? min(end + 1, bytes.count) : end }
        return CharacterReference.decode(bytes[position..<end])
    }

    private mutating func skipBlanks() {
        while position < bytes.count, bytes[position].isBlankByte { position += 1 }
    }

    private func starts(with prefix: StaticString) -> Bool {
        bytes[position...].starts(with: prefix.description.utf8)
    }

    /// Moves to the end of the next occurrence of bytes, or to the end.
    private mutating func skip(past mark: String) {
        let mark = Array(mark.utf8)
        while let start = bytes[position...].firstIndex(of: mark[0]) {
            position = start + 1
            if bytes[start...].starts(with: mark) {
                position = start + mark.count
                return
            }
        }
        position = bytes.count
    }
}
