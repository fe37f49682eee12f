/// An error of a request, or of its response's body.
///
/// An HTTP status is never an error: every status is a response.
public struct HTTPClientError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of error.
    public let code: Code

    /// A description without hosts, paths, headers and bodies.
    public let detail: String

    /// The request's progress when it failed.
    public let progress: Progress

    /// Creates an error.
    public init(_ code: Code, _ detail: String, progress: Progress = .unsent) {
        self.code = code
        self.detail = detail
        self.progress = progress
    }

    /// Whether a part of the response has arrived: such a request must not be repeated silently.
    public var responseStarted: Bool { progress == .answered }

    /// The error with another progress.
    func after(_ progress: Progress) -> Self { Self(code, detail, progress: progress) }

    /// The code's name and the detail.
    public var description: String { "\(code): \(detail)" }
}

extension HTTPClientError {
    /// The progress of a request when it failed; a later stage is greater.
    public enum Progress: Int, Sendable, Comparable {
        /// No byte of the request was sent: it is safe to repeat it.
        case unsent
        /// The server may have received the request and may act on it.
        case sent
        /// A part of the response has arrived.
        case answered

        /// Orders the stages.
        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// A kind of error.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private let name: String

        private init(_ name: String) { self.name = name }

        /// The kind's name.
        public var description: String { name }

        /// The request or the client's configuration is invalid.
        public static let invalidRequest = Code("invalidRequest")
        /// The host's or the proxy's name cannot be resolved.
        public static let nameResolutionFailed = Code("nameResolutionFailed")
        /// The client or the proxy could not connect.
        public static let connectionFailed = Code("connectionFailed")
        /// The server's certificate is not signed by a trusted authority, has expired, or names another host.
        public static let certificateUntrusted = Code("certificateUntrusted")
        /// The TLS handshake failed.
        public static let tlsFailed = Code("tlsFailed")
        /// The connection or the whole transfer took longer than its timeout.
        public static let timedOut = Code("timedOut")
        /// No byte was transferred for longer than the timeout.
        public static let stalled = Code("stalled")
        /// The connection ended before the response was complete.
        public static let connectionLost = Code("connectionLost")
        /// The server's response is not valid HTTP, or its head is too large.
        public static let invalidResponse = Code("invalidResponse")
        /// The body is larger than the caller's limit.
        public static let bodyTooLarge = Code("bodyTooLarge")
        /// The body has a reader already.
        public static let bodyAlreadyRead = Code("bodyAlreadyRead")
        /// A file of the request could not be read, or changed while it was sent.
        public static let fileUnreadable = Code("fileUnreadable")
        /// The maximum number of transfers is in flight.
        public static let tooManyTransfers = Code("tooManyTransfers")
        /// The task was cancelled.
        public static let cancelled = Code("cancelled")
        /// The client was shut down.
        public static let closed = Code("closed")
        /// libcurl failed unexpectedly, or ran out of memory.
        public static let failed = Code("failed")
    }
}
