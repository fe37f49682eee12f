import HTTPClient
import HTTPTypes

/// A request in the one form in which client and server sign it.
///
/// Source: "Create a signed AWS API request" in the AWS Identity and Access Management User Guide.
struct CanonicalRequest: Hashable {
    /// The names of the signed header fields, in order, with `;` between them.
    let signedHeaders: String
    /// The lines that are hashed.
    let text: String

    /// Creates the canonical form of a request.
    ///
    /// - Parameters:
    ///   - request: The request with all fields that are to be signed. Its path is the path as it is sent.
    ///   - payloadHash: The body's SHA-256 as hexadecimal digits, or the word that stands for it.
    ///   - normalizesPath: Whether `.`, `..` and empty segments are resolved first, as for every service but S3.
    init(_ request: HTTPRequest, payloadHash: String, normalizesPath: Bool = true) {
        let (path, query) = Self.split(request.path ?? "/")
        let fields = Self.fields(request)
        signedHeaders = fields.map(\.name).joined(separator: ";")
        text = [
            request.method.rawValue,
            (normalizesPath ? Self.normalized(path) : path).percentEncoded(keeping: "/"),
            Self.canonicalQuery(query),
            fields.map { "\($0.name):\($0.value)\n" }.joined(),
            signedHeaders,
            payloadHash,
        ].joined(separator: "\n")
    }

    /// The fields that proxies may change or the client's library adds, which are not signed.
    private static let unsignedFields: Set<String> = [
        "authorization", "connection", "expect", "te", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
    ]

    private static func split(_ target: String) -> (path: String, query: Substring) {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (target, "") }
        return (String(target[..<mark]), target[target.utf8.index(after: mark)...])
    }

    private static func normalized(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
        }
        guard !segments.isEmpty else { return "/" }
        return "/" + segments.joined(separator: "/") + (path.hasSuffix("/") ? "/" : "")
    }

    /// The parameters, encoded once and sorted by name and value; one without a value has an empty one.
    private static func canonicalQuery(_ query: Substring) -> String {
        query.split(separator: "&")
            .map { parameter in
                let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (
                    parts[0].percentDecoded.percentEncoded(),
                    (parts.count > 1 ? parts[1] : "").percentDecoded.percentEncoded()
                )
            }
            .sorted { $0 < $1 }
            .map { "\($0)=\($1)" }
            .joined(separator: "&")
    }

    /// The fields by name in lower case, sorted; several of one name are one with commas between the values.
    private static func fields(_ request: HTTPRequest) -> [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        if let host = request.authority { values["host"] = [host] }
        for field in request.headerFields {
            let name = field.name.canonicalName
            guard !unsignedFields.contains(name) else { continue }
            values[name, default: []].append(field.value.split { $0 == " " || $0 == "\t" }.joined(separator: " "))
        }
        return values.map { ($0.key, $0.value.joined(separator: ",")) }.sorted { $0.name < $1.name }
    }
}

extension StringProtocol {
    /// The text with each `%XX` as the byte that it stands for.
    var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, digits.first != UInt8(ascii: "+"),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
