/// How many files of a vector store or a batch are how far.
public struct FileCounts: Sendable, Hashable, Decodable {
    /// Being indexed.
    public var inProgress = 0
    /// Ready to be searched.
    public var completed = 0
    /// Not indexed, for a reason that the file itself tells.
    public var failed = 0
    /// Not indexed, since that was cancelled.
    public var cancelled = 0
    /// All of them.
    public var total = 0

    /// Creates counts of zero.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case completed, failed, cancelled, total
        case inProgress = "in_progress"
    }

    /// Decodes the counts; one that is absent is zero.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        inProgress = try fields.decode(.inProgress, or: 0)
        completed = try fields.decode(.completed, or: 0)
        failed = try fields.decode(.failed, or: 0)
        cancelled = try fields.decode(.cancelled, or: 0)
        total = try fields.decode(.total, or: 0)
    }
}
