public import FoundationEssentials

/// A searchable collection of files.
public struct VectorStore: Sendable, Hashable, Decodable {
    /// The vector store's ID.
    public let id: String
    /// Its name, if it has one.
    public let name: String?
    /// Its status; `completed` for an empty vector store.
    public let status: Status?
    /// Its size in bytes.
    public let usageBytes: Int
    /// How many of its files have which status.
    public let fileCounts: FileCounts
    /// Its metadata.
    public let metadata: [String: String]
    /// When it was created.
    public let createdAt: Date?
    /// When it was last used.
    public let lastActiveAt: Date?
    /// When the API deletes it; nil for never.
    public let expiresAt: Date?

    /// The status of a vector store.
    public struct Status: RawRepresentable, Hashable, Sendable, Decodable {
        /// The status as the API writes it.
        public let rawValue: String

        /// Creates a status, known or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Files are being indexed.
        public static let inProgress = Status(rawValue: "in_progress")
        /// Ready.
        public static let completed = Status(rawValue: "completed")
        /// Expired: no longer usable.
        public static let expired = Status(rawValue: "expired")
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, status, metadata
        case usageBytes = "usage_bytes"
        case fileCounts = "file_counts"
        case createdAt = "created_at"
        case lastActiveAt = "last_active_at"
        case expiresAt = "expires_at"
    }

    /// Decodes a store; only its ID is required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        name = try fields.decodeIfPresent(String.self, forKey: .name)
        status = try fields.decodeIfPresent(Status.self, forKey: .status)
        usageBytes = try fields.decode(.usageBytes, or: 0)
        fileCounts = try fields.decode(.fileCounts, or: FileCounts())
        metadata = try fields.decodeMap(.metadata)
        createdAt = try fields.decodeDate(.createdAt)
        lastActiveAt = try fields.decodeDate(.lastActiveAt)
        expiresAt = try fields.decodeDate(.expiresAt)
    }
}

/// How many files of a vector store or a batch have which status.
public struct FileCounts: Sendable, Hashable, Decodable {
    /// Being indexed.
    public var inProgress = 0
    /// Ready to be searched.
    public var completed = 0
    /// Not indexed; the file has the reason.
    public var failed = 0
    /// Not indexed, because it was cancelled.
    public var cancelled = 0
    /// All of them.
    public var total = 0

    /// Creates counts of zero.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case completed, failed, cancelled, total
        case inProgress = "in_progress"
    }

    /// Decodes the counts; an absent count is zero.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        inProgress = try fields.decode(.inProgress, or: 0)
        completed = try fields.decode(.completed, or: 0)
        failed = try fields.decode(.failed, or: 0)
        cancelled = try fields.decode(.cancelled, or: 0)
        total = try fields.decode(.total, or: 0)
    }
}
