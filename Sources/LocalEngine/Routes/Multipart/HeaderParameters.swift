internal import Foundation

/// A header's value with its parameters, such as `form-data; name="file"; filename="a b.md"`.
///
/// It is read by Unicode scalars: a quotation mark ends a name even if the next scalar would combine with it.
struct HeaderParameters: Sendable, Hashable {
    private typealias Scalars = Substring.UnicodeScalarView

    /// The value before the parameters.
    let value: String
    private let parameters: [String: String]

    /// Reads a header's value.
    init(_ text: some StringProtocol) {
        var rest = Substring(text).unicodeScalars
        value = Self.token(&rest, until: ";")
        var parameters: [String: String] = [:]
        while rest.popFirst() == ";" {
            let name = Self.token(&rest, until: "=;").lowercased()
            guard rest.first == "=" else { continue }
            rest.removeFirst()
            parameters[name] = rest.first == "\"" ? Self.quoted(&rest) : Self.token(&rest, until: ";")
            rest = rest.drop { $0 != ";" }
        }
        self.parameters = parameters
    }

    /// A parameter.
    subscript(name: String) -> String? {
        parameters[name]
    }

    /// A parameter in the extended notation of RFC 8187, such as `filename*=UTF-8''a%20b.md`.
    func extended(_ name: String) -> String? {
        guard let parts = parameters[name + "*"]?.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false),
            parts.count == 3, parts[0].lowercased() == "utf-8"
        else { return nil }
        return String(parts[2]).removingPercentEncoding
    }

    /// Takes the text before one of the ends, without surrounding white space.
    private static func token(_ rest: inout Scalars, until ends: String) -> String {
        let token = rest.prefix { !ends.unicodeScalars.contains($0) }
        rest = rest[token.endIndex...]
        return String(token).trimmingCharacters(in: .whitespaces)
    }

    /// Takes a quoted string.
    ///
    /// Only quotation marks and backslashes are escaped; a single backslash means itself, as in `C:\a.md`.
    private static func quoted(_ rest: inout Scalars) -> String {
        rest.removeFirst()
        var content = String.UnicodeScalarView()
        while let scalar = rest.popFirst(), scalar != "\"" {
            if scalar == "\\", let next = rest.first, next == "\"" || next == "\\" {
                rest.removeFirst()
                content.append(next)
            } else {
                content.append(scalar)
            }
        }
        return String(content)
    }
}

/// The headers of a part.
struct MultipartHeaders: Sendable, Hashable {
    /// The field's name.
    let name: String
    /// The file's name, if the part is a file.
    let filename: String?

    /// Reads a block of header lines.
    ///
    /// - Throws: `MultipartError` if no line names the field.
    init(parsing block: some Collection<UInt8>) throws(MultipartError) {
        for line in block.split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line.prefix { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
            guard let colon = text.firstIndex(of: ":"), text[..<colon].lowercased() == "content-disposition" else {
                continue
            }
            let value = HeaderParameters(text[text.index(after: colon)...])
            guard value.value.lowercased() == "form-data", let name = value["name"] else { break }
            self.name = name
            filename = value.extended("filename") ?? value["filename"]
            return
        }
        throw .malformed("a part has no name")
    }
}
