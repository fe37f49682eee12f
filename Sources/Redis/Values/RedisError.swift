/// An error of a command or a connection.
///
/// All functions of the module throw this type. Neither ``message`` nor the description contains a password, a key or a
/// value that was sent.
public struct RedisError: Error, Sendable, Hashable {
    /// The kind of error; compare with the static members of ``Code``.
    public let code: Code

    /// The first word of an error reply, such as `WRONGTYPE`; nil without an error reply.
    public let serverCode: String?

    /// A description of the error for people.
    public let message: String

    init(_ code: Code, _ message: String, serverCode: String? = nil) {
        self.code = code
        self.serverCode = serverCode
        self.message = message
    }

    /// Whether no server can be used at the moment, as opposed to a server that answers with an error.
    public var isUnavailable: Bool {
        switch code {
        case .connectionFailed, .connectionLost, .timedOut, .hostNotFound, .certificateUntrusted, .tlsFailed,
            .readOnly, .notReady:
            true
        default: false
        }
    }

    /// Whether the server refused a command without running it, because it is a replica or not ready.
    ///
    /// The host name may lead to another server by now, so the command is sent again over a new connection.
    var isRefusal: Bool { code == .readOnly || code == .notReady }

    /// Whether the server replied to a command, with an error or not.
    var isAnswer: Bool { serverCode != nil && code != .authenticationFailed }

    /// The kinds of error.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name, as in the source.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// No connection could be opened, or the last attempt failed and the next one is not due yet.
        public static let connectionFailed = Code("connectionFailed")
        /// The host name resolves to no address.
        public static let hostNotFound = Code("hostNotFound")
        /// The server's certificate is not signed by a trusted authority, has expired, or names another host.
        public static let certificateUntrusted = Code("certificateUntrusted")
        /// The TLS handshake failed, or a configured file cannot be used.
        public static let tlsFailed = Code("tlsFailed")
        /// The connection ended after the command was written: it may or may not have run.
        public static let connectionLost = Code("connectionLost")
        /// No reply came within the command timeout: the command may or may not have run.
        public static let timedOut = Code("timedOut")
        /// The server refused the user name or the password, or requires one.
        public static let authenticationFailed = Code("authenticationFailed")
        /// The server has no database of the configured number.
        public static let databaseNotFound = Code("databaseNotFound")
        /// The server is a read-only replica (`READONLY`); the command did not run.
        public static let readOnly = Code("readOnly")
        /// The server is loading its data, or has lost its primary, its replicas or its cluster (`LOADING`,
        /// `MASTERDOWN`, `NOREPLICAS`, `CLUSTERDOWN`); the command did not run.
        public static let notReady = Code("notReady")
        /// The server has reached its memory limit and accepts no writes (`OOM`).
        public static let outOfMemory = Code("outOfMemory")
        /// The server cannot save its data and accepts no writes (`MISCONF`).
        public static let cannotPersist = Code("cannotPersist")
        /// The user lacks the permission for a command or a key (`NOPERM`).
        public static let notPermitted = Code("notPermitted")
        /// The server is part of a Redis Cluster (`MOVED`, `ASK`, `CROSSSLOT`), which this client does not support.
        public static let clusterNotSupported = Code("clusterNotSupported")
        /// More replies are pending than the configuration allows; the command was not sent.
        public static let tooManyPending = Code("tooManyPending")
        /// A reply is larger than the configuration allows; the connection was closed.
        public static let replyTooLarge = Code("replyTooLarge")
        /// The peer does not speak RESP2, or sent a reply without a request; the connection was closed.
        public static let protocolViolation = Code("protocolViolation")
        /// The server replied with an error that has no other code here.
        public static let server = Code("server")
        /// The command cannot be sent: it has no name, or is larger than Redis accepts.
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
