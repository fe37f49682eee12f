extension Run {
    /// How far a run is, or how it ended.
    public struct Status: RawRepresentable, Hashable, Sendable, Decodable {
        /// The status as the API writes it.
        public let rawValue: String

        /// Creates a status, known to us or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Not begun.
        public static let queued = Status(rawValue: "queued")
        /// In the making.
        public static let inProgress = Status(rawValue: "in_progress")
        /// Waiting for the outcome of functions, which this program does not offer; it will wait until it expires.
        public static let requiresAction = Status(rawValue: "requires_action")
        /// About to be cancelled; the thread is still busy.
        public static let cancelling = Status(rawValue: "cancelling")
        /// Ended by us.
        public static let cancelled = Status(rawValue: "cancelled")
        /// Ended without an answer.
        public static let failed = Status(rawValue: "failed")
        /// Ended with an answer.
        public static let completed = Status(rawValue: "completed")
        /// Ended before the answer was whole.
        public static let incomplete = Status(rawValue: "incomplete")
        /// Given up by the API, since it took too long.
        public static let expired = Status(rawValue: "expired")

        /// Whether the run has ended, and the thread is free again; of a status unknown to us, we cannot say so.
        public var isFinal: Bool {
            [.cancelled, .failed, .completed, .incomplete, .expired].contains(self)
        }
    }
}
