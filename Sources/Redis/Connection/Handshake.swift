internal import NIOCore

/// What is said on a new connection before any command: AUTH, SELECT, and PING.
///
/// PING is always said, so that a connection counts as made only when a server, and not only a proxy or a kernel,
/// answered.
struct Handshake {
    private enum Step {
        case auth, select, ping
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
        self.bytes = bytes
        self.steps = steps[...]
    }

    /// Takes the next reply.
    ///
    /// - Returns: Whether it was the last one, and the connection is ready.
    /// - Throws: ``RedisError`` with the code `authenticationFailed`, or `connectionFailed` if the server refuses for
    ///   another reason: it is still loading its data, or has no database of that number.
    mutating func receive(_ reply: RedisValue) throws(RedisError) -> Bool {
        guard let step = steps.popFirst() else {
            throw RedisError(.protocolViolation, "a reply came that nobody asked for")
        }
        if case .failure(let error) = reply.outcome {
            switch (step, error.serverCode) {
            case (.auth, _), (_, "NOAUTH"):
                throw RedisError(.authenticationFailed, error.message, serverCode: error.serverCode)
            case (.ping, "NOPERM"):
                break  // A user that may not PING; the server is there all the same.
            case (.select, _), (.ping, _):
                throw RedisError(.connectionFailed, "the server is not ready: \(error)")
            }
        }
        return steps.isEmpty
    }
}
