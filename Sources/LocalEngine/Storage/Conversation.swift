internal import GRDB

/// A conversation: a run of items that responses add to.
struct Conversation: Sendable, Hashable {
    let id: String
    let metadata: [String: String]
    let createdAt: Int
}

extension Conversation {
    /// Reads a row of `conversation`.
    init(row: Row) throws {
        id = row["id"]
        metadata = try [String: String](json: row["metadata"])
        createdAt = row["created_at"]
    }
}
