extension Settings {
    /// The parts of the program that have settings; a command reads all settings, and is stopped by faults only in those
    /// of the parts that it uses.
    public struct Parts: OptionSet, Sendable {
        /// The bits.
        public let rawValue: Int

        /// Creates a set from bits.
        public init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// What no command can do without: the log.
        static let everyCommand = Parts(rawValue: 1 << 0)
        /// Both Redis databases.
        public static let redis = Parts(rawValue: 1 << 1)
        /// What answers: the server, or the embedded engine and its data, and the bounds of a question.
        public static let upstream = Parts(rawValue: 1 << 2)
        /// The folder of documents.
        public static let documents = Parts(rawValue: 1 << 3)
        /// The assistant's instructions.
        public static let instructions = Parts(rawValue: 1 << 4)
        /// The HTTP API and who may call it.
        public static let server = Parts(rawValue: 1 << 5)
        /// The embedded engine where it serves other programs.
        public static let engine = Parts(rawValue: 1 << 6)
        /// All of them.
        public static let all: Parts = [.redis, .upstream, .documents, .instructions, .server, .engine]
    }
}
