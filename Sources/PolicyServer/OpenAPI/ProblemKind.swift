internal import HTTPConnections
internal import HTTPTypes
internal import PolicyAssistant

/// A problem that a route may respond with.
struct ProblemKind: Sendable {
    let status: HTTPResponse.Status
    let code: String
    /// An example of the problem's detail.
    let meaning: String

    /// Creates the kind of a problem.
    init(_ problem: Problem) {
        status = problem.status
        code = problem.code
        meaning = problem.detail
    }

    /// Creates the kind of a domain error.
    init(_ code: PolicyAssistantError.Code, _ meaning: String) {
        self.init(Problem(PolicyAssistantError(code, meaning)))
    }

    /// An example of the problem document.
    var example: JSONValue {
        .of(Problem(status: status, code: code, detail: meaning).document(requestID: "6f1c8f2a90b44d0e"))
    }
}

extension ProblemKind {
    /// The problems of all routes.
    static let ofAll =
        [
            ProblemKind(.requestTimeout),
            ProblemKind(.internalError, "An internal error occurred."),
        ] + RequestRefusal.all.map { ProblemKind(Problem($0)) }

    static let storeUnavailable = ProblemKind(
        .storeUnavailable,
        "Redis is unavailable, or a command failed."
    )
    static let documentsBusy = ProblemKind(.documentsBusy, "Too many documents are being read at the moment.")
    static let notSynced = ProblemKind(.notSynced, "No documents have been synced yet.")

    /// The problems of calls upstream.
    static let ofUpstream = [
        ProblemKind(.upstreamRefused, "Upstream rejects the credentials, or the account's quota is exhausted."),
        ProblemKind(.upstreamFailed, "Upstream returned an error."),
        ProblemKind(.upstreamUnavailable, "Upstream is unreachable or overloaded."),
        ProblemKind(.upstreamTimeout, "Upstream did not respond in time."),
        ProblemKind(.vectorStoreLost, "Upstream no longer has the vector store of the documents."),
    ]

    static func invalidField(_ meaning: String) -> ProblemKind { ProblemKind(.invalidField, meaning) }
}

extension Problem.Document: Described {
    static let schema = Schema.named(
        "Problem",
        .object(
            .required("type", .string, "Always about:blank; `code` is the kind of the problem."),
            .required("title", .string, "The reason phrase of the status."),
            .required("status", .count, "The status."),
            .required("detail", .string, "What happened and what to do."),
            .required("code", .string, "The machine-readable kind of the problem."),
            .optional("field", .string, "The invalid field of the request."),
            .required("request_id", .string, "The ID by which operators find the request in the log.")
        ),
        "A problem document (RFC 9457)."
    )

    static let example = Problem(
        status: .unprocessableContent,
        code: "invalid_field",
        detail: "message must hold a question.",
        field: "message"
    ).document(requestID: "6f1c8f2a90b44d0e")
}
