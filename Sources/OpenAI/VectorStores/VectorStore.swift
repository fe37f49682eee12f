public import FoundationEssentials

/// A collection of files that can be searched.
public struct VectorStore: Sendable, Hashable, Decodable {
    /// The store's ID.
    public let id: String
    /// Its name, if it has one.
    public let name: String?
    /// Whether it can be searched; an empty store counts as `completed`.
    public let status: Status?
    /// What it takes up, which is what storage is charged by.
    public let usageBytes: Int
    /// How far its files are.
    public let fileCounts: FileCounts
    /// Our own notes on it.
    public let metadata: [String: String]
    /// When it was made.
    public let createdAt: Date?
    /// When it was used last.
    public let lastActiveAt: Date?
    /// When it will be deleted by itself, if ever.
    public let expiresAt: Date?

    /// How far a vector store is.
    public struct Status: RawRepresentable, Hashable, Sendable, Decodable {
        /// The status as the API writes it.
        public let rawValue: String

        /// Creates a status, known to us or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Files are being indexed.
        public static let inProgress = Status(rawValue: "in_progress")
        /// Ready.
        public static let completed = Status(rawValue: "completed")
        /// Unused for longer than it was made for: gone.
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

    /// Decodes a store; only its ID must be there.
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
