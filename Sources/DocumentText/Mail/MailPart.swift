/// A message or a part of one, by RFC 5322 and RFC 2045: header fields, an empty line, and a body.
struct MailPart {
    /// The header fields with their names in lower case, unfolded, in their order.
    let fields: [(name: String, value: String)]
    /// The body in its transfer encoding.
    let body: ArraySlice<UInt8>

    /// The maximum number of header fields.
    private static let maximumFields = 500

    /// Parses a message.
    init(_ bytes: ArraySlice<UInt8>) {
        var fields: [(name: String, value: String)] = []
        var position = bytes.startIndex
        // An mbox file, or a mail program, may have a line before the first field.
        if bytes.starts(with: "From ".utf8) { position = bytes.endOfLine(from: position).next }
        while position < bytes.endIndex {
            let (end, next) = bytes.endOfLine(from: position)
            let line = Self.text(of: bytes[position..<end])
            position = next
            guard !line.isEmpty else { break }
            if let first = line.first, first == " " || first == "\t" {
                if !fields.isEmpty { fields[fields.count - 1].value += " " + line[...].trimmingBlanks }
            } else if let colon = line.firstIndex(of: ":"), fields.count < Self.maximumFields {
                fields.append(
                    (
                        line[..<colon].trimmingBlanks.lowercased(),
                        String(line[line.index(after: colon)...].trimmingBlanks)
                    )
                )
            }
        }
        self.fields = fields
        body = bytes[position...]
    }

    /// The first field of a name.
    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The body's content type, in lower case, such as `text/plain`.
    var contentType: MailParameters { MailParameters(field("content-type") ?? "text/plain") }

    /// The part's filename; nil if it is not a file.
    var filename: String? {
        let disposition = MailParameters(field("content-disposition") ?? "")
        return (disposition["filename"] ?? contentType["name"]).map { EncodedWords.decode($0).onOneLine }
    }

    /// Whether the part is an attachment.
    var isAttachment: Bool {
        let disposition = MailParameters(field("content-disposition") ?? "").value
        return disposition == "attachment" || filename != nil && disposition != "inline"
    }

    /// The decoded body.
    var content: [UInt8] {
        switch field("content-transfer-encoding").map({ $0[...].trimmingBlanks.lowercased() }) {
        case "base64": TransferEncoding.base64(body)
        case "quoted-printable": TransferEncoding.quotedPrintable(body)
        default: Array(body)
        }
    }

    /// The parts of a multipart body; empty for any other.
    ///
    /// - Parameter limit: The maximum number of parts.
    /// - Returns: The parts.
    func parts(upTo limit: Int) -> [MailPart] {
        guard contentType.value.hasPrefix("multipart/"), let boundary = contentType["boundary"], !boundary.isEmpty
        else {
            return []
        }
        let mark = Array("--\(boundary)".utf8)
        var parts: [MailPart] = []
        var start: Int?
        var position = body.startIndex
        while position < body.endIndex, parts.count < limit {
            let (end, next) = body.endOfLine(from: position)
            let line = body[position..<end]
            if line.starts(with: mark) {
                let rest = line.dropFirst(mark.count)
                let isEnd = rest.starts(with: "--".utf8)
                if isEnd || rest.allSatisfy(\.isBlankByte) {
                    if let start { parts.append(MailPart(body[start..<position].withoutLastLineEnd)) }
                    start = next
                    if isEnd { return parts }
                }
            }
            position = next
        }
        // A truncated message ends without its boundary.
        if let start, start < body.endIndex, parts.count < limit { parts.append(MailPart(body[start...])) }
        return parts
    }

    /// Fields should be ASCII; some programs write UTF-8 or Windows-1252.
    private static func text(of line: ArraySlice<UInt8>) -> String {
        String(validating: line, as: UTF8.self) ?? LegacyEncoding.decode(line, "WINDOWS-1252")
            ?? String(decoding: line, as: UTF8.self)
    }
}

extension ArraySlice<UInt8> {
    /// The end of a line, and the start of the next one.
    func endOfLine(from position: Int) -> (end: Int, next: Int) {
        guard let feed = self[position...].firstIndex(of: 0x0A) else { return (endIndex, endIndex) }
        let end = feed > position && self[feed - 1] == 0x0D ? feed - 1 : feed
        return (end, feed + 1)
    }

    fileprivate var withoutLastLineEnd: Self {
        var slice = self
        if slice.last == 0x0A { slice.removeLast() }
        if slice.last == 0x0D { slice.removeLast() }
        return slice
    }
}
