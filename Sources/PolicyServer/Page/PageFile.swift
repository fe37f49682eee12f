internal import Crypto
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// A file of the page, as it is built into the program.
struct PageFile: Sendable {
    let contentType: String
    let bytes: [UInt8]
    let entityTag: String

    init(_ bytes: [UInt8], _ contentType: String) {
        self.bytes = bytes
        self.contentType = contentType
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
            .contentSecurityPolicy: Self.policy,
        ]
        guard !knows(request.headers[values: .ifNoneMatch]) else {
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func knows(_ tags: [String]) -> Bool {
        tags.flatMap { $0.split(separator: ",") }.contains { tag in
            let tag = tag.trimmingPrefix(while: \.isWhitespace)
            return tag.trimmingPrefix("W/") == entityTag[...] || tag == "*"
        }
    }

    /// What the page may do: run and show what this server sends, and talk to this server; nothing else.
    ///
    /// Text can reach the page as text only: it has no means to make markup of it.
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:",
        "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'", "trusted-types 'none'",
    ].joined(separator: "; ")
}
