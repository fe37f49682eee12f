/// The numbers of messages in a queue.
public struct WorkQueueStatus: Sendable, Hashable {
    /// The numbers of one stage.
    public struct Stage: Sendable, Hashable {
        /// The stage's name.
        public let name: String
        /// The messages that wait for a worker.
        public let ready: Int
        /// The messages that workers have.
        public let working: Int
        /// The messages that wait for their next attempt.
        public let delayed: Int
        /// The messages that are given up.
        public let dead: Int
        /// The workers that asked for messages within the last seconds, or have some.
        public let workers: Int
        /// For how long the oldest message is ready or worked on; zero if there is none.
        public let oldestAge: Duration
        /// The attempts that failed and were repeated, since the queue exists.
        public let retries: Int
    }

    /// The stages, in order.
    public let stages: [Stage]
    /// All messages that are not dead, those included that wait for earlier ones of their lines.
    public let depth: Int
    /// The age of the oldest message that is not dead, since it was enqueued; zero if there is none.
    public let oldestAge: Duration

    /// The messages that wait for earlier ones of their lines.
    public var waiting: Int { max(0, depth - stages.reduce(0) { $0 + $1.ready + $1.working + $1.delayed }) }
    /// The messages that are given up.
    public var dead: Int { stages.reduce(0) { $0 + $1.dead } }
}
