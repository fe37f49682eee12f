/// The end of an attempt, for metrics.
public struct WorkEvent: Sendable, Hashable {
    /// How an attempt ended.
    public enum Result: String, Sendable, Hashable, CaseIterable {
        /// The message left the queue.
        case done
        /// The message is in another stage.
        case next
        /// The message is tried again.
        case retry
        /// The message is tried again, and the attempt does not count.
        case postponed
        /// The message is given up.
        case dead
        /// Another worker took the message, or it was erased: nothing was changed.
        case lost
        /// The worker ended and gave the message back.
        case returned
    }

    /// The stage's name.
    public let stage: String
    /// How the attempt ended.
    public let result: Result
    /// How long it took.
    public let duration: Duration
}
