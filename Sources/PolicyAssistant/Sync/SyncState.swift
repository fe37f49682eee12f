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
    /// The corpus on record where it is of another upstream or protocol: its records' files stay there.
    let formerCorpus: Corpus?
    /// Every record.
    let records: [IndexedDocument]
    let uploads: [PendingUpload]
    let trash: [String]
    /// What upstream, or another one, could not read, as it is on record.
    let rejections: [ExactPath: Rejection]
    /// The assets folder, as it was when it was scanned.
    let folder: AssetFolder
    let findings: AssetScanner.Findings
    let plan: SyncPlan
    /// Documents that could not be read, or are there and cannot be taken.
    let failed: [LeftOutDocument]
    /// What is not upstream as it is on record, where that was looked for.
    let drift: Drift

    /// The revision that a switch would make.
    var nextRevision: Int { (corpusFields["revision"].flatMap(Int.init) ?? 0) + 1 }
    var isOtherUpstream: Bool { formerCorpus != nil }
    /// Whether no document is to be uploaded, renamed or removed.
    var isSettled: Bool { plan.isEmpty && corpus != nil && !isStoreLost }
}

extension SyncState {
    /// Gathers the state.
    ///
    /// Reads only, in a number of calls that does not grow with the number of documents, unless `repairs` asks for more.
    ///
    /// - Parameters:
    ///   - sync: The sync.
    ///   - options: How it is run.
    ///   - adoption: What counts as on record although it is not, for a preview.
    /// - Returns: The state.
    /// - Throws: ``PolicyAssistantError``, `OpenAIError`.
    static func gather(
        for sync: Sync,
        options: SyncOptions,
        previewing adoption: Adoption? = nil
    ) async throws -> SyncState {
        let scanner = try AssetScanner(
            root: sync.settings.assetsDirectory,
            readBy: sync.settings.upstream
        )
        let (folder, findings) = (scanner.folder, try scanner.scan())
        async let corpusFieldsRead = sync.files.corpusFields()
        async let recordsRead = sync.files.documents()
        async let uploadsRead = sync.files.uploads()
        async let trashRead = sync.files.trashedFiles()
        async let rejectionsRead = sync.files.rejections()
        let corpusFields = try await corpusFieldsRead.merging(adoption?.corpusFields ?? [:]) { $1 }
        let records = try await recordsRead + (adoption?.records ?? [])
        let (uploads, trash) = try await (uploadsRead, trashRead + (adoption?.files.sorted() ?? []))
        let rejections = try await rejectionsRead
        let recorded = Corpus(fields: corpusFields)
        let isOtherUpstream = recorded.map { !$0.isHeld(asIn: sync.settings) } ?? false
        let corpus = isOtherUpstream ? nil : recorded
        let hasStore = try await corpus.map(\.vectorStoreID).asyncMap(sync.index.hasStore) ?? false
        let isStoreLost = corpus != nil && !hasStore
        var drift = Drift()
        if options.repairs, hasStore, let corpus {
            drift = try await Drift.find(
                in: sync.index,
                of: corpus,
                records: records,
                known: Set(trash + uploads.compactMap(\.fileID))
            )
        }
        let (plan, failed) = SyncPlan.make(
            findings,
            records: hasStore ? records : [],
            .init(
                rereadsAll: options.rereadsAll || options.repairs,
                lost: Set(drift.lost.map { ExactPath($0.path) }),
                beingWritten: options.beingWritten,
                rejections: options.retriesFailed ? [:] : rejections.filter { $0.value.holds(in: sync.settings) }
            )
        ) { file throws(PolicyAssistantError) in try folder.open(file).sha256() }
        return SyncState(
            corpusFields: corpusFields,
            corpus: corpus,
            store: hasStore ? corpus?.vectorStoreID : isOtherUpstream ? nil : corpusFields["next_vector_store_id"],
            isStoreLost: isStoreLost,
            formerCorpus: isOtherUpstream ? recorded : nil,
            records: records,
            uploads: uploads,
            trash: trash,
            rejections: rejections,
            folder: folder,
            findings: findings,
            plan: plan,
            failed: failed,
            drift: drift
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
        let failedPaths = Set(failed.map { ExactPath($0.path) })
        receipt.leftOut = findings.leftOut.filter { !failedPaths.contains(ExactPath($0.path)) }
        receipt.ignored = findings.ignored
        receipt.failed = failed
        receipt.repaired = drift.descriptions
        receipt.storeRebuilt = isStoreLost
        return receipt
    }
}

extension SyncState {
    /// Brings the rejections on record in line with the documents that stand rejected.
    ///
    /// - Parameter failed: The documents that were not taken; those of them that were uploaded in vain are on record by now.
    /// - Returns: The changes.
    func rejectionWrites(failed: [LeftOutDocument]) -> [FilesDatabase.Write] {
        let failed = Set(failed.map { ExactPath($0.path) })
        let renewed = plan.rejected.filter { rejections[$0.key] != $0.value }
        let ended = rejections.keys.filter { plan.rejected[$0] == nil && !failed.contains($0) }
        return renewed.map { .addRejection(path: $0.key.text, $0.value) }
            + ended.map { .removeRejection(path: $0.text) }
    }
}

extension Optional {
    /// Maps the value, if there is one, by a function that waits.
    fileprivate func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
