import HTTPTypes

/// One attempt at a call, as whoever counts attempts sees it: nothing of it tells users or objects apart.
public struct OpenAIAttempt: Sendable, Hashable {
    /// The method, and the path with every ID left out, such as `POST vector_stores/{id}/files`.
    public let operation: String
    /// What the attempt failed with; nil if the answer was good.
    public let failure: OpenAIError.Code?
    /// From before the request was sent until the answer was read, or, of a stream, until it began.
    public let duration: Duration

    /// Creates the report of an attempt.
    public init(operation: String, failure: OpenAIError.Code?, duration: Duration) {
        self.operation = operation
        self.failure = failure
        self.duration = duration
    }
}

extension APICall {
    /// The call without what is one caller's own: kinds of objects and their IDs take turns in the API's paths.
    var operation: String {
        let parts = path.enumerated().map { $0.offset.isMultiple(of: 2) ? $0.element : "{id}" }
        return "\(method.rawValue) \(parts.joined(separator: "/"))"
    }
}
