/// How a sync is run.
public struct SyncOptions: Sendable {
    /// Whether to tell the plan only, and change nothing.
    public var isDryRun = false
    /// Whether to read files even where their stamps stand as recorded.
    public var rereadsAll = false
    /// Whether to hold what is upstream and what is in the files against the records, and mend what differs.
    public var repairs = false
    /// Whether to upload again what upstream could not read.
    public var retriesFailed = false
    /// Whether to take over, or delete, what this deployment has upstream and what is on no record.
    public var adopts = false
    /// The deployment whose things are adopted, where upstream has those of several.
    public var adoptedDeployment: String?
    /// Whether to change nothing where any file cannot be taken.
    public var isStrict = false
    /// Whether to check that each new document is found, however many they are, instead of 200 of them.
    public var provesAll = false
    /// Whether more than half of the documents may be removed, even all of them.
    public var allowsMassRemoval = false
    /// Whether to delete what stays where an earlier upstream or protocol had it.
    public var cleansPrevious = false
    /// Whether to wait for another sync that is at work; else that is an error.
    public var waitsForLock = false
    /// How many files are uploaded, and how many threads deleted, at a time.
    public var concurrency = 8
    /// The longest that indexing may take, for each batch of 500 documents.
    public var indexingDeadline = Duration.seconds(600)

    /// Documents that a program is known to be writing: what they hold is not taken.
    var beingWritten: Set<ExactPath> = []

    /// Creates the usual options.
    public init() {}
}
