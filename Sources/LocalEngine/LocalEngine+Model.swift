public import OpenAI

extension LocalEngine {
    /// A model that writes answers, at a server with `/v1/chat/completions`.
    public struct Model: Sendable {
        /// The name of the model, as the server knows it.
        public var name: String
        /// The server; the limits below apply instead of its total timeout and its timeout without a byte.
        public var server: OpenAIConfiguration
        /// How many answers the model writes at a time; sixteen times as many wait, and the others are quoted.
        public var concurrency: Int
        /// The tokens of the model's context, those of the answer included; at least 2,048.
        public var contextTokens: Int
        /// The longest time until the first token of an answer, the wait for other answers included.
        public var firstTokenTimeout: Duration
        /// The longest time of an answer, the wait for other answers included; at most ``longestTimeout``.
        public var timeout: Duration
        /// A PEM file of certificate authorities to trust in addition to the system's; nil for none.
        public var trustRootsFile: String?
        /// Folders of certificate authorities that replace the system's, separated by colons; nil for the system's.
        public var trustRootsDirectories: String?

        /// The longest time that an answer may take: a run expires after ten minutes.
        public static let longestTimeout = Duration.seconds(540)
        /// The least tokens of a context.
        public static let leastContextTokens = WritingPrompt.leastContextTokens

        /// Creates the settings of a model.
        public init(
            name: String,
            server: OpenAIConfiguration,
            concurrency: Int = 4,
            contextTokens: Int = 4_096,
            firstTokenTimeout: Duration = .seconds(30),
            timeout: Duration = .seconds(45),
            trustRootsFile: String? = nil,
            trustRootsDirectories: String? = nil
        ) {
            self.name = name
            self.server = server
            self.concurrency = concurrency
            self.contextTokens = contextTokens
            self.firstTokenTimeout = firstTokenTimeout
            self.timeout = timeout
            self.trustRootsFile = trustRootsFile
            self.trustRootsDirectories = trustRootsDirectories
        }
    }
}

extension LocalEngine.Model {
    /// Throws unless every value can be used.
    func validate() throws(LocalEngineError) {
        guard !name.isEmpty else { throw .init(code: .invalidConfiguration, detail: "the model has no name") }
        guard concurrency > 0, contextTokens >= Self.leastContextTokens, firstTokenTimeout > .zero, timeout > .zero,
            timeout <= Self.longestTimeout
        else {
            throw .init(code: .invalidConfiguration, detail: "a limit of the model is out of its range")
        }
    }

    /// The seconds for which an answer holds the lock of its conversation or run.
    var lease: Int { Int(timeout.components.seconds) + 15 }
}
