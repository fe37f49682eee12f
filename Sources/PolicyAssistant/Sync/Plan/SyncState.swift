/// What a sync finds before it changes anything: the folder, the records, and what to do about the difference.
struct SyncState: Sendable {
    /// The fields of the hash `corpus`.
    let corpusFields: [String: String]
    /// The corpus in force upstream; nil before the first sync, and where the recorded one is of another upstream.
    let corpus: Corpus?
    /// The vector store to work on, if there is one.
    let store: String?
    /// Whether the recorded vector store is gone, so that everything has to be uploaded anew.
    let isStoreLost: Bool
    /// The recorded corpus where it is of another upstream or protocol: the files of its records stay there.
    let formerCorpus: Corpus?
    /// Every record.
    let records: [IndexedDocument]
    /// The uploads that an earlier run has begun and not switched to.
    let uploads: [PendingUpload]
    /// The files to delete upstream.
    let trash: [String]
    /// The documents that an upstream could not read, as recorded.
    let rejections: [ExactPath: Rejection]
    /// The assets folder, open since it was scanned.
    let folder: AssetFolder
    /// What the scan found.
    let findings: AssetScanner.Findings
    let plan: SyncPlan
    /// Documents that could not be read, or exist and cannot be taken.
    let failed: [LeftOutDocument]
    /// The differences between upstream and the records, where they were looked for.
    let drift: Drift

    /// The revision that a switch would bring into force.
    var nextRevision: Int { (corpusFields["revision"].flatMap(Int.init) ?? 0) + 1 }
    var isOtherUpstream: Bool { formerCorpus != nil }
    /// Whether no document is to be uploaded, renamed or removed.
    var isSettled: Bool { plan.isEmpty && corpus != nil && !isStoreLost }

    /// Creates the receipt of the plan.
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

    /// The writes that bring the recorded rejections in line with the documents that are rejected now.
    ///
    /// Of the documents that were not taken, `failed`, those that were uploaded in vain are recorded already.
    func rejectionWrites(failed: [LeftOutDocument]) -> [FilesDatabase.Write] {
        let failed = Set(failed.map { ExactPath($0.path) })
        let renewed = plan.rejected.filter { rejections[$0.key] != $0.value }
        let ended = rejections.keys.filter { plan.rejected[$0] == nil && !failed.contains($0) }
        return renewed.map { .addRejection(path: $0.key.text, $0.value) }
            + ended.map { .removeRejection(path: $0.text) }
    }
}

/// The plans that a sync refuses, as they are most likely not meant.
extension SyncState {
    /// - Throws: ``PolicyAssistantError`` with the code `syncRefused`.
    func refuse(_ options: SyncOptions) throws(PolicyAssistantError) {
        try refuseLeftOutFiles(options)
        try refuseMassRemoval(options)
    }

    private func refuseLeftOutFiles(_ options: SyncOptions) throws(PolicyAssistantError) {
        let untaken = receipt(isDryRun: true).leftOut + failed
        guard options.isStrict, !untaken.isEmpty else { return }
        let list = untaken.map { "\n  " + "\($0.path): \($0.reason)".escapingControls() }.joined()
        throw PolicyAssistantError(
            .syncRefused,
            "With --strict every file has to be taken, and \(untaken.count) cannot be. Nothing was changed.\(list)"
        )
    }

    private func refuseMassRemoval(_ options: SyncOptions) throws(PolicyAssistantError) {
        guard !options.allowsMassRemoval else { return }
        guard !findings.files.isEmpty || !plan.unchanged.isEmpty else {
            throw PolicyAssistantError(
                .syncRefused,
                """
                There is no document in the assets folder. Nothing was changed; check ASSETS_DIR. \
                With --allow-mass-removal all documents are removed.
                """
            )
        }
        let present = Set(findings.files.map { ExactPath($0.path) } + plan.unchanged.map { ExactPath($0.path) })
        let renamed = Set(plan.renamed.map { ExactPath($0.previous.path) })
        let removals = records.count { !present.contains(ExactPath($0.path)) && !renamed.contains(ExactPath($0.path)) }
        guard removals * 2 > records.count else { return }
        throw PolicyAssistantError(
            .syncRefused,
            """
            This would remove \(removals) of \(records.count) documents. Nothing was changed; check ASSETS_DIR. \
            With --allow-mass-removal they are removed.
            """
        )
    }
}
