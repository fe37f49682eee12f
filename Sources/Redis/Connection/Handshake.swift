internal import NIOCore

/// The commands on a new connection before any other: AUTH, SELECT, PING, and the write of the probe.
///
/// PING is always sent, so that a connection counts as ready only when a server has answered, and not only a proxy or
/// the kernel. The write tells a primary from a replica, and needs no permission but the one for its key.
struct Handshake {
    private enum Step {
        case auth, select, ping, write
    }

    /// All commands, sent at once.
    let bytes: ByteBuffer
    private var steps: ArraySlice<Step>

    init(_ configuration: RedisConfiguration) throws(RedisError) {
        var bytes = ByteBuffer()
        var steps: [Step] = []
        if let password = configuration.password {
            let user = configuration.username.map { [$0] } ?? []
            try bytes.writeCommand(RedisCommand("AUTH", user + [password]))
            steps.append(.auth)
        }
        if configuration.database != 0 {
            try bytes.writeCommand(RedisCommand("SELECT", [String(configuration.database)]))
            steps.append(.select)
        }
        try bytes.writeCommand(.ping)
        steps.append(.ping)
        if let probe = configuration.writeProbe {
            try bytes.writeCommand(probe.command)
            steps.append(.write)
        }
        self.bytes = bytes
        self.steps = steps[...]
    }

    /// Handles the next reply.
    ///
    /// - Returns: Whether it is the last one, so that the connection is ready.
    /// - Throws: ``RedisError``: `authenticationFailed`, `databaseNotFound`, `notPermitted`, `readOnly`, `notReady`, or
    ///   `connectionFailed` if the server refuses for another reason.
    mutating func receive(_ reply: RedisValue) throws(RedisError) -> Bool {
        guard let step = steps.popFirst() else {
            throw RedisError(.protocolViolation, "a reply arrived without a request")
        }
        if case .failure(let error) = reply.outcome { try Self.check(error, at: step) }
        return steps.isEmpty
    }

    private static func check(_ error: RedisError, at step: Step) throws(RedisError) {
        if error.isRefusal || error.code == .authenticationFailed { throw error }
        // A server that accepts no connection sends its error in place of the first reply.
        if error.serverCode == "DENIED" || error.message.hasPrefix("max number of clients") {
            throw RedisError(.connectionFailed, "the server accepts no connection: \(error.message)")
        }
        switch (step, error.code) {
        case (.auth, _):
            throw RedisError(.authenticationFailed, error.message, serverCode: error.serverCode)
        case (.select, .notPermitted), (.select, .clusterNotSupported):
            throw error
        case (.select, _):
            throw RedisError(.databaseNotFound, error.message, serverCode: error.serverCode)
        case (.ping, .notPermitted), (.ping, .cannotPersist), (.write, _):
            // The server is available; commands that it refuses get its error themselves.
            break
        case (.ping, _):
            throw RedisError(.connectionFailed, "the server is not ready: \(error)")
        }
    }
}
