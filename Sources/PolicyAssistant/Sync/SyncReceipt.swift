/// What a sync did, or with a dry run would do.
public struct SyncReceipt: Sendable, Hashable, Codable {
    /// A document that stands at a new path.
    public struct Rename: Sendable, Hashable, Codable {
        /// The path it had.
        public var from: String
        /// The path it has.
        public var to: String
    }

    /// Whether documents are found as they should be.
    public struct Checks: Sendable, Hashable, Codable {
        /// The number of new and replaced documents whose new text is found, and whose old text is not.
        public var passed = 0
        /// The documents of which that is not so.
        public var failed: [LeftOutDocument] = []
        /// The documents of which it cannot be told, and why.
        public var skipped: [LeftOutDocument] = []
        /// The number of further documents that were not checked, as there were very many.
        public var unchecked = 0
    }

    /// Whether nothing was changed because only the plan was asked for.
    public var dryRun: Bool
    /// The revision in force at the end; 0 where there is none.
    public var revision = 0
    /// The paths of new documents.
    public var added: [String] = []
    /// The paths of documents whose content was replaced.
    public var replaced: [String] = []
    /// The documents that were found again at another path.
    public var renamed: [Rename] = []
    /// The paths of documents that are gone.
    public var removed: [String] = []
    /// The number of documents that stand as they were.
    public var unchanged = 0
    /// The files that cannot be documents, and why.
    public var leftOut: [LeftOutDocument] = []
    /// The documents that could not be uploaded or indexed; an earlier version of one stays in force.
    public var failed: [LeftOutDocument] = []
    /// What a person should know of how new and replaced documents were read, each with its document's path.
    public var warnings: [LeftOutDocument] = []
    /// Dot files and others that nobody means to be documents, and why.
    public var ignored: [LeftOutDocument] = []
    /// What was found upstream or in Redis otherwise than on record, and mended.
    public var repaired: [String] = []
    /// The paths of documents whose uploads were found upstream on no record, and taken over.
    public var adopted: [String] = []
    /// The IDs of vector stores and uploads that were found upstream on no record, and are deleted.
    public var orphans: [String] = []
    /// What was found upstream on no record and may be another deployment's: it is not touched.
    public var leftAlone: [String] = []
    /// Whether what was brought into force is found.
    public var checks = Checks()
    /// Whether the instructions are other than at the last sync.
    public var instructionsChanged = false
    /// What was done to the assistant upstream, in protocols that have one.
    public var assistantChanges: [String] = []
    /// The number of threads, files, vector stores and assistants that stay where an earlier upstream or protocol had them.
    public var leftBehind = 0
    /// The number of those that were deleted there.
    public var leftBehindDeleted = 0
    /// Whether everything was uploaded anew because the vector store was gone upstream.
    public var storeRebuilt = false
    /// The number of threads deleted because they carried old text.
    public var threadsFlushed = 0
    /// The number of threads that could not be deleted; they are not used again, and the next sync tries again.
    public var threadsNotFlushed = 0
    /// The number of uploaded files deleted because nothing uses them.
    public var filesDeleted = 0
    /// The number of files that could not be deleted and are tried again by the next sync.
    public var filesNotDeleted = 0
    /// How long it took, in seconds.
    public var seconds = 0.0

    init(dryRun: Bool) {
        self.dryRun = dryRun
    }

    /// Whether every file of the assets folder is now answered from.
    public var isComplete: Bool { leftOut.isEmpty && failed.isEmpty }
    /// Whether the documents are others than before.
    public var changesDocuments: Bool {
        !(added.isEmpty && replaced.isEmpty && renamed.isEmpty && removed.isEmpty)
    }
}
