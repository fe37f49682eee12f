public import FoundationEssentials

/// A file in a vector store.
public struct VectorStoreFile: Sendable, Hashable, Decodable {
    /// The uploaded file's ID.
    public let id: String
    /// The vector store's ID.
    public let vectorStoreID: String
    /// Its status.
    public let status: IndexingStatus
    /// Why it was not indexed, if its status is `failed`.
    public let lastError: IndexingError?
    /// Its size in the vector store, in bytes; zero until it is indexed.
    public let usageBytes: Int
    /// The attributes for filters of searches.
    public let attributes: [String: AttributeValue]
    /// When it was added to the vector store.
    public let createdAt: Date?
    /// The warnings of the file's extraction, a line each, from the embedded engine; empty from other servers.
    public let warnings: [String]

    /// Why a file was not indexed.
    public struct IndexingError: Sendable, Hashable, Decodable {
        /// The error's code.
        public let code: Code
        /// Upstream's message, which must not be shown to users.
        public let message: String

        /// An error's code.
        public struct Code: RawRepresentable, Hashable, Sendable, Decodable {
            /// The code as the API writes it.
            public let rawValue: String

            /// Creates a code, known or not.
            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            /// The service failed.
            public static let serverError = Code(rawValue: "server_error")
            /// The file's format is not supported.
            public static let unsupportedFile = Code(rawValue: "unsupported_file")
            /// The file's content is not of its format.
            public static let invalidFile = Code(rawValue: "invalid_file")
        }

        private enum CodingKeys: CodingKey {
            case code, message
        }

        /// Decodes an error; without a code it is a server error.
        public init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            code = try fields.decode(.code, or: .serverError)
            message = try fields.decode(.message, or: "")
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id, status, attributes, warnings
        case vectorStoreID = "vector_store_id"
        case lastError = "last_error"
        case usageBytes = "usage_bytes"
        case createdAt = "created_at"
    }

    /// Decodes a file; its ID and its status are required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        vectorStoreID = try fields.decode(.vectorStoreID, or: "")
        status = try fields.decode(IndexingStatus.self, forKey: .status)
        lastError = try fields.decodeIfPresent(IndexingError.self, forKey: .lastError)
        usageBytes = try fields.decode(.usageBytes, or: 0)
        attributes = try fields.decodeMap(.attributes)
        createdAt = try fields.decodeDate(.createdAt)
        warnings = try fields.decode(.warnings, or: [])
    }
}

/// The indexing status of a file, or of a batch of files.
public struct IndexingStatus: RawRepresentable, Hashable, Sendable, Decodable {
    /// The status as the API writes it.
    public let rawValue: String

    /// Creates a status, known or not.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Being indexed.
    public static let inProgress = IndexingStatus(rawValue: "in_progress")
    /// Ready to be searched.
    public static let completed = IndexingStatus(rawValue: "completed")
    /// Not indexed.
    public static let failed = IndexingStatus(rawValue: "failed")
    /// Not indexed, because it was cancelled.
    public static let cancelled = IndexingStatus(rawValue: "cancelled")

    /// Whether it does not change any more; false for an unknown status.
    public var isFinal: Bool {
        [.completed, .failed, .cancelled].contains(self)
    }
}
