internal import Foundation

/// The fields of a body of the type `multipart/form-data` (RFC 7578).
struct MultipartForm {
    /// A field.
    struct Part {
        let name: String
        /// The media type that the client states; nil if it states none.
        let mediaType: String?
        let content: Data
    }

    let parts: [Part]

    /// The maximum number of fields, and of bytes of the header of each.
    private static let maximumParts = 32
    private static let maximumHeaderBytes = 4096

    /// Reads a body; nil if it is malformed.
    ///
    /// - Parameters:
    ///   - body: The body.
    ///   - boundary: The boundary, as the content type states it.
    init?(_ body: Data, boundary: String) {
        guard !boundary.isEmpty, boundary.utf8.count <= 70 else { return nil }
        let opening = Data("--\(boundary)".utf8)
        let delimiter = Data("\r\n--\(boundary)".utf8)
        guard let first = body.range(of: opening) else { return nil }
        var parts: [Part] = []
        var position = first.upperBound
        while !body[position...].starts(with: "--".utf8) {
            guard parts.count < Self.maximumParts, body[position...].starts(with: "\r\n".utf8) else { return nil }
            guard let end = body.range(of: delimiter, in: position..<body.endIndex),
                let part = Self.part(body[(position + 2)..<max(position + 2, end.lowerBound)])
            else { return nil }
            parts.append(part)
            position = end.upperBound
        }
        self.parts = parts
    }

    /// The first field of a name.
    subscript(name: String) -> Part? { parts.first { $0.name == name } }

    private static func part(_ bytes: Data) -> Part? {
        let blankLine = Data("\r\n\r\n".utf8)
        let limit = min(bytes.endIndex, bytes.startIndex + maximumHeaderBytes)
        guard let end = bytes.range(of: blankLine, in: bytes.startIndex..<limit) else { return nil }
        let header = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        var name: String?
        var mediaType: String?
        for line in header.split(separator: "\r\n") {
            let halves = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard halves.count == 2 else { return nil }
            switch halves[0].lowercased() {
            case "content-disposition": name = parameter("name", of: halves[1])
            case "content-type": mediaType = halves[1]
            default: break
            }
        }
        return name.map { Part(name: $0, mediaType: mediaType, content: bytes[end.upperBound...]) }
    }

    /// A parameter of a header field, with or without quotes.
    static func parameter(_ name: String, of field: String) -> String? {
        for part in field.split(separator: ";").dropFirst() {
            let halves = part.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard halves.count == 2, halves[0].lowercased() == name else { continue }
            let value = halves[1]
            return value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
                ? String(value.dropFirst().dropLast()) : value
        }
        return nil
    }
}
