internal import HTTPConnections
internal import HTTPTypes
internal import PolicyAssistant

/// A problem that a route may answer with.
struct ProblemKind: Sendable {
    let status: HTTPResponse.Status
    let code: String
    /// What happened, as the problem's detail might say it.
    let meaning: String

    /// A problem of the server's own.
    init(_ problem: Problem) {
        status = problem.status
        code = problem.code
        meaning = problem.detail
    }

    /// An error of the domain.
    init(_ code: PolicyAssistantError.Code, _ meaning: String) {
        self.init(Problem(PolicyAssistantError(code, meaning)))
    }

    /// A problem document as it might well be.
    var example: JSONValue {
        .of(Problem(status: status, code: code, detail: meaning).document(requestID: "6f1c8f2a90b44d0e"))
    }
}

extension ProblemKind {
    /// What any request may be answered.
    static let ofAll =
        [
            ProblemKind(.requestTimeout),
            ProblemKind(.internalError, "Something went wrong here."),
        ] + RequestRefusal.all.map { ProblemKind(Problem(refusal: $0)) }

    static let storeUnavailable = ProblemKind(
        .storeUnavailable,
        "Redis cannot be reached, or does not do what is needed."
    )
    static let documentsBusy = ProblemKind(.documentsBusy, "Too many documents are being read.")
    static let notSynced = ProblemKind(.notSynced, "No documents have been synced yet.")

    /// What is answered where upstream does not do its part.
    static let ofUpstream = [
        ProblemKind(.upstreamRefused, "Upstream refuses the credentials, or the account's quota is spent."),
        ProblemKind(.upstreamFailed, "Upstream answered with an error."),
        ProblemKind(.upstreamUnavailable, "Upstream cannot be reached, or is overloaded."),
        ProblemKind(.upstreamTimeout, "Upstream did not answer in time."),
        ProblemKind(.vectorStoreLost, "Upstream no longer has the vector store with the documents."),
    ]

    static func invalidField(_ meaning: String) -> ProblemKind { ProblemKind(.invalidField, meaning) }
}

extension Problem.Document: Described {
    static let schema = Schema.named(
        "Problem",
        .object(
            .required("type", .string, "Always about:blank: `code` tells the kind."),
            .required("title", .string, "The status in words."),
            .required("status", .count, "The status."),
            .required("detail", .string, "What happened and what to do, for people."),
            .required("code", .string, "The kind of the problem in a word, for programs."),
            .optional("field", .string, "The name of the request's field at fault."),
            .required("request_id", .string, "The ID by which operators find the request in the log.")
        ),
        "What went wrong, in the form of RFC 9457."
    )

    static let example = Problem(
        status: .unprocessableContent,
        code: "invalid_field",
        detail: "message must hold a question.",
        field: "message"
    ).document(requestID: "6f1c8f2a90b44d0e")
}
