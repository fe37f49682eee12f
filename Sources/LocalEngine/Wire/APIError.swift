internal import HTTPTypes

/// An error of the API: the status and the contents of the envelope.
struct APIError: Error, Sendable, Hashable {
    /// The status of the response.
    var status: HTTPResponse.Status
    /// The general kind.
    var type = "invalid_request_error"
    /// The exact kind, if the API has a name for it.
    var code: String?
    /// The parameter that causes the error.
    var param: String?
    /// The description for people.
    var message: String

    /// The body of the response.
    var envelope: JSONValue {
        ["error": fields]
    }

    /// The error without its envelope, as in events.
    var fields: JSONValue {
        ["message": .string(message), "type": .string(type), "param": .optional(param), "code": .optional(code)]
    }
}

extension APIError {
    /// A model that the engine does not list.
    static func noModel(_ id: String) -> APIError {
        APIError(
            status: .notFound,
            code: "model_not_found",
            param: "model",
            message: "The model '\(id)' does not exist or you do not have access to it."
        )
    }

    /// Only background responses can be cancelled, and the engine creates none.
    static let synchronousResponse = invalid("Cannot cancel a synchronous response.")

    /// Tool outputs for a run that has requested none.
    static func acceptsNoToolOutputs(_ status: Run.Status) -> APIError {
        .invalid("Runs in status \"\(status.rawValue)\" do not accept tool outputs.")
    }

    /// A request without the header that names the version of the Assistants API.
    static let missingBeta = invalid(
        "You must provide the 'OpenAI-Beta' header to access the Assistants API. "
            + "Please try again by setting the header 'OpenAI-Beta: assistants=v2'.",
        code: "invalid_beta"
    )

    /// An error of the engine itself.
    static let serverError = APIError(
        status: .internalServerError,
        type: "server_error",
        code: "server_error",
        message: "The server had an error while processing your request. Sorry about that!"
    )

    /// The process that executed a run has ended.
    static let interrupted = APIError(
        status: .internalServerError,
        type: "server_error",
        code: "server_error",
        message: Run.Failure.interrupted.message
    )

    /// The queue of runs is full.
    static let tooManyRuns = APIError(
        status: .tooManyRequests,
        type: "requests",
        code: "rate_limit_exceeded",
        message: "Too many runs are waiting."
    )

    /// The engine's database stays locked, or too many requests wait.
    static let overloaded = APIError(
        status: .serviceUnavailable,
        type: "server_error",
        code: "server_is_overloaded",
        message: "The engine is overloaded. Please try again later."
    )
}

extension Run.Failure {
    /// The failure of a run that ends with an error.
    init(_ error: APIError) {
        self.init(isRateLimited: error.code == "rate_limit_exceeded", message: error.message)
    }
}
