/// An HTTP/1.1 request as a scripted server received it.
public struct ReceivedRequest: Sendable {
    /// The first line, such as `GET / HTTP/1.1`.
    public let line: String

    /// The header lines, as they came.
    public let headerLines: [String]

    /// The body.
    public var body: [UInt8] = []

    init(head: String) {
        // Split by scalars: Swift takes CR LF for one character.
        let lines = head.unicodeScalars.split(separator: "\r\n".unicodeScalars).map { String($0) }
        line = lines.first ?? ""
        headerLines = Array(lines.dropFirst())
    }

    /// The value of the first field of that name, in whatever case.
    public subscript(name: String) -> String? {
        for line in headerLines {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.first?.lowercased() == name.lowercased() else { continue }
            return parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        return nil
    }

    /// What `Content-Length` says; 0 without it.
    public var contentLength: Int { self["content-length"].flatMap { Int($0) } ?? 0 }

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
