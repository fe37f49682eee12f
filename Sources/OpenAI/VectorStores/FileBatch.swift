public import FoundationEssentials

/// A batch of files in a vector store.
public struct FileBatch: Sendable, Hashable, Decodable {
    /// The batch's ID.
    public let id: String
    /// The vector store's ID.
    public let vectorStoreID: String
    /// The status of the batch.
    public let status: IndexingStatus
    /// How many of its files have which status.
    public let fileCounts: FileCounts
    /// When it was created.
    public let createdAt: Date?
    /// The IDs of its files with warnings, from the embedded engine; empty from other servers.
    public let warnedFiles: [String]

    /// Whether none of its files is being indexed any more.
    public var isSettled: Bool {
        status.isFinal || (fileCounts.total > 0 && fileCounts.inProgress == 0)
    }

    private enum CodingKeys: String, CodingKey {
        case id, status
        case vectorStoreID = "vector_store_id"
        case fileCounts = "file_counts"
        case createdAt = "created_at"
        case warnedFiles = "warned_files"
    }

    /// Decodes a batch; its ID and its status are required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        vectorStoreID = try fields.decode(.vectorStoreID, or: "")
        status = try fields.decode(IndexingStatus.self, forKey: .status)
        fileCounts = try fields.decode(.fileCounts, or: FileCounts())
        createdAt = try fields.decodeDate(.createdAt)
        warnedFiles = try fields.decode(.warnedFiles, or: [])
    }
}

/// A file of a batch to create.
public struct BatchFile: Sendable, Hashable, Encodable {
    /// The uploaded file's ID.
    public var fileID: String
    /// The attributes for filters of searches: at most 16.
    public var attributes: [String: AttributeValue]?

    /// Creates an entry of a batch.
    ///
    /// - Parameters:
    ///   - fileID: The uploaded file's ID.
    ///   - attributes: The attributes for filters of searches: at most 16.
    public init(_ fileID: String, attributes: [String: AttributeValue]? = nil) {
        self.fileID = fileID
        self.attributes = attributes
    }

    private enum CodingKeys: String, CodingKey {
        case attributes
        case fileID = "file_id"
    }
}
