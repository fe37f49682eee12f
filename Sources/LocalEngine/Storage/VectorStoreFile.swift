internal import GRDB

/// A file that is to be put into a vector store.
struct Attachment: Sendable, Hashable {
    var fileID: String
    var attributes: [String: AttributeValue] = [:]
    var chunking = ChunkingStrategy.automatic
}

/// How a client asks for a file to be split; the engine stores and repeats it, and splits files in its own way.
struct ChunkingStrategy: Sendable, Hashable {
    /// The maximum number of tokens of a chunk.
    var size: Int
    /// The tokens that neighbouring chunks share.
    var overlap: Int

    /// What `auto` stands for.
    static let automatic = ChunkingStrategy(size: 800, overlap: 400)
}

/// A file in a vector store.
struct VectorStoreFile: Sendable, Hashable {
    /// How far the indexing of the file is.
    enum Status: String, Sendable, CaseIterable {
        case inProgress = "in_progress"
        case completed
        case failed
        case cancelled
    }

    /// Why the file could not be read.
    struct Failure: Sendable, Hashable {
        let code: String
        let message: String
    }

    let fileID: String
    let storeID: String
    let status: Status
    let failure: Failure?
    /// What a person should know about how the file was read, a line each.
    let warnings: [String]
    let usageBytes: Int
    let attributes: [String: AttributeValue]
    let chunking: ChunkingStrategy
    let createdAt: Int
}

extension VectorStoreFile: FetchableRecord {
    /// The status of a row of `store_file s` joined with `indexing i`.
    static let status = "CASE WHEN s.is_cancelled THEN 'cancelled' ELSE i.state END"

    /// The rows that ``init(row:)`` reads.
    static let selection = """
        SELECT s.*, \(status) AS status, i.usage_bytes, i.error_code, i.error_message, i.warnings
        FROM store_file s JOIN indexing i USING (file_id)
        """

    init(row: Row) throws {
        fileID = row["file_id"]
        storeID = row["store_id"]
        status = Status(rawValue: row["status"]) ?? .failed
        let code: String? = status == .failed ? row["error_code"] : nil
        failure = code.map { Failure(code: $0, message: row["error_message"] ?? "") }
        let warnings: String? = status == .completed ? row["warnings"] : nil
        self.warnings = warnings?.split(separator: "\n").map { String($0) } ?? []
        usageBytes = status == .completed ? row["usage_bytes"] : 0
        attributes = try (row["attributes"] as JSONText).decoded()
        chunking = ChunkingStrategy(size: row["chunk_size"], overlap: row["chunk_overlap"])
        createdAt = row["created_at"]
    }
}

/// How many files have which status.
struct FileCounts: Sendable, Hashable {
    var inProgress = 0
    var completed = 0
    var failed = 0
    var cancelled = 0

    /// The number of all files.
    var total: Int { inProgress + completed + failed + cancelled }
}

extension FileCounts {
    /// The columns that ``init(row:)`` reads, over the rows of `store_file s` joined with `indexing i`.
    static let columns = """
        COUNT(CASE WHEN s.is_cancelled = 0 AND i.state = 'in_progress' THEN 1 END) AS in_progress,
        COUNT(CASE WHEN s.is_cancelled = 0 AND i.state = 'completed' THEN 1 END) AS completed,
        COUNT(CASE WHEN s.is_cancelled = 0 AND i.state = 'failed' THEN 1 END) AS failed,
        COUNT(CASE WHEN s.is_cancelled THEN 1 END) AS cancelled
        """

    /// Reads a row with ``columns``.
    init(row: Row) {
        self.init(
            inProgress: row["in_progress"],
            completed: row["completed"],
            failed: row["failed"],
            cancelled: row["cancelled"]
        )
    }
}
