public import Redis

/// A durable queue in Redis, whose messages go through stages and stay in order within lines.
///
/// Each message belongs to a *line*, such as that of one sender. Only the first message of a line is worked on; the next
/// one is ready when it has left its last stage, in the same step. So the messages of a line are in order through all
/// stages, whatever is retried or slow, and lines do not wait for each other.
///
/// A ``Worker`` has a message for the time of a lease, which it renews. A message whose worker died is taken over by
/// another when the lease is over. Each change by a worker checks, in the same script, that it still has the message.
///
/// ```swift
/// import Redis
/// import WorkQueue
///
/// func enqueue(_ letter: String, from sender: String, with redis: RedisClient) async throws {
///     let stages = [WorkStage("in", timeLimit: .seconds(60)), WorkStage("out", timeLimit: .seconds(20))]
///     let queue = WorkQueue(WorkQueueConfiguration(name: "letters", stages: stages), redis: redis)
///     let outcome = try await queue.enqueue(letter, line: sender, by: "post")
///     print(outcome)
/// }
/// ```
public struct WorkQueue: Sendable {
    /// The configuration.
    public let configuration: WorkQueueConfiguration
    let redis: RedisClient
    let scripts: QueueScripts

    /// Creates a queue on a client of its database.
    public init(_ configuration: WorkQueueConfiguration, redis: RedisClient) {
        self.configuration = configuration
        self.redis = redis
        scripts = QueueScripts(configuration)
    }

    /// What became of a message that was to be added.
    public enum Enqueued: Sendable, Hashable {
        /// It is in the queue, under the ID.
        case accepted(id: String)
        /// Another message came with the same key, and is or was in the queue under the ID.
        case duplicate(of: String)
    }

    /// Adds a message to the end of its line, in one round trip.
    ///
    /// - Parameters:
    ///   - payload: What the stage works on.
    ///   - line: The line. It is part of a key and appears in logs: a pseudonym where it stands for a person.
    ///   - duplicateKey: A key, such as the sender's own ID of the message: a later message with the same key is a duplicate,
    ///     for the configured time.
    ///   - stage: The stage to begin in; by default the first one.
    ///   - writer: What writes the message, as operators are told.
    /// - Returns: Whether the message was added.
    /// - Throws: `RedisError`; ``WorkQueueError`` with the code `unknownStage`.
    public func enqueue(
        _ payload: String,
        line: String,
        unless duplicateKey: String? = nil,
        at stage: String? = nil,
        by writer: String
    ) async throws -> Enqueued {
        let id = Self.randomID()
        let message = QueueScripts.NewMessage(
            id: id,
            line: line,
            duplicateKey: duplicateKey ?? id,
            stage: try known(stage ?? configuration.stages[0].name),
            payload: payload,
            writer: writer
        )
        let found = try await redis.run(scripts.enqueue(message))
        return found == id ? .accepted(id: id) : .duplicate(of: found)
    }

    /// Deletes all messages of a line, dead ones included; workers that have some lose them.
    ///
    /// - Returns: The number of messages.
    /// - Throws: `RedisError`.
    @discardableResult
    public func erase(line: String) async throws -> Int {
        try await redis.run(scripts.erase(line: line))
    }

    /// Returns the stage's name.
    ///
    /// - Throws: ``WorkQueueError`` with the code `unknownStage`.
    func known(_ stage: String) throws -> String {
        guard configuration.stages.contains(where: { $0.name == stage }) else {
            throw WorkQueueError(.unknownStage, "the queue \(configuration.name) has no stage \(stage)")
        }
        return stage
    }

    /// Returns a random ID of 16 hexadecimal digits.
    static func randomID() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
