internal import DocumentText

extension LocalEngine {
    /// Where the engine listens.
    public enum Address: Sendable, Hashable {
        /// A socket file. Its folder is made, for its owner alone, if it is not there; one that others can enter is refused.
        case unixSocket(path: String)
        /// A port of an interface, by its address without brackets; 0 lets the system choose one. Any interface but the
        /// loopback's needs an API key.
        case tcp(host: String = "127.0.0.1", port: Int)
    }

    /// How the engine is set up.
    public struct Configuration: Sendable {
        /// The SQLite file.
        ///
        /// The uploaded bytes are kept in a folder `engine-files` beside it. Several engines, in several
        /// processes, may use one file at the same time.
        public var databasePath: String
        /// Where the engine listens.
        public var address: Address
        /// The key that clients have to send; nil where any key will do.
        ///
        /// A secret.
        public var apiKey: String?
        /// The models that the engine lists.
        ///
        /// Requests may name any other: there is one engine behind all of them.
        public var models: [String]
        /// The most files whose text is read at once.
        public var maximumExtractions: Int
        /// The hosts under whose names the engine is served at a port without a key, beside the one that it listens on and
        /// those of the machine itself: names, addresses, `*.example.com` for all names below one, or `*`.
        public var allowedHosts: [String]
        /// The program that reads a document, and its arguments before the document's path and name.
        ///
        /// It has to do what ``DocumentReading/run(path:filename:)`` does. Each document is read by a process of its own,
        /// with bounds for its memory and time, so that no document takes the engine with it. If it is nil, documents are
        /// read in this process, where only the size of what they become is bounded.
        public var readerCommand: [String]?
        /// The folder of a sentence encoder's files, by which passages are found by their meaning.
        ///
        /// Where there is none, they are found by their words alone.
        public var encoderDirectory: String?

        /// A configuration of the engine.
        public init(
            databasePath: String,
            address: Address,
            apiKey: String? = nil,
            models: [String] = ["gpt-6-luna"],
            maximumExtractions: Int = 2,
            allowedHosts: [String] = [],
            readerCommand: [String]? = nil,
            encoderDirectory: String? = nil
        ) {
            self.databasePath = databasePath
            self.address = address
            self.apiKey = apiKey
            self.models = models
            self.maximumExtractions = maximumExtractions
            self.allowedHosts = allowedHosts
            self.readerCommand = readerCommand
            self.encoderDirectory = encoderDirectory
        }
    }
}

extension LocalEngine.Configuration {
    /// Reads a file, as the configuration says.
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

    /// Makes sure that every value can be used.
    func validate() throws(LocalEngineError) {
        if databasePath.isEmpty { throw .init(code: .invalidConfiguration, detail: "the database has no path") }
        if maximumExtractions < 1 {
            throw .init(code: .invalidConfiguration, detail: "maximumExtractions has to be at least 1")
        }
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
    /// Database and address; no key.
    public var description: String { "engine \(databasePath) at \(address)" }

    /// A mirror that shows no more than the description, so that `dump` tells no key either.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: [description]) }
}
