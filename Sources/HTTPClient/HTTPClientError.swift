/// Why a request has no answer, or an answer no end.
///
/// An HTTP status is never an error here: whatever the server answers is a response.
public struct HTTPClientError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong.
    public let code: Code

    /// The same for a person; never holds a host, a path, a header or a byte of a body.
    public let detail: String

    /// How far the request had come.
    public let progress: Progress

    /// Creates an error.
    public init(_ code: Code, _ detail: String, progress: Progress = .unsent) {
        self.code = code
        self.detail = detail
        self.progress = progress
    }

    /// Whether a part of the response had arrived: such a request must not be silently repeated.
    public var responseStarted: Bool { progress == .answered }

    /// The same error of a request that had come as far as that.
    func after(_ progress: Progress) -> Self { Self(code, detail, progress: progress) }

    /// The code's name and the detail.
    public var description: String { "\(code): \(detail)" }
}

extension HTTPClientError {
    /// How far a request had come when it failed; a later stage is greater.
    public enum Progress: Int, Sendable, Comparable {
        /// Not a byte of the request has left: it is safe to send it again.
        case unsent
        /// The server may have received the request, and may act on it.
        case sent
        /// A part of the response has arrived.
        case answered

        /// Orders the stages.
        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// A kind of failure.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private let name: String

        private init(_ name: String) { self.name = name }

        /// The name, as in the source.
        public var description: String { name }

        /// The request, or the client's configuration, is not one that can be sent.
        public static let invalidRequest = Code("invalidRequest")
        /// The name of the host, or of the proxy, leads to no address.
        public static let nameResolutionFailed = Code("nameResolutionFailed")
        /// No connection could be made, by ourselves or by the proxy.
        public static let connectionFailed = Code("connectionFailed")
        /// The server's certificate is not signed by a trusted authority, has expired, or names another host.
        public static let certificateUntrusted = Code("certificateUntrusted")
        /// TLS could not be agreed on.
        public static let tlsFailed = Code("tlsFailed")
        /// The connection took too long to make, or the whole transfer took too long.
        public static let timedOut = Code("timedOut")
        /// The connection stood still for too long.
        public static let stalled = Code("stalled")
        /// The connection ended before the response did.
        public static let connectionLost = Code("connectionLost")
        /// What the server sent is not HTTP, or more of it than is allowed.
        public static let invalidResponse = Code("invalidResponse")
        /// The body is larger than the caller takes.
        public static let bodyTooLarge = Code("bodyTooLarge")
        /// The body has a reader already.
        public static let bodyAlreadyRead = Code("bodyAlreadyRead")
        /// A file of the request could not be read, or changed while it was being read.
        public static let fileUnreadable = Code("fileUnreadable")
        /// More transfers are under way than the configuration allows.
        public static let tooManyTransfers = Code("tooManyTransfers")
        /// The task was cancelled.
        public static let cancelled = Code("cancelled")
        /// The client was shut down.
        public static let closed = Code("closed")
        /// libcurl failed in a way that should not happen, or ran out of memory.
        public static let failed = Code("failed")
    }
}
