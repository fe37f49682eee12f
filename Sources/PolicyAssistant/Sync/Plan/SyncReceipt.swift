/// What a sync has done, or would do, after a dry run.
public struct SyncReceipt: Sendable, Hashable, Codable {
    /// A document at a new path.
    public struct Rename: Sendable, Hashable, Codable {
        /// The former path.
        public var from: String
        /// The new path.
        public var to: String
    }

    /// The outcome of the verification.
    public struct Checks: Sendable, Hashable, Codable {
        /// The number of new and replaced documents whose new text is found, and whose old text is not.
        public var passed = 0
        /// The other verified documents, and what is wrong.
        public var failed: [LeftOutDocument] = []
        /// The documents that cannot be verified, and why.
        public var skipped: [LeftOutDocument] = []
        /// The number of further documents, which were not verified as there were too many.
        public var unchecked = 0
    }

    /// Whether this is a plan, and nothing was changed.
    public var dryRun: Bool
    /// The revision in force; 0 where there is none.
    public var revision = 0
    /// The paths of new documents.
    public var added: [String] = []
    /// The paths of documents whose content was replaced.
    public var replaced: [String] = []
    /// The documents with the content of a document whose path is gone.
    public var renamed: [Rename] = []
    /// The paths of documents that no longer exist.
    public var removed: [String] = []
    /// The number of documents that are as they were.
    public var unchanged = 0
    /// The files that cannot be documents, and why.
    public var leftOut: [LeftOutDocument] = []
    /// The documents that could not be uploaded or indexed; an earlier version of one stays in force.
    public var failed: [LeftOutDocument] = []
    /// What a person should know of how new and replaced documents were read.
    public var warnings: [LeftOutDocument] = []
    /// Files that are not meant to be documents, such as dot files, and why.
    public var ignored: [LeftOutDocument] = []
    /// The differences between upstream, Redis and the records that were repaired.
    public var repaired: [String] = []
    /// The paths of documents whose uploads were upstream, on no record, and were adopted.
    public var adopted: [String] = []
    /// The IDs of vector stores and uploads that were upstream, on no record, and are deleted.
    public var orphans: [String] = []
    /// Resources upstream on no record that may be another deployment's, and are not changed.
    public var leftAlone: [String] = []
    /// Whether the documents of the new revision are found.
    public var checks = Checks()
    /// Whether the instructions have changed since the last sync.
    public var instructionsChanged = false
    /// The changes to the assistant upstream, in the protocol that has one.
    public var assistantChanges: [String] = []
    /// The number of threads, files, vector stores and assistants that an earlier upstream or protocol still has.
    public var leftBehind = 0
    /// The number of such resources that were deleted.
    public var leftBehindDeleted = 0
    /// Whether everything was uploaded anew because the vector store was gone upstream.
    public var storeRebuilt = false
    /// The number of threads that were deleted because they had text of older revisions.
    public var threadsFlushed = 0
    /// The number of threads that could not be deleted: no question uses them, and the next sync tries again.
    public var threadsNotFlushed = 0
    /// The number of unused files that were deleted.
    public var filesDeleted = 0
    /// The number of unused files that could not be deleted: the next sync tries again.
    public var filesNotDeleted = 0
    /// The duration of the sync, in seconds.
    public var seconds = 0.0

    init(dryRun: Bool) {
        self.dryRun = dryRun
    }

    /// Whether every file of the assets folder is a document in force.
    public var isComplete: Bool { leftOut.isEmpty && failed.isEmpty }
    /// Whether the documents change.
    public var changesDocuments: Bool {
        !(added.isEmpty && replaced.isEmpty && renamed.isEmpty && removed.isEmpty)
    }

    /// Moves documents from the planned to the failed.
    mutating func fail(_ failures: [LeftOutDocument]) {
        let paths = Set(failures.map { ExactPath($0.path) })
        added.removeAll { paths.contains(ExactPath($0)) }
        replaced.removeAll { paths.contains(ExactPath($0)) }
        failed += failures
    }
}
