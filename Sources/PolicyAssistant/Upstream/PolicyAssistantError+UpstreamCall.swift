internal import OpenAI

extension PolicyAssistantError {
    /// The call that upstream refused or did not answer, with the answer's status and code and the request's ID, such as
    /// `POST /v1/vector_stores/…/file_batches: 400 invalid_request_error, request req_1`; nil where the error has another
    /// cause.
    public var upstreamCall: String? { (cause as? OpenAIError)?.summary }

    /// What upstream wrote about it, as one line of at most 300 characters that a terminal can show; nil where it wrote
    /// nothing.
    ///
    /// For operators who run a command: not for users and not for logs, since it may quote what was asked.
    public var upstreamWords: String? { (cause as? OpenAIError)?.operatorMessage }
}
