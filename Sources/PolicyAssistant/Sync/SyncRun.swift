/// One run of a sync: scan, plan, upload, index, switch, flush, prove, clean.
struct SyncRun: Sendable {
    let sync: Sync
    let options: SyncOptions
    let progress: @Sendable (SyncProgress) -> Void

    /// Tells the plan and changes nothing.
    func preview() async throws -> SyncReceipt {
        try await begin(isDryRun: true).receipt
    }

    func run(holding lease: Lease) async throws -> SyncReceipt {
        let unlisted = options.repairs ? try await sync.files.rebuildIndex(holding: lease) : 0
        let (state, planned) = try await begin(isDryRun: false)
        var receipt = planned
        if unlisted > 0 { receipt.repaired.append("\(unlisted) records were not listed in Redis") }

        var uploads = try await settleUploads(state, holding: lease)
        try await mend(state, holding: lease)
        if state.isSettled, let corpus = state.corpus {
            try await keep(corpus, state, &receipt, holding: lease)
        } else {
            let store = try await openStore(state, holding: lease)
            try await upload(state, into: &uploads, &receipt, holding: lease)
            try await index(&uploads, in: store, state, &receipt, holding: lease)
            try await switchOver(to: uploads, in: store, state, &receipt, holding: lease)
        }
        try await finish(state, &receipt, holding: lease)
        return receipt
    }

    /// The uploads that will be part of the new revision, by their documents' paths.
    typealias Uploads = [ExactPath: Upload]

    struct Upload: Sendable {
        let document: SyncPlan.Document
        let fileID: String
    }

    private func begin(isDryRun: Bool) async throws -> (state: SyncState, receipt: SyncReceipt) {
        let state = try await SyncState.gather(for: sync, options: options)
        progress(.scanned(documents: state.findings.files.count, leftOut: state.findings.leftOut.count))
        try state.refuse(options)
        var receipt = state.receipt(isDryRun: isDryRun)
        receipt.instructionsChanged = try areInstructionsChanged(since: state.corpus)
        return (state, receipt)
    }

    private func areInstructionsChanged(since corpus: Corpus?) throws -> Bool {
        guard let corpus else { return false }
        return try instructionsHash() != corpus.instructionsSHA256
    }

    func instructionsHash() throws -> String {
        ContentHash.of(try Instructions(path: sync.settings.instructionsFile).text())
    }
}
