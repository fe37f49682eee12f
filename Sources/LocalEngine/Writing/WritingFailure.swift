/// Why a model did not write an answer, or not to its end.
enum WritingFailure: String, Error, Sendable, Hashable, CaseIterable {
    /// The model's server cannot be reached.
    case unreachable
    /// The server refuses the request.
    case refused
    /// The server does not respond with the API's format, or the text is a web page.
    case malformed
    /// The model took too long to begin, paused too long, or did not finish in time.
    case timeout
    /// Too many questions wait for the model.
    case busy
    /// The connection ended before the answer.
    case interrupted
    /// The model called a tool.
    case toolCall = "tool_call"
    /// The model did not stop in time.
    case tooLong = "too_long"
    /// The model wrote nothing.
    case empty
    /// The model said that the passages do not answer the question.
    case declined
    /// The passages support nothing of what the model wrote, or not what restricts the rest of it.
    case unsupported
    /// The question and a passage do not fit in the model's context.
    case context
}
