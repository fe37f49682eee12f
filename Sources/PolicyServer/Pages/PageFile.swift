internal import Crypto
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// A file of a page, with the fields of its responses.
struct PageFile: Sendable {
    static let html = "text/html; charset=utf-8"
    static let css = "text/css; charset=utf-8"
    static let javaScript = "text/javascript; charset=utf-8"
    static let svg = "image/svg+xml"

    let contentType: String
    let bytes: [UInt8]
    let entityTag: String
    private let policy: String
    private let permissions: String

    /// Creates a file.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - contentType: The media type.
    ///   - policy: The Content-Security-Policy; by default the chat page's.
    ///   - permissions: The Permissions-Policy; by default the chat page's, which may ask for the microphone.
    init(
        _ bytes: [UInt8],
        _ contentType: String,
        policy: String = chatPolicy,
        permissions: String = "camera=(), geolocation=(), microphone=(self)"
    ) {
        self.bytes = bytes
        self.contentType = contentType
        self.policy = policy
        self.permissions = permissions
        entityTag = "\"\(Self.digest(of: bytes))\""
    }

    /// Returns a digest of a content, for entity tags and versions.
    static func digest(of bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).prefix(12).flatMap { [$0 >> 4, $0 & 15] }.map { String($0, radix: 16) }.joined()
    }

    /// Creates the response with the file, or 304 if the request's entity tag matches.
    func response(to request: Request, cacheControl: String) -> Response {
        let headers: HTTPFields = [
            .contentType: contentType, .eTag: entityTag, .cacheControl: cacheControl,
            .contentSecurityPolicy: policy, .permissionsPolicy: permissions,
        ]
        guard !request.matches(entityTag) else {
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The chat page's Content-Security-Policy: it may load and call only this server, play the sound that it has
    /// from there, and with Trusted Types its scripts cannot turn text into markup.
    private static let chatPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:",
        "media-src blob:", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'", "trusted-types 'none'",
    ].joined(separator: "; ")
}
