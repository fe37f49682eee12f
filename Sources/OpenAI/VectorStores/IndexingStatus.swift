/// How far a file, or a batch of files, is in a vector store.
public struct IndexingStatus: RawRepresentable, Hashable, Sendable, Decodable {
    /// The status as the API writes it.
    public let rawValue: String

    /// Creates a status, known to us or not.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Being indexed.
    public static let inProgress = IndexingStatus(rawValue: "in_progress")
    /// Ready to be searched.
    public static let completed = IndexingStatus(rawValue: "completed")
    /// Not indexed.
    public static let failed = IndexingStatus(rawValue: "failed")
    /// Not indexed, since that was cancelled.
    public static let cancelled = IndexingStatus(rawValue: "cancelled")

    /// Whether it will stay as it is; of a status unknown to us, we cannot say so.
    public var isFinal: Bool {
        [.completed, .failed, .cancelled].contains(self)
    }
}
