internal import DocumentText

extension LocalEngine {
    /// The address at which the engine listens.
    public enum Address: Sendable, Hashable {
        /// A Unix socket. A missing folder is created for its owner alone; one that others can enter is refused.
        case unixSocket(path: String)
        /// A port, where 0 lets the system choose, of the interface with an address, written without brackets. Any interface
        /// but the loopback requires an API key.
        case tcp(host: String = "127.0.0.1", port: Int)
    }

    /// The settings of an engine.
    public struct Configuration: Sendable {
        /// The SQLite file.
        ///
        /// The uploaded bytes are in a folder `engine-files` beside it. Several engines, in several processes, may use one
        /// file at the same time.
        public var databasePath: String
        /// The address at which the engine listens.
        public var address: Address
        /// The key that clients have to send, a secret; nil to accept any key.
        public var apiKey: String?
        /// The models that the engine lists.
        ///
        /// Requests may name any model; the answers are the same.
        public var models: [String]
        /// The maximum number of files whose text is read at once.
        public var maximumExtractions: Int
        /// The hosts of which an engine at a port without a key accepts requests, beside the one at which it listens and those
        /// of the machine itself: names, addresses, `*.example.com` for all names below one, or `*`.
        public var allowedHosts: [String]
        /// The program that reads a document, and its arguments before the document's path and name.
        ///
        /// It has to do what ``DocumentReading/run(path:filename:scanLanguages:)`` does. Each document is read by a process of
        /// its own, with bounded memory and time, so that no document can end the engine. If it is nil, documents are read in
        /// this process, where only the size of the text is bounded.
        public var readerCommand: [String]?
        /// The folder with the files of a sentence encoder, with which passages are found by their meaning; nil to find them
        /// by their words alone.
        public var encoderDirectory: String?

        /// The model that writes answers from the passages that are found; nil to quote them.
        public var model: Model?

        /// Creates a configuration.
        public init(
            databasePath: String,
            address: Address,
            apiKey: String? = nil,
            models: [String] = ["gpt-6-luna"],
            maximumExtractions: Int = 2,
            allowedHosts: [String] = [],
            readerCommand: [String]? = nil,
            encoderDirectory: String? = nil,
            model: Model? = nil
        ) {
            self.databasePath = databasePath
            self.address = address
            self.apiKey = apiKey
            self.models = models
            self.maximumExtractions = maximumExtractions
            self.allowedHosts = allowedHosts
            self.readerCommand = readerCommand
            self.encoderDirectory = encoderDirectory
            self.model = model
        }
    }
}

extension LocalEngine.Configuration {
    /// Reads a file in the configured way.
    var extract: FileReader.Extract {
        guard let readerCommand else {
            return { path, filename async throws(ExtractionError) in
                try await ExtractedText.read(fileAt: path, filename: filename)
            }
        }
        let process = ReaderProcess(command: readerCommand)
        return { path, filename async throws(ExtractionError) in
            try await process.read(fileAt: path, filename: filename)
        }
    }

    /// Throws unless every value can be used.
    func validate() throws(LocalEngineError) {
        if databasePath.isEmpty { throw .init(code: .invalidConfiguration, detail: "the database has no path") }
        if maximumExtractions < 1 {
            throw .init(code: .invalidConfiguration, detail: "maximumExtractions has to be at least 1")
        }
        try model?.validate()
        if case .tcp(let host, let port) = address {
            guard Self.isLoopback(host) || apiKey?.isEmpty == false else {
                throw .init(
                    code: .invalidConfiguration,
                    detail: "other machines can reach \(host), where the engine serves only with an API key"
                )
            }
            guard (0...65_535).contains(port) else {
                throw .init(code: .invalidConfiguration, detail: "\(port) is no port")
            }
        }
    }

    private static func isLoopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4Loopback = parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
        return isIPv4Loopback || host == "::1" || host == "localhost"
    }
}

extension LocalEngine.Configuration: CustomStringConvertible, CustomReflectable {
    /// The database and the address, without the key.
    public var description: String { "engine \(databasePath) at \(address)" }

    /// A mirror with the description only, so that `dump` does not print the key.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: [description]) }
}
