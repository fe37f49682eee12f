internal import FoundationEssentials
internal import Redis

/// A call of a script: every key that the script touches, its arguments, and how its reply is read.
struct QueueScriptCall<Reply: Sendable>: Sendable {
    let script: RedisScript
    let keys: [String]
    let arguments: [String]
    /// Reads the reply; nil where it has another shape than the script gives it.
    let read: @Sendable (RedisValue) -> Reply?
}

extension RedisClient {
    /// Runs a script of a queue.
    ///
    /// - Parameters:
    ///   - call: The script with its keys and arguments.
    ///   - isShielded: Whether the script runs even where the calling task is cancelled.
    /// - Returns: The script's reply.
    /// - Throws: `RedisError`; ``WorkQueueError`` for a reply of an unexpected shape.
    func run<Reply>(_ call: QueueScriptCall<Reply>, isShielded: Bool = false) async throws -> Reply {
        let value = try await evaluate(
            call.script,
            keys: call.keys,
            arguments: call.arguments,
            isShielded: isShielded
        )
        guard let reply = call.read(value) else {
            throw WorkQueueError(.unexpectedReply, "Redis sent an unexpected reply to a script of the queue")
        }
        return reply
    }
}

extension [RedisCommand] {
    /// The commands as a script reads them.
    var json: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }
}
