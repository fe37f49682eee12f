internal import Crypto
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// A file of the page, as it is built into the program.
struct PageFile: Sendable {
    static let html = "text/html; charset=utf-8"
    static let css = "text/css; charset=utf-8"
    static let javaScript = "text/javascript; charset=utf-8"
    static let svg = "image/svg+xml"

    let contentType: String
    let bytes: [UInt8]
    let entityTag: String
    private let policy: String

    /// Takes a file.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - contentType: Its type.
    ///   - policy: The Content-Security-Policy of a page; that of the chat page where none is given.
    init(_ bytes: [UInt8], _ contentType: String, policy: String = chatPolicy) {
        self.bytes = bytes
        self.contentType = contentType
        self.policy = policy
        entityTag = "\"\(Self.digest(of: bytes))\""
    }

    /// A name for content: other content has another name.
    static func digest(of bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).prefix(12).flatMap { [$0 >> 4, $0 & 15] }.map { String($0, radix: 16) }.joined()
    }

    /// Answers with the file, or tells a browser that has it already to keep it.
    func response(to request: Request, cacheControl: String) -> Response {
        let headers: HTTPFields = [
            .contentType: contentType, .eTag: entityTag, .cacheControl: cacheControl,
            .contentSecurityPolicy: policy,
        ]
        guard !request.knows(entityTag) else {
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// What the chat page may do: run and show what this server sends, and talk to this server; nothing else.
    ///
    /// Text can reach the page as text only: it has no means to make markup of it.
    private static let chatPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:",
        "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'", "trusted-types 'none'",
    ].joined(separator: "; ")
}
