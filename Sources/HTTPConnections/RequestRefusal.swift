public import NIOHTTP1

/// Why a request is refused before anything reads what it asks for.
public struct RequestRefusal: Error, Sendable, Hashable {
    /// The status of the answer.
    public let status: HTTPResponseStatus
    /// The kind of the refusal in a word, for programs; one of a small fixed set.
    public let code: String
    /// What is wrong and what to do, for people.
    public let detail: String

    /// What is no HTTP/1.1 message: its lines, its framing or its target.
    public static let malformed = RequestRefusal(
        status: .badRequest,
        code: "malformed_request",
        detail: "The request is not a message as HTTP/1.1 defines it."
    )

    /// Framing by which two readers would find two ends of the body (RFC 9112, 6.1 and 6.3).
    public static let ambiguousLength = RequestRefusal(
        status: .badRequest,
        code: "malformed_request",
        detail: "The request must tell the length of its body in one way: by content-length, or by transfer-encoding: "
            + "chunked in HTTP/1.1."
    )

    /// A `Host` that is missing, there twice, or no host (RFC 9112, 3.2).
    public static let invalidHost = RequestRefusal(
        status: .badRequest,
        code: "invalid_host",
        detail: "The request must have exactly one host field, with a host name or address and perhaps a port."
    )

    /// A transfer coding other than `chunked` (RFC 9112, 6.1).
    public static let unknownTransferCoding = RequestRefusal(
        status: .notImplemented,
        code: "unknown_transfer_coding",
        detail: "The one transfer coding that is understood is chunked."
    )

    /// A method that makes a tunnel of the connection.
    public static let tunnel = RequestRefusal(
        status: .notImplemented,
        code: "unknown_method",
        detail: "This server is no proxy: it does not take the method CONNECT."
    )

    /// An `Expect` other than `100-continue` (RFC 9110, 10.1.1).
    public static let unknownExpectation = RequestRefusal(
        status: .expectationFailed,
        code: "unknown_expectation",
        detail: "The one expectation that can be met is expect: 100-continue."
    )

    /// Another version than HTTP/1.0 and HTTP/1.1.
    public static let unknownVersion = RequestRefusal(
        status: .httpVersionNotSupported,
        code: "unknown_version",
        detail: "This server speaks HTTP/1.1 and HTTP/1.0."
    )

    /// A head that is larger than the decoder takes.
    public static let headersTooLarge = RequestRefusal(
        status: .requestHeaderFieldsTooLarge,
        code: "headers_too_large",
        detail: "The request's line and header fields are too large or too many."
    )

    /// All refusals, so that a description of the server can name them.
    public static let all = [
        malformed, ambiguousLength, invalidHost, unknownTransferCoding, tunnel, unknownExpectation, unknownVersion,
        headersTooLarge,
    ]

    /// What the decoder found wrong with a head.
    init(_ error: HTTPParserError) {
        switch error {
        case .headerOverflow: self = .headersTooLarge
        case .invalidVersion: self = .unknownVersion
        case .unexpectedContentLength: self = .ambiguousLength
        default: self = .malformed
        }
    }

    private init(status: HTTPResponseStatus, code: String, detail: String) {
        self.status = status
        self.code = code
        self.detail = detail
    }
}
