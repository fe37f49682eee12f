internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird

/// An error as callers see it, in the form of RFC 9457.
struct Problem: Error {
    var status: HTTPResponse.Status
    /// The kind of the error in a word, for programs.
    var code: String
    /// What happened and what to do, for people.
    var detail: String
    /// The name of the request's field at fault.
    var field: String?
    var headers: HTTPFields = [:]

    static let mediaType = "application/problem+json"

    /// Makes the answer.
    ///
    /// - Parameter requestID: The ID by which operators find the request in the log.
    /// - Returns: The answer, with the problem document as its body.
    /// - Throws: `EncodingError`, which the texts and the number of a problem never cause.
    func response(requestID: String) throws -> Response {
        try .json(document(requestID: requestID), status: status, contentType: Self.mediaType, headers: headers)
    }

    /// Returns what the answer's body holds.
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

extension Problem {
    static let notFound = Problem(
        status: .notFound,
        code: "not_found",
        detail: "There is nothing at this path."
    )

    static let internalError = Problem(
        status: .internalServerError,
        code: "internal_error",
        detail: "Something went wrong here. The request's ID tells the operator where to look."
    )

    /// The caller has hung up; nobody gets the answer, but log and metrics show it.
    static let callerLeft = Problem(
        status: .clientClosedRequest,
        code: "caller_left",
        detail: "The connection was closed before the answer."
    )

    static let shuttingDown = Problem(
        status: .serviceUnavailable,
        code: "shutting_down",
        detail: "The server is shutting down. Ask again.",
        headers: [.retryAfter: "1"]
    )

    static func methodNotAllowed(allowed: [HTTPRequest.Method]) -> Problem {
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        return Problem(
            status: .methodNotAllowed,
            code: "method_not_allowed",
            detail: "This path answers \(names) only.",
            headers: [.allow: names]
        )
    }
}
