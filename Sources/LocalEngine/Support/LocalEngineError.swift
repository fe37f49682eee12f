/// Why the engine cannot run.
public struct LocalEngineError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public let code: Code
    /// The description for people.
    public let detail: String

    /// The kinds of failure.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// A value of the configuration cannot be used.
        public static let invalidConfiguration = Code(description: "invalidConfiguration")
        /// The folder for the socket is open to other users.
        public static let insecureFolder = Code(description: "insecureFolder")
        /// The database, or a file or folder beside it, cannot be made, read or written.
        public static let storageUnusable = Code(description: "storageUnusable")
        /// The address cannot be listened on.
        public static let cannotListen = Code(description: "cannotListen")
        /// Another engine listens at the address.
        public static let alreadyListening = Code(description: "alreadyListening")
    }

    /// The kind and the detail.
    public var description: String { "\(code): \(detail)" }
}
