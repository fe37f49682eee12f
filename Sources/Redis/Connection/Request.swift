internal import NIOCore

/// Commands for the server, and the waiter for their replies.
struct Request<Waiter: Sendable>: Sendable {
    let waiter: Waiter
    /// The index of its first reply among all replies of the waiter.
    let firstSlot: Int
    let commands: OutgoingCommands
    let deadline: NIODeadline

    /// The number of replies received.
    var replies = 0
    /// When it was written; nil before.
    var writtenAt: NIODeadline?
    /// Whether it is sent for the second time.
    var isRetry = false
    /// Whether its deadline has passed: it keeps its place, and its reply is discarded.
    var isExpired = false
    /// Whether it is to be sent over another connection, because the server refused it or may be behind the primary.
    var isRefused = false

    init(waiter: Waiter, firstSlot: Int, commands: OutgoingCommands, deadline: NIODeadline) {
        self.waiter = waiter
        self.firstSlot = firstSlot
        self.commands = commands
        self.deadline = deadline
    }

    /// The number of replies still to be received.
    var missingReplies: Int {
        commands.replyCount - replies
    }

    /// The request to send again; nil if it must not be.
    var retry: Request? {
        guard commands.isRepeatable, !isRetry, !isExpired else { return nil }
        var retry = unsent
        retry.isRetry = true
        return retry
    }

    /// The request as it was before it was written.
    var unsent: Request {
        var request = Request(waiter: waiter, firstSlot: firstSlot, commands: commands, deadline: deadline)
        request.isRetry = isRetry
        return request
    }

    /// Returns a failure for each reply still to be received.
    func failures(_ error: RedisError) -> [Delivery<Waiter>] {
        (replies..<commands.replyCount).map { index in
            Delivery(waiter: waiter, slot: firstSlot + index, outcome: .failure(error))
        }
    }
}

/// The outcome of one reply, for its waiter.
struct Delivery<Waiter: Sendable>: Sendable {
    let waiter: Waiter
    let slot: Int
    let outcome: Result<RedisValue, RedisError>
}

/// The bytes of one command, or of a transaction.
struct OutgoingCommands: Sendable {
    let bytes: ByteBuffer
    let replyCount: Int
    let isRepeatable: Bool

    /// Formats a single command.
    init(_ command: RedisCommand) throws(RedisError) {
        var bytes = ByteBuffer()
        try bytes.writeCommand(command)
        self.bytes = bytes
        replyCount = 1
        isRepeatable = command.isRepeatable
    }

    /// Formats a transaction as contiguous bytes, so that no other caller's command comes between.
    init(transaction commands: [RedisCommand]) throws(RedisError) {
        var bytes = ByteBuffer()
        try bytes.writeCommand(RedisCommand("MULTI"))
        for command in commands {
            try bytes.writeCommand(command)
        }
        try bytes.writeCommand(RedisCommand("EXEC"))
        self.bytes = bytes
        replyCount = commands.count + 2
        isRepeatable = commands.allSatisfy(\.isRepeatable)
    }
}
