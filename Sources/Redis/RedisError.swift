/// What went wrong between a caller and the server.
///
/// All of the module's functions throw this one type. Neither ``message`` nor the description holds a password, a key
/// or a value that was sent.
public struct RedisError: Error, Sendable, Hashable {
    /// The kind of the failure; compare with the static members of ``Code``.
    public let code: Code

    /// The first word of an error reply, such as `WRONGTYPE`; nil where the server did not answer with an error.
    public let serverCode: String?

    /// What happened, for people.
    public let message: String

    init(_ code: Code, _ message: String, serverCode: String? = nil) {
        self.code = code
        self.serverCode = serverCode
        self.message = message
    }

    /// Whether there is no server that can be used at the moment, as opposed to one that answers with an error.
    public var isUnavailable: Bool {
        switch code {
        case .connectionFailed, .connectionLost, .timedOut, .hostNotFound, .certificateUntrusted, .tlsFailed,
            .readOnly, .notReady:
            true
        default: false
        }
    }

    /// Whether the server refused a command without running it, as it is a replica or not ready.
    ///
    /// Another server may have taken its place under the same name, so the command is sent again over a new connection.
    var isRefusal: Bool { code == .readOnly || code == .notReady }

    /// Whether the server answered a command, if only with an error.
    var isAnswer: Bool { serverCode != nil && code != .authenticationFailed }

    /// The kinds of failure.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name, as spelled in the source.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// No connection could be made, or the last attempt failed and the next one is not due yet.
        public static let connectionFailed = Code("connectionFailed")
        /// The name of the host leads to no address.
        public static let hostNotFound = Code("hostNotFound")
        /// The server's certificate is not signed by a trusted authority, has expired, or names another host.
        public static let certificateUntrusted = Code("certificateUntrusted")
        /// TLS could not be agreed on, or a file that it needs cannot be used.
        public static let tlsFailed = Code("tlsFailed")
        /// The connection ended after the command was written: it may or may not have run.
        public static let connectionLost = Code("connectionLost")
        /// No reply came within the command timeout: the command may or may not have run.
        public static let timedOut = Code("timedOut")
        /// The server refused the user name or the password, or asks for one.
        public static let authenticationFailed = Code("authenticationFailed")
        /// The server has no database of the configured number.
        public static let databaseNotFound = Code("databaseNotFound")
        /// The server is a read-only replica (`READONLY`); the command did not run.
        public static let readOnly = Code("readOnly")
        /// The server loads its data, or has lost its primary, its replicas or its cluster (`LOADING`, `MASTERDOWN`,
        /// `NOREPLICAS`, `CLUSTERDOWN`); the command did not run.
        public static let notReady = Code("notReady")
        /// The server has reached its memory limit and takes no writes (`OOM`).
        public static let outOfMemory = Code("outOfMemory")
        /// The server cannot save its data and takes no writes (`MISCONF`).
        public static let cannotPersist = Code("cannotPersist")
        /// The user lacks the permission for a command or a key (`NOPERM`).
        public static let notPermitted = Code("notPermitted")
        /// The server is part of a Redis Cluster (`MOVED`, `ASK`, `CROSSSLOT`), which this client does not speak to.
        public static let clusterNotSupported = Code("clusterNotSupported")
        /// More replies are due than the configuration allows; the command was not sent.
        public static let tooManyPending = Code("tooManyPending")
        /// A reply is larger than the configuration allows; the connection was dropped.
        public static let replyTooLarge = Code("replyTooLarge")
        /// The peer does not speak RESP2, or not in step with what was asked; the connection was dropped.
        public static let protocolViolation = Code("protocolViolation")
        /// The server answered with an error that has no code of its own here.
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
