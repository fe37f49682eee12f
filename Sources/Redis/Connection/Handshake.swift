internal import NIOCore

/// What is said on a new connection before any command: AUTH, SELECT, PING, and the write of the probe.
///
/// PING is always said, so that a connection counts as made only when a server, and not only a proxy or a kernel,
/// answered. The write tells a primary from a replica without any permission beyond that of the key.
struct Handshake {
    private enum Step {
        case auth, select, ping, write
    }

    /// All of it: the steps do not wait for each other's replies.
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

    /// Takes the next reply.
    ///
    /// - Returns: Whether it was the last one, and the connection is ready.
    /// - Throws: ``RedisError``: `authenticationFailed`, `databaseNotFound`, `notPermitted`, `readOnly`, `notReady`, or
    ///   `connectionFailed` if the server refuses for another reason.
    mutating func receive(_ reply: RedisValue) throws(RedisError) -> Bool {
        guard let step = steps.popFirst() else {
            throw RedisError(.protocolViolation, "a reply came that nobody asked for")
        }
        if case .failure(let error) = reply.outcome { try Self.check(error, at: step) }
        return steps.isEmpty
    }

    private static func check(_ error: RedisError, at step: Step) throws(RedisError) {
        if error.isRefusal || error.code == .authenticationFailed { throw error }
        // A server that takes no connection says so in place of the first reply, whatever that is.
        if error.serverCode == "DENIED" || error.message.hasPrefix("max number of clients") {
            throw RedisError(.connectionFailed, "the server takes no connection: \(error.message)")
        }
        switch (step, error.code) {
        case (.auth, _):
            throw RedisError(.authenticationFailed, error.message, serverCode: error.serverCode)
        case (.select, .notPermitted), (.select, .clusterNotSupported):
            throw error
        case (.select, _):
            throw RedisError(.databaseNotFound, error.message, serverCode: error.serverCode)
        case (.ping, .notPermitted), (.ping, .cannotPersist), (.write, _):
            // The server is there; the commands that it does not take get its answer themselves.
            break
        case (.ping, _):
            throw RedisError(.connectionFailed, "the server is not ready: \(error)")
        }
    }
}
