/// What a sync finds before it does anything: the folder, the records, and what is to be done about the difference.
struct SyncState {
    /// The fields of the hash `corpus` as they stand.
    let corpusFields: [String: String]
    /// The corpus in force upstream; nil before the first sync, or where the one on record is of another upstream.
    let corpus: Corpus?
    /// The vector store to work on, if there is one.
    let store: String?
    /// Whether the store on record is gone, so that everything has to be uploaded anew.
    let isStoreLost: Bool
    /// Whether the records belong to another upstream, where their files stay.
    let isOtherUpstream: Bool
    /// Every record.
    let records: [TrackedFile]
    let uploads: [PendingUpload]
    let trash: [String]
    let findings: AssetScanner.Findings
    let plan: SyncPlan
    /// Documents that could not be read.
    let unreadable: [LeftOutFile]

    /// The revision that a switch would make.
    var nextRevision: Int { (corpusFields["revision"].flatMap(Int.init) ?? 0) + 1 }
}

extension SyncState {
    /// Gathers the state.
    ///
    /// Reads only.
    static func gather(for sync: Sync, options: SyncOptions) async throws -> SyncState {
        let findings = try AssetScanner(root: sync.settings.assetsDirectory).scan()
        guard !findings.files.isEmpty else {
            throw PolicyAssistantError(
                .fileUnreadable,
                "There is no document in “\(sync.settings.assetsDirectory)”. Nothing was changed; check ASSETS_DIR."
            )
        }
        async let corpusFieldsRead = sync.files.corpusFields()
        async let recordsRead = sync.files.files()
        async let uploadsRead = sync.files.uploads()
        async let trashRead = sync.files.trash()
        let (corpusFields, records) = try await (corpusFieldsRead, recordsRead)
        let recorded = Corpus(fields: corpusFields)
        let isOtherUpstream = corpusFields["base_url"].map { $0 != sync.settings.upstreamIdentity } ?? false
        let corpus = isOtherUpstream ? nil : recorded
        let isStoreLost: Bool
        if let corpus {
            isStoreLost = try await !sync.index.hasStore(corpus.vectorStoreID)
        } else {
            isStoreLost = false
        }
        let begun = isOtherUpstream ? nil : corpusFields["next_vector_store_id"]
        let isUsable = corpus != nil && !isStoreLost
        let (plan, unreadable) = SyncPlan.make(
            files: findings.files,
            records: isUsable ? Dictionary(records.map { ($0.path, $0) }) { $1 } : [:],
            rereadsAll: options.rereadsAll
        ) { file throws(PolicyAssistantError) in try ContentHash.ofFile(at: file.absolutePath) }
        return SyncState(
            corpusFields: corpusFields,
            corpus: corpus,
            store: isUsable ? corpus?.vectorStoreID : begun,
            isStoreLost: isStoreLost,
            isOtherUpstream: isOtherUpstream,
            records: records,
            uploads: try await uploadsRead,
            trash: try await trashRead,
            findings: findings,
            plan: plan,
            unreadable: unreadable
        )
    }

    /// A receipt of the plan.
    func receipt(isDryRun: Bool) -> SyncReceipt {
        var receipt = SyncReceipt(dryRun: isDryRun)
        receipt.revision = corpus?.revision ?? 0
        receipt.added = plan.added.map(\.file.path)
        receipt.replaced = plan.changed.map(\.document.file.path)
        receipt.renamed = plan.renamed.map { .init(from: $0.previous.path, to: $0.document.file.path) }
        receipt.removed = plan.removed.map(\.path)
        receipt.unchanged = plan.unchanged.count
        receipt.leftOut = findings.leftOut
        receipt.failed = unreadable
        receipt.storeRebuilt = isStoreLost
        return receipt
    }
}
