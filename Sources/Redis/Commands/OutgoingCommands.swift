internal import NIOCore

/// Commands that stand or fall together, as they go on the wire: one, or a transaction.
struct OutgoingCommands: Sendable {
    let bytes: ByteBuffer
    let replyCount: Int
    let isRepeatable: Bool

    /// A single command.
    init(_ command: RedisCommand) throws(RedisError) {
        var bytes = ByteBuffer()
        try bytes.writeCommand(command)
        self.bytes = bytes
        replyCount = 1
        isRepeatable = command.isRepeatable
    }

    /// A transaction: contiguous bytes, so that nobody's command comes between.
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
