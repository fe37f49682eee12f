/// An error of a queue; errors of Redis are `RedisError`.
public struct WorkQueueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of error.
    public let code: Code
    /// A description of the error for people.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// The kinds of error.
    public struct Code: Sendable, Hashable {
        private let name: String

        /// The worker no longer has the message: its lease is over and another worker took it, or the message was erased.
        public static let leaseLost = Code(name: "leaseLost")
        /// Redis sent a reply of an unexpected shape.
        public static let unexpectedReply = Code(name: "unexpectedReply")
        /// The queue has no stage of the name.
        public static let unknownStage = Code(name: "unknownStage")
    }

    static let leaseLost = WorkQueueError(.leaseLost, "this worker no longer has the message")
}
