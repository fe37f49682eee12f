internal import HTTPTypes
internal import Hummingbird

/// An error as clients see it, in the form of RFC 9457.
struct Problem: Error {
    var status: HTTPResponse.Status
    /// The machine-readable code of the error.
    var code: String
    /// A sentence that says what happened and what the client can do.
    var detail: String
    /// The name of the invalid field of the request.
    var field: String?
    /// The fields of the response that belong to the problem.
    var headers: HTTPFields = [:]
    /// The error behind the problem, for the log; no response contains it.
    var cause: (any Error)?

    static let mediaType = "application/problem+json"

    /// Creates the response with the problem document as its body, which names the ID of the request.
    func response(requestID: String) throws -> Response {
        try .json(document(requestID: requestID), status: status, contentType: Self.mediaType, headers: headers)
    }

    /// Returns the body of the response.
    func document(requestID: String) -> Document {
        Document(
            type: "about:blank",
            title: status.reasonPhrase,
            status: status.code,
            detail: detail,
            code: code,
            field: field,
            requestID: requestID
        )
    }

    struct Document: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let code: String
        let field: String?
        let requestID: String

        private enum CodingKeys: String, CodingKey {
            case type, title, status, detail, code, field
            case requestID = "request_id"
        }
    }
}

extension HTTPResponse.Status {
    /// The client closed the connection or cancelled the turn; nginx's status for it.
    static let clientClosedRequest = HTTPResponse.Status(code: 499, reasonPhrase: "Client Closed Request")
}

extension Problem {
    static let notFound = Problem(
        status: .notFound,
        code: "not_found",
        detail: "There is nothing at this path."
    )

    static let internalError = Problem(
        status: .internalServerError,
        code: "internal_error",
        detail: "An internal error occurred. The operator can find its cause in the log by the request's ID."
    )

    /// The client closed the connection.
    ///
    /// Nobody receives this response, but the log and the metrics show it.
    static let callerLeft = Problem(
        status: .clientClosedRequest,
        code: "caller_left",
        detail: "The connection was closed before the answer."
    )

    static let shuttingDown = Problem(
        status: .serviceUnavailable,
        code: "shutting_down",
        detail: "The server is shutting down. Try again.",
        headers: [.retryAfter: "1"]
    )

    /// The request names a host that is not one of the server's (DNS rebinding).
    static let hostNotAllowed = Problem(
        status: .misdirectedRequest,
        code: "host_not_allowed",
        detail: "This server does not serve the host that the request names. Set PUBLIC_URL to the URL of the server, "
            + "or ALLOWED_HOSTS to its host names."
    )

    static func methodNotAllowed(allowed: [HTTPRequest.Method]) -> Problem {
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        return Problem(
            status: .methodNotAllowed,
            code: "method_not_allowed",
            detail: "This path supports the methods \(names).",
            headers: [.allow: names]
        )
    }
}
