public import FoundationEssentials
internal import Redis

/// A message that a worker works on.
public struct WorkItem: Sendable {
    private let queue: WorkQueue
    private let lease: WorkLease
    /// The message's stage.
    public let stage: String
    /// The number of attempts after which the message is dead.
    public let maximumAttempts: Int

    init(_ lease: WorkLease, at stage: WorkStage, of queue: WorkQueue) {
        self.queue = queue
        self.lease = lease
        self.stage = stage.name
        maximumAttempts = stage.retry.maximumAttempts
    }

    /// The message's ID.
    public var id: String { lease.message.id }
    /// The message's line.
    public var line: String { lease.message.line }
    /// The stage, or the program's part, that wrote the payload.
    public var writer: String { lease.message.writer }
    /// What the stage works on.
    public var payload: String { lease.message.payload }
    /// What earlier attempts in this stage saved last; nil if they saved nothing.
    public var state: String? { lease.message.state }
    /// The number of this attempt in this stage, from 1; an attempt whose worker died is repeated under its number.
    public var attempt: Int { lease.message.attempt }
    /// When the message was enqueued, by Redis' clock.
    public var enqueuedAt: Date { Date(millisecondsSince1970: lease.message.since) }

    /// Saves state with the message, for later attempts in this stage.
    ///
    /// To be called before an effect outside of Redis that must not happen twice, with what a later attempt needs to find out
    /// whether it happened; and after it, with the result. The state is saved even if the calling task is cancelled.
    ///
    /// - Throws: ``WorkQueueError`` with the code `leaseLost` if this worker no longer has the message; `RedisError`.
    public func save(_ state: String) async throws {
        guard try await queue.redis.run(queue.scripts.save(state, with: lease.message), isShielded: true) else {
            lease.isLost.open()
            throw WorkQueueError.leaseLost
        }
    }

    /// Checks, without asking Redis, that no other worker can have the message for a while: a sixth of a lease.
    ///
    /// To be called right before an effect outside of Redis: a process that was suspended and resumes must not go on with it.
    ///
    /// - Throws: ``WorkQueueError`` with the code `leaseLost`.
    public func checkLease() throws {
        guard lease.isCertain(for: queue.configuration.lease / 6) else { throw WorkQueueError.leaseLost }
    }
}
