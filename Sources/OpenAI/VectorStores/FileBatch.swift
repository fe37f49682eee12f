public import FoundationEssentials

/// Files put into a vector store together.
public struct FileBatch: Sendable, Hashable, Decodable {
    /// The batch's ID.
    public let id: String
    /// The store's ID.
    public let vectorStoreID: String
    /// How far the batch is.
    public let status: IndexingStatus
    /// How far its files are; which ones failed, only the list of its files tells.
    public let fileCounts: FileCounts
    /// When it was made.
    public let createdAt: Date?
    /// The IDs of its files that have warnings, as the embedded engine tells; empty with other servers.
    public let warnedFiles: [String]

    /// Whether no file of it is being indexed any more.
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

    /// Decodes a batch; its ID and its status must be there.
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

/// A file to be put into a vector store with others.
public struct BatchFile: Sendable, Hashable, Encodable {
    /// The uploaded file's ID.
    public var fileID: String
    /// What searches can filter by: at most 16 attributes.
    public var attributes: [String: AttributeValue]?

    /// Creates an entry of a batch.
    ///
    /// - Parameters:
    ///   - fileID: The uploaded file's ID.
    ///   - attributes: What searches can filter by.
    public init(_ fileID: String, attributes: [String: AttributeValue]? = nil) {
        self.fileID = fileID
        self.attributes = attributes
    }

    private enum CodingKeys: String, CodingKey {
        case attributes
        case fileID = "file_id"
    }
}
