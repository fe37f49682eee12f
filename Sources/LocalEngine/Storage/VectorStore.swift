internal import GRDB

/// A vector store: a set of files that are searched together.
struct VectorStore: Sendable, Hashable {
    /// Whether the store can be used.
    enum Status: String, Sendable {
        case inProgress = "in_progress"
        case completed
        case expired
    }

    /// What a client sets for a store.
    struct Description: Sendable, Hashable {
        var name: String?
        var text: String?
        var metadata: [String: String] = [:]
        var expiresAfterDays: Int?
    }

    let id: String
    let description: Description
    let createdAt: Int
    let lastActiveAt: Int
    let usageBytes: Int
    let counts: FileCounts

    /// The time at which the store expires unless it is used before.
    var expiresAt: Int? {
        description.expiresAfterDays.map { lastActiveAt + $0 * 86_400 }
    }

    /// Whether the store can no longer be used.
    func isExpired(at now: Int) -> Bool {
        expiresAt.map { $0 <= now } ?? false
    }

    /// The status at a time.
    func status(at now: Int) -> Status {
        isExpired(at: now) ? .expired : counts.inProgress > 0 ? .inProgress : .completed
    }
}

extension VectorStore: FetchableRecord {
    /// Adds to the rows of a common table `page` of vector stores what ``init(row:)`` reads.
    static func selection(of page: String) -> String {
        """
        WITH page AS (\(page))
        SELECT page.*, \(FileCounts.columns),
            COALESCE(SUM(CASE WHEN s.is_cancelled = 0 AND i.state = 'completed' THEN i.usage_bytes END), 0) AS usage_bytes
        FROM page LEFT JOIN store_file s ON s.store_id = page.id LEFT JOIN indexing i ON i.file_id = s.file_id
        GROUP BY page.seq
        """
    }

    init(row: Row) throws {
        id = row["id"]
        description = Description(
            name: row["name"],
            text: row["description"],
            metadata: try (row["metadata"] as JSONText).decoded(),
            expiresAfterDays: row["expires_after_days"]
        )
        createdAt = row["created_at"]
        lastActiveAt = row["last_active_at"]
        usageBytes = row["usage_bytes"]
        counts = FileCounts(row: row)
    }
}
