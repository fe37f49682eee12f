/// One run of a sync: scan, plan, upload, index, switch, flush, clean.
struct SyncRun {
    let sync: Sync
    let options: SyncOptions
    let progress: @Sendable (SyncProgress) -> Void

    /// Tells the plan and changes nothing.
    func preview() async throws -> SyncReceipt {
        let state = try await SyncState.gather(for: sync, options: options)
        progress(.scanned(documents: state.findings.files.count, leftOut: state.findings.leftOut.count))
        var receipt = state.receipt(isDryRun: true)
        receipt.instructionsChanged = try areInstructionsChanged(since: state.corpus)
        return receipt
    }

    func run(holding lease: Lease) async throws -> SyncReceipt {
        let state = try await SyncState.gather(for: sync, options: options)
        progress(.scanned(documents: state.findings.files.count, leftOut: state.findings.leftOut.count))
        var receipt = state.receipt(isDryRun: false)
        receipt.instructionsChanged = try areInstructionsChanged(since: state.corpus)

        var uploads = try await settleUploads(state, holding: lease)
        if state.plan.isEmpty, let corpus = state.corpus, !state.isStoreLost {
            try await keep(corpus, state, &receipt, holding: lease)
        } else {
            let store = try await openStore(state, holding: lease)
            try await upload(state, into: &uploads, &receipt, holding: lease)
            try await index(&uploads, in: store, state, &receipt, holding: lease)
            try await switchOver(to: uploads, in: store, state, &receipt, holding: lease)
        }
        try await flush(&receipt, holding: lease)
        try await clean(&receipt, holding: lease)
        return receipt
    }

    /// The uploads that will be part of the new revision, by their documents' paths.
    typealias Uploads = [String: Upload]

    struct Upload: Sendable {
        let document: SyncPlan.Document
        let fileID: String
    }

    private func areInstructionsChanged(since corpus: Corpus?) throws -> Bool {
        guard let corpus else { return false }
        return try instructionsHash() != corpus.instructionsSHA256
    }

    func instructionsHash() throws -> String {
        ContentHash.of(try Instructions(path: sync.settings.instructionsFile).text())
    }
}
