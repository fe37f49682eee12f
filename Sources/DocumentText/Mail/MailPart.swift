/// A message, or a part of one, as RFC 5322 and RFC 2045 write it: header fields, an empty line, and a body.
struct MailPart {
    /// The header fields with their names in lower case, unfolded, in their order.
    let fields: [(name: String, value: String)]
    /// The body as it was sent.
    let body: ArraySlice<UInt8>

    /// No more header fields than this are looked at.
    private static let mostFields = 500

    /// Takes a message apart.
    init(_ bytes: ArraySlice<UInt8>) {
        var fields: [(name: String, value: String)] = []
        var place = bytes.startIndex
        // A file of messages, or a mail program, may put a line before the first field.
        if bytes.starts(with: "From ".utf8) { place = bytes.endOfLine(from: place).next }
        while place < bytes.endIndex {
            let (end, next) = bytes.endOfLine(from: place)
            let line = Self.text(of: bytes[place..<end])
            place = next
            guard !line.isEmpty else { break }
            if let first = line.first, first == " " || first == "\t" {
                if !fields.isEmpty { fields[fields.count - 1].value += " " + line[...].trimmingBlanks }
            } else if let colon = line.firstIndex(of: ":"), fields.count < Self.mostFields {
                fields.append(
                    (
                        line[..<colon].trimmingBlanks.lowercased(),
                        String(line[line.index(after: colon)...].trimmingBlanks)
                    )
                )
            }
        }
        self.fields = fields
        body = bytes[place...]
    }

    /// The first field of a name.
    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// What kind of content the body is, in lower case, such as `text/plain`.
    var contentType: MailParameters { MailParameters(field("content-type") ?? "text/plain") }

    /// The name of the file that the part is; nil if it is none.
    var filename: String? {
        let disposition = MailParameters(field("content-disposition") ?? "")
        return (disposition["filename"] ?? contentType["name"]).map { EncodedWords.decode($0).onOneLine }
    }

    /// Whether the part is to be shown beside the message, not in it.
    var isAttachment: Bool {
        let disposition = MailParameters(field("content-disposition") ?? "").value
        return disposition == "attachment" || filename != nil && disposition != "inline"
    }

    /// The body as it was before it was sent.
    var content: [UInt8] {
        switch field("content-transfer-encoding").map({ $0[...].trimmingBlanks.lowercased() }) {
        case "base64": TransferEncoding.base64(body)
        case "quoted-printable": TransferEncoding.quotedPrintable(body)
        default: Array(body)
        }
    }

    /// The parts of a body of several parts; empty if it is of one.
    ///
    /// - Parameter limit: The most parts that are looked at.
    /// - Returns: The parts.
    func parts(upTo limit: Int) -> [MailPart] {
        guard contentType.value.hasPrefix("multipart/"), let boundary = contentType["boundary"], !boundary.isEmpty
        else {
            return []
        }
        let mark = Array("--\(boundary)".utf8)
        var parts: [MailPart] = []
        var start: Int?
        var place = body.startIndex
        while place < body.endIndex, parts.count < limit {
            let (end, next) = body.endOfLine(from: place)
            let line = body[place..<end]
            if line.starts(with: mark) {
                let rest = line.dropFirst(mark.count)
                let isEnd = rest.starts(with: "--".utf8)
                if isEnd || rest.allSatisfy(\.isBlankByte) {
                    if let start { parts.append(MailPart(body[start..<place].withoutLastLineEnd)) }
                    start = next
                    if isEnd { return parts }
                }
            }
            place = next
        }
        // A message that was cut off ends without its mark.
        if let start, start < body.endIndex, parts.count < limit { parts.append(MailPart(body[start...])) }
        return parts
    }

    /// Fields are in ASCII; some programs write UTF-8, and some Windows-1252.
    private static func text(of line: ArraySlice<UInt8>) -> String {
        String(validating: line, as: UTF8.self) ?? LegacyEncoding.decode(line, "WINDOWS-1252")
            ?? String(decoding: line, as: UTF8.self)
    }
}

extension ArraySlice<UInt8> {
    /// Where a line ends and where the next one begins.
    func endOfLine(from place: Int) -> (end: Int, next: Int) {
        guard let feed = self[place...].firstIndex(of: 0x0A) else { return (endIndex, endIndex) }
        let end = feed > place && self[feed - 1] == 0x0D ? feed - 1 : feed
        return (end, feed + 1)
    }

    fileprivate var withoutLastLineEnd: Self {
        var slice = self
        if slice.last == 0x0A { slice.removeLast() }
        if slice.last == 0x0D { slice.removeLast() }
        return slice
    }
}
