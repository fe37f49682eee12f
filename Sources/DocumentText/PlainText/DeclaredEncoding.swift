/// Finds the encoding that a web page or an XML document says it is in.
enum DeclaredEncoding {
    /// A declaration further from the start is not looked for; the standard of HTML asks for the first 1024 bytes.
    private static let searchedBytes = 4096

    /// The label of the encoding, in lower case, such as `windows-1252`; nil if none is declared.
    static func label(in bytes: [UInt8]) -> String? {
        // Whatever the encoding, the declaration is in ASCII.
        let ascii = bytes.prefix(searchedBytes).map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }
        let start = String(decoding: ascii, as: UTF8.self)
        if start.hasPrefix("<?xml"), let end = start.firstRange(of: "?>"),
            let label = value(of: "encoding", in: start[..<end.lowerBound])
        {
            return label
        }
        var tokens = MarkupTokenizer(start, dialect: .html)
        while let token = tokens.next() {
            guard case .start("meta", let attributes, _) = token else { continue }
            if let label = attributes["charset"] { return label.lowercased().onOneLine }
            if attributes["http-equiv"]?.lowercased() == "content-type", let content = attributes["content"],
                let label = value(of: "charset", in: content[...])
            {
                return label
            }
        }
        return nil
    }

    /// The value in `name="value"` or `name=value`.
    private static func value(of name: String, in text: Substring) -> String? {
        let text = text.lowercased()
        guard let name = text.firstRange(of: name) else { return nil }
        let rest = text[name.upperBound...].drop { $0.isWhitespace }
        guard rest.first == "=" else { return nil }
        let value = rest.dropFirst().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
        let label = value.prefix { !$0.isWhitespace && !"\"';>".contains($0) }
        return label.isEmpty ? nil : String(label)
    }
}
