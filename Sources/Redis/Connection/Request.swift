internal import NIOCore

/// Bytes on their way to the server, and who waits for the replies to them.
struct Request<Waiter: Sendable>: Sendable {
    let waiter: Waiter
    /// The place of the first of its replies among all that the waiter gets.
    let firstSlot: Int
    let commands: OutgoingCommands
    let deadline: NIODeadline

    /// How many of its replies have come.
    var replies = 0
    /// When it was written, if it was.
    var writtenAt: NIODeadline?
    /// Whether it is on its second connection.
    var isRetry = false
    /// Whether its deadline passed: it keeps its place, and its reply is thrown away.
    var isExpired = false
    /// Whether it is to be sent over another connection, as the server refused it or may be behind the primary.
    var isRefused = false

    init(waiter: Waiter, firstSlot: Int, commands: OutgoingCommands, deadline: NIODeadline) {
        self.waiter = waiter
        self.firstSlot = firstSlot
        self.commands = commands
        self.deadline = deadline
    }

    /// How many replies are still to come.
    var missingReplies: Int {
        commands.replyCount - replies
    }

    /// The request as it is sent once more, if that may be.
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

    /// The request's end for all replies still to come.
    func failures(_ error: RedisError) -> [Delivery<Waiter>] {
        (replies..<commands.replyCount).map { index in
            Delivery(waiter: waiter, slot: firstSlot + index, outcome: .failure(error))
        }
    }
}

/// An outcome for one who waits.
struct Delivery<Waiter: Sendable>: Sendable {
    let waiter: Waiter
    let slot: Int
    let outcome: Result<RedisValue, RedisError>
}
