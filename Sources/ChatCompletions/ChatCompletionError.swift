internal import HTTPClient

/// Why a model's server did not generate a text.
public struct ChatCompletionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of error.
    public let code: Code
    /// A description without hosts, keys and texts.
    public let detail: String

    init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    static func invalid(_ detail: String) -> ChatCompletionError { .init(.invalidConfiguration, detail) }

    /// The kinds of error.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// The URL, the model or the key cannot be used.
        public static let invalidConfiguration = Code(description: "invalidConfiguration")
        /// The server cannot be reached.
        public static let unreachable = Code(description: "unreachable")
        /// The server refuses the request: a status other than 2xx, or an error in the stream.
        public static let refused = Code(description: "refused")
        /// The response is not the API's.
        public static let malformed = Code(description: "malformed")
        /// The stream ended before the text was complete.
        public static let cutOff = Code(description: "cutOff")
        /// The task was cancelled.
        public static let cancelled = Code(description: "cancelled")
    }

    /// The code's name and the detail.
    public var description: String { "\(code): \(detail)" }
}

extension ChatCompletionError {
    /// The error for one of the HTTP client's.
    init(_ error: HTTPClientError) {
        switch error.code {
        case .cancelled: self.init(.cancelled, "the request was cancelled")
        case .invalidResponse: self.init(.malformed, error.detail)
        case _ where error.responseStarted: self.init(.cutOff, "\(error)")
        default: self.init(.unreachable, "\(error)")
        }
    }
}
