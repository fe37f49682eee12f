public import FoundationEssentials

/// A file in a vector store.
public struct VectorStoreFile: Sendable, Hashable, Decodable {
    /// The file's ID, the same as of the uploaded file.
    public let id: String
    /// The store's ID.
    public let vectorStoreID: String
    /// How far it is.
    public let status: IndexingStatus
    /// Why it was not indexed, if it was not.
    public let lastError: IndexingError?
    /// What it takes up in the store; zero until it is indexed.
    public let usageBytes: Int
    /// What searches can filter by.
    public let attributes: [String: AttributeValue]
    /// When it was put into the store.
    public let createdAt: Date?
    /// What a person should know of how it was read, a line each, as the embedded engine tells; empty with other servers.
    public let warnings: [String]

    /// Why a file was not indexed.
    public struct IndexingError: Sendable, Hashable, Decodable {
        /// The kind of reason.
        public let code: Code
        /// The reason as upstream words it.
        ///
        /// **Not for users.**
        public let message: String

        /// A kind of reason.
        public struct Code: RawRepresentable, Hashable, Sendable, Decodable {
            /// The code as the API writes it.
            public let rawValue: String

            /// Creates a code, known to us or not.
            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            /// The service failed.
            public static let serverError = Code(rawValue: "server_error")
            /// Files of this kind cannot be searched.
            public static let unsupportedFile = Code(rawValue: "unsupported_file")
            /// The file's content is not what its kind calls for.
            public static let invalidFile = Code(rawValue: "invalid_file")
        }

        private enum CodingKeys: CodingKey {
            case code, message
        }

        /// Decodes a reason; without a code it is the service's failure.
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

    /// Decodes a file; its ID and its status must be there.
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
