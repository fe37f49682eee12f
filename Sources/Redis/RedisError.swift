/// What went wrong between a caller and the server.
///
/// All of the module's functions throw this one type. Neither ``message`` nor the description holds a password, a key
/// or a value that was sent.
public struct RedisError: Error, Sendable, Hashable {
    /// The kind of the failure; compare with the static members of ``Code``.
    public let code: Code

    /// The first word of an error reply, such as `WRONGTYPE`; only with ``Code/server`` and
    /// ``Code/authenticationFailed``.
    public let serverCode: String?

    /// What happened, for people.
    public let message: String

    init(_ code: Code, _ message: String, serverCode: String? = nil) {
        self.code = code
        self.serverCode = serverCode
        self.message = message
    }

    /// Whether the server could not be reached or did not answer, as opposed to answering with an error.
    public var isUnavailable: Bool {
        code == .connectionFailed || code == .connectionLost || code == .timedOut
    }

    /// The kinds of failure.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name, as spelled in the source.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// No connection could be made, or the last attempt failed and the next one is not due yet.
        public static let connectionFailed = Code("connectionFailed")
        /// The connection ended after the command was written: it may or may not have run.
        public static let connectionLost = Code("connectionLost")
        /// No reply came within the command timeout: the command may or may not have run.
        public static let timedOut = Code("timedOut")
        /// The server refused the user name or the password, or asks for one.
        public static let authenticationFailed = Code("authenticationFailed")
        /// More replies are due than the configuration allows; the command was not sent.
        public static let tooManyPending = Code("tooManyPending")
        /// A reply is larger than the configuration allows; the connection was dropped.
        public static let replyTooLarge = Code("replyTooLarge")
        /// The peer does not speak RESP2, or not in step with what was asked; the connection was dropped.
        public static let protocolViolation = Code("protocolViolation")
        /// The server answered with an error.
        public static let server = Code("server")
        /// The command cannot be sent: it has no name, or is larger than Redis takes.
        public static let invalidCommand = Code("invalidCommand")
        /// The client was closed.
        public static let closed = Code("closed")
        /// The calling task was cancelled: the command may or may not have run.
        public static let cancelled = Code("cancelled")
    }
}

extension RedisError: CustomStringConvertible {
    /// The code and the message on one line.
    public var description: String {
        guard let serverCode else { return "\(code): \(message)" }
        return "\(code): \(serverCode) \(message)"
    }
}
