internal import Foundation
internal import HTTPTypes

/// A valid request in libcurl's terms, validated on the caller's task, so that the client's thread sees no invalid one.
struct CheckedRequest: Sendable {
    let method: HTTPRequest.Method
    let url: String
    let isSecure: Bool
    /// The header lines, such as `Name: value`, each ended by a NUL.
    let headerLines: [[CChar]]
    let hasContentType: Bool
    let body: HTTPClientRequest.Body
    let timeouts: HTTPClientRequest.Timeouts
    let unixSocketPath: String?
    let readBufferSize: Int

    init(_ request: HTTPClientRequest) throws(HTTPClientError) {
        method = request.head.method
        guard method != .connect else { throw Self.invalid("CONNECT is not a request to a resource") }

        let scheme = request.head.scheme ?? ""
        guard scheme == "http" || scheme == "https" else { throw Self.invalid("the scheme is not http or https") }
        isSecure = scheme == "https"
        url = "\(scheme)://\(try Self.authority(request.head))\(try Self.path(request.head))"

        headerLines = try Self.headerLines(request)
        hasContentType = request.head.headerFields.contains(.contentType)
        try Self.check(request.body, method: method)
        body = request.body
        timeouts = request.timeouts
        if let path = request.unixSocketPath {
            guard (1..<Self.socketPathCapacity).contains(path.utf8.count), !path.utf8.contains(0) else {
                throw Self.invalid("the path of the Unix socket is empty or too long")
            }
        }
        unixSocketPath = request.unixSocketPath
        guard (1024...524_288).contains(request.readBufferSize) else {
            throw Self.invalid("the size of the read buffer is not between 1,024 and 524,288 bytes")
        }
        readBufferSize = request.readBufferSize
    }

    /// Whether the method is idempotent.
    var isIdempotent: Bool { method != .post && method != .patch }

    private static let framingFields: Set<HTTPField.Name> = [
        .connection, .contentLength, .expect, .te, .transferEncoding, .upgrade,
    ]

    /// The maximum size of a Unix socket's path in bytes, its NUL included.
    private static let socketPathCapacity = MemoryLayout.size(ofValue: sockaddr_un().sun_path)

    private static func invalid(_ detail: String) -> HTTPClientError {
        HTTPClientError(.invalidRequest, detail)
    }

    private static func authority(_ head: HTTPRequest) throws(HTTPClientError) -> String {
        guard let authority = head.authority, !authority.isEmpty else { throw invalid("the authority is missing") }
        let isClean = authority.utf8.allSatisfy { byte in
            isVisible(byte) && !"/?#@\\".utf8.contains(byte)
        }
        guard isClean else { throw invalid("the authority is not host or host:port") }
        return authority
    }

    private static func path(_ head: HTTPRequest) throws(HTTPClientError) -> String {
        guard let path = head.path, path.utf8.first == UInt8(ascii: "/") else {
            throw invalid("the path does not begin with /")
        }
        guard path.utf8.allSatisfy({ isVisible($0) && $0 != UInt8(ascii: "#") }) else {
            throw invalid("the path holds a character that has to be percent-encoded")
        }
        return path
    }

    private static func isVisible(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }

    private static func headerLines(_ request: HTTPClientRequest) throws(HTTPClientError) -> [[CChar]] {
        let isForm = if case .multipart = request.body { true } else { false }
        var lines: [[CChar]] = []
        for field in request.head.headerFields {
            guard !framingFields.contains(field.name), !isForm || field.name != .contentType else {
                throw invalid("the client itself sets the field \(field.name)")
            }
            lines.append(try line(field))
        }
        return lines
    }

    private static func line(_ field: HTTPField) throws(HTTPClientError) -> [CChar] {
        let name = field.name.rawName.utf8
        var line: [CChar] = []
        let isClean = unsafe field.withUnsafeBytesOfValue { value in
            line.reserveCapacity(name.count + value.count + 3)
            line.append(contentsOf: name.lazy.map { CChar(bitPattern: $0) })
            // To libcurl, "Name:" removes the field, and "Name;" is an empty one.
            let isBlank = unsafe value.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            line.append(contentsOf: (isBlank ? ";" : ": ").utf8.lazy.map { CChar(bitPattern: $0) })
            if !isBlank { unsafe line.append(contentsOf: value.lazy.map { CChar(bitPattern: $0) }) }
            line.append(0)
            return unsafe value.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }
        }
        guard isClean else { throw invalid("the field \(field.name) holds a control character") }
        return line
    }

    private static func check(_ body: HTTPClientRequest.Body, method: HTTPRequest.Method) throws(HTTPClientError) {
        if method == .head {
            guard case .none = body else { throw invalid("a HEAD request has no body") }
        }
        guard case .multipart(let parts) = body else { return }
        for part in parts {
            let texts =
                switch part.content {
                case .text: [part.name]
                case .bytes(_, let filename, let contentType): [part.name, filename, contentType]
                case .file(_, let filename, let contentType): [part.name, filename, contentType]
                case .openedFile(_, let filename, let contentType): [part.name, filename, contentType]
                }
            // libcurl escapes quotes; control characters could end the header line.
            let isClean = texts.allSatisfy { $0.utf8.allSatisfy { byte in byte >= 0x20 && byte != 0x7F } }
            guard isClean else { throw invalid("a part's name, file name or type holds a control character") }
        }
    }
}
