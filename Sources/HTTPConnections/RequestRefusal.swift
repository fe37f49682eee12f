public import NIOHTTP1

/// The reason for which a request is refused before it is routed.
public struct RequestRefusal: Error, Sendable, Hashable {
    /// The status of the response.
    public let status: HTTPResponseStatus
    /// The machine-readable code; one of a small fixed set.
    public let code: String
    /// A sentence that says what is wrong and what the client has to do.
    public let detail: String

    /// A message whose lines, framing or target do not conform to HTTP/1.1.
    public static let malformed = RequestRefusal(
        status: .badRequest,
        code: "malformed_request",
        detail: "The request is not a valid HTTP/1.1 message."
    )

    /// Framing that allows two interpretations of the body's length (RFC 9112, 6.1 and 6.3).
    public static let ambiguousLength = RequestRefusal(
        status: .badRequest,
        code: "malformed_request",
        detail: "The request must give the length of its body in one way: by content-length or, in HTTP/1.1, by "
            + "transfer-encoding: chunked."
    )

    /// A `Host` field that is missing, repeated or invalid (RFC 9112, 3.2).
    public static let invalidHost = RequestRefusal(
        status: .badRequest,
        code: "invalid_host",
        detail: "The request must have exactly one host field, with a host name or address and an optional port."
    )

    /// A transfer coding other than `chunked` (RFC 9112, 6.1).
    public static let unknownTransferCoding = RequestRefusal(
        status: .notImplemented,
        code: "unknown_transfer_coding",
        detail: "The only supported transfer coding is chunked."
    )

    /// The method CONNECT, which asks for a tunnel.
    public static let tunnel = RequestRefusal(
        status: .notImplemented,
        code: "unknown_method",
        detail: "This server is not a proxy: it does not support the method CONNECT."
    )

    /// An `Expect` other than `100-continue` (RFC 9110, 10.1.1).
    public static let unknownExpectation = RequestRefusal(
        status: .expectationFailed,
        code: "unknown_expectation",
        detail: "The only supported expectation is 100-continue."
    )

    /// A version other than HTTP/1.0 and HTTP/1.1.
    public static let unknownVersion = RequestRefusal(
        status: .httpVersionNotSupported,
        code: "unknown_version",
        detail: "This server supports HTTP/1.1 and HTTP/1.0."
    )

    /// A head that exceeds the decoder's limits.
    public static let headersTooLarge = RequestRefusal(
        status: .requestHeaderFieldsTooLarge,
        code: "headers_too_large",
        detail: "The request line and the header fields are too large or too many."
    )

    /// All refusals, for the description of an API.
    public static let all = [
        malformed, ambiguousLength, invalidHost, unknownTransferCoding, tunnel, unknownExpectation, unknownVersion,
        headersTooLarge,
    ]

    /// Creates the refusal for an error of the decoder in a request's head.
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
