public import FoundationEssentials

/// A message in a queue, as operators see it.
public struct QueuedMessage: Sendable, Hashable {
    /// What a message waits for.
    public enum Condition: String, Sendable, Hashable, CaseIterable {
        /// It waits for a worker.
        case ready
        /// A worker has it.
        case working
        /// It waits for its next attempt.
        case delayed
        /// It waits for an earlier message of its line.
        case waiting
        /// It is given up, and kept.
        case dead
    }

    /// The message's ID.
    public let id: String
    /// The line in which it keeps its place.
    public let line: String
    /// Its stage.
    public let stage: String
    /// The stage, or the program's part, that wrote its payload.
    public let writer: String
    /// What it waits for.
    public let condition: Condition
    /// The number of attempts in this stage.
    public let attempts: Int
    /// When it was enqueued, by Redis' clock.
    public let enqueuedAt: Date
    /// When it is tried again; nil unless it is delayed.
    public let dueAt: Date?
    /// Why the last attempt failed; nil if none has.
    public let reason: String?
    /// What its stage works on.
    public let payload: String
    /// What its stage has saved so far.
    public let state: String?
}
