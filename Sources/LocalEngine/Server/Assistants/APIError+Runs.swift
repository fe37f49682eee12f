internal import HTTPTypes

// What OpenAI says of threads that are busy and runs that are over. Clients know these by their words: they have no code.
extension APIError {
    /// A message for a thread whose run is active.
    static func active(run id: String, inThread threadID: String) -> APIError {
        .invalid("Can't add messages to \(threadID) while a run \(id) is active.")
    }

    /// A run for a thread whose run is active.
    static func another(run id: String, inThread threadID: String) -> APIError {
        .invalid("Thread \(threadID) already has an active run \(id).")
    }

    /// A run that has ended, and cannot be cancelled.
    static func notCancellable(_ status: Run.Status) -> APIError {
        .invalid("Cannot cancel run with status '\(status.rawValue)'.")
    }

    /// Outputs for a run that has asked for none.
    static func acceptsNoToolOutputs(_ status: String) -> APIError {
        .invalid("Runs in status \"\(status)\" do not accept tool outputs.")
    }

    /// A request without the header that says which version of assistants is meant.
    static let missingBeta = invalid(
        "You must provide the 'OpenAI-Beta' header to access the Assistants API. "
            + "Please try again by setting the header 'OpenAI-Beta: assistants=v2'.",
        code: "invalid_beta"
    )

    /// Whoever made the run is gone.
    static let interrupted = APIError(
        status: .internalServerError,
        type: "server_error",
        code: "server_error",
        message: "The run was interrupted."
    )

    /// More runs wait than the engine takes.
    static let tooManyRuns = APIError(
        status: .tooManyRequests,
        type: "requests",
        code: "rate_limit_exceeded",
        message: "Too many runs are waiting."
    )
}
