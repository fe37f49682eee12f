/// How a sync is run.
public struct SyncOptions: Sendable {
    /// Whether to tell the plan only, and change nothing.
    public var isDryRun: Bool
    /// Whether to read files even where size and time stand as recorded.
    public var rereadsAll: Bool
    /// How many files are uploaded, and how many threads deleted, at a time.
    public var concurrency: Int
    /// The longest that indexing may take, for each batch of 500 documents.
    public var indexingDeadline: Duration

    /// Creates options.
    public init(
        isDryRun: Bool = false,
        rereadsAll: Bool = false,
        concurrency: Int = 8,
        indexingDeadline: Duration = .seconds(600)
    ) {
        self.isDryRun = isDryRun
        self.rereadsAll = rereadsAll
        self.concurrency = concurrency
        self.indexingDeadline = indexingDeadline
    }
}
