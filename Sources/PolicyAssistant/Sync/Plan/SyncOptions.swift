/// The options of a sync.
public struct SyncOptions: Sendable {
    /// Whether to return the plan only, and change nothing.
    public var isDryRun = false
    /// Whether to read files also where their stamps are as recorded.
    public var rereadsAll = false
    /// Whether to compare upstream and the contents of all files with the records, and to repair differences.
    public var repairs = false
    /// Whether to upload documents again that upstream could not read.
    public var retriesFailed = false
    /// Whether to adopt, or delete, resources of this deployment upstream that are on no record.
    public var adopts = false
    /// The deployment whose resources are adopted, where upstream has those of several.
    public var adoptedDeployment: String?
    /// Whether to change nothing where a file cannot be taken.
    public var isStrict = false
    /// Whether to verify that every new document is found, and not 200 of them at most.
    public var verifiesAll = false
    /// Whether more than half of the documents may be removed.
    public var allowsMassRemoval = false
    /// Whether to delete the resources that an earlier upstream or protocol still has.
    public var cleansPrevious = false
    /// Whether to wait while another sync runs; otherwise that is an error.
    public var waitsForLock = false
    /// How many files are uploaded, and threads deleted, at a time.
    public var concurrency = 8
    /// The longest time to index each batch of 500 documents.
    public var indexingDeadline = Duration.seconds(600)

    /// Documents that a program is writing, whose content is not taken.
    var beingWritten: Set<ExactPath> = []

    /// Creates the default options.
    public init() {}
}
