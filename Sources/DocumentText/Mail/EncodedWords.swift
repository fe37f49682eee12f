/// Encoded words of header fields by RFC 2047: `=?utf-8?Q?Pr=C3=A4mie?=`.
enum EncodedWords {
    /// Decodes a field's text.
    static func decode(_ field: String) -> String {
        guard field.contains("=?") else { return field }
        var text = ""
        var pending: (charset: String, bytes: [UInt8])?
        var rest = field[...]
        func flush() {
            if let word = pending { text += MailText.text(from: word.bytes, charset: word.charset) }
            pending = nil
        }
        while let start = rest.firstRange(of: "=?") {
            let before = rest[..<start.lowerBound]
            guard let word = word(at: rest[start.lowerBound...]) else {
                flush()
                text += rest[..<start.upperBound]
                rest = rest[start.upperBound...]
                continue
            }
            // Blanks between two encoded words are not text, and a character may be split between them.
            if pending == nil || !before.allSatisfy(\.isWhitespace) {
                flush()
                text += before
            }
            if pending?.charset != word.charset { flush() }
            pending = (word.charset, (pending?.bytes ?? []) + word.bytes)
            rest = word.rest
        }
        flush()
        return text + rest
    }

    private static func word(at text: Substring) -> (charset: String, bytes: [UInt8], rest: Substring)? {
        let parts = text.dropFirst(2).split(separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, !parts[0].isEmpty, parts[3].first == "=" else { return nil }
        let charset = parts[0].split(separator: "*").first.map { $0.lowercased() } ?? ""
        switch parts[1].lowercased() {
        case "b": return (charset, TransferEncoding.base64(Array(parts[2].utf8)), parts[3].dropFirst())
        case "q":
            let bytes = TransferEncoding.quotedPrintable(Array(parts[2].utf8), isWord: true)
            return (charset, bytes, parts[3].dropFirst())
        default: return nil
        }
    }
}

/// Decodes texts of mail by their charset.
enum MailText {
    /// Decodes bytes; invalid ones are replaced.
    static func text(from bytes: [UInt8], charset: String) -> String {
        let name = LegacyEncoding.name(ofLabel: charset.lowercased()) ?? "UTF-8"
        if name == "UTF-8", let text = String(validating: bytes, as: UTF8.self) { return text }
        return LegacyEncoding.decode(bytes[...], name) ?? String(validating: bytes, as: UTF8.self)
            ?? LegacyEncoding.decode(bytes[...], "WINDOWS-1252") ?? String(decoding: bytes, as: UTF8.self)
    }
}
