internal import HTTPConnections
internal import HTTPTypes
internal import NIOHTTP1

/// The limits of a request's head.
enum RequestHeadLimits {
    /// The maximum size of the request line and the header fields, together and of each alone.
    static let bytes = 32 * 1024
    /// The maximum number of header fields.
    static let fields = 100
}

// Problems of requests that do not get to a route.
extension Problem {
    /// Creates the problem for a request that violates HTTP/1.1.
    init(_ refusal: RequestRefusal) {
        guard refusal != .headersTooLarge else {
            self = .headersTooLarge
            return
        }
        self.init(
            status: HTTPResponse.Status(code: Int(refusal.status.code), reasonPhrase: refusal.status.reasonPhrase),
            code: refusal.code,
            detail: refusal.detail
        )
    }

    static let malformedRequest = Problem(.malformed)

    private static let headersTooLarge = Problem(
        status: .requestHeaderFieldsTooLarge,
        code: "headers_too_large",
        detail: "The request line and the header fields must have at most \(RequestHeadLimits.bytes) bytes and "
            + "\(RequestHeadLimits.fields) fields."
    )

    static let requestTimeout = Problem(
        status: .requestTimeout,
        code: "request_timeout",
        detail: "The request took too long to arrive."
    )

    static let overloaded = Problem(
        status: .serviceUnavailable,
        code: "overloaded",
        detail: "The server has too many connections. Try again shortly.",
        headers: [.retryAfter: "5"]
    )
}
