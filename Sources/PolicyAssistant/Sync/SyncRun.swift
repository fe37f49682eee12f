/// One run of a sync: scan, plan, upload, index, switch, flush, prove, clean.
struct SyncRun: Sendable {
    let sync: Sync
    let options: SyncOptions
    let progress: @Sendable (SyncProgress) -> Void

    /// Tells the plan and changes nothing.
    func preview() async throws -> SyncReceipt {
        let adoption = try await findAdoption()
        return try await begin(isDryRun: true, adopting: adoption).receipt
    }

    func run(holding lease: Lease) async throws -> SyncReceipt {
        let unlisted = options.repairs ? try await sync.files.rebuildIndex(holding: lease) : 0
        let adoption = try await findAdoption()
        try await sync.files.write(adoption?.writes ?? [], holding: lease)
        let (state, planned) = try await begin(isDryRun: false, adopting: adoption)
        var receipt = planned
        if unlisted > 0 { receipt.repaired.append("\(unlisted) records were not listed in Redis") }

        var uploads = try await settleUploads(state, holding: lease)
        try await mend(state, holding: lease)
        let assistant = try await prepareAssistant(state, &receipt, holding: lease)
        if state.isSettled, let corpus = state.corpus {
            try await keep(corpus, assistant, state, &receipt, holding: lease)
        } else {
            let store = try await openStore(state, holding: lease)
            try await upload(state, into: &uploads, &receipt, holding: lease)
            try await index(&uploads, in: store, state, &receipt, holding: lease)
            let switchover = Switchover(
                state: state,
                uploads: uploads,
                store: store,
                assistant: assistant,
                settings: sync.settings
            )
            try await switchOver(switchover, &receipt, holding: lease)
            try await noteLimits(holding: lease)
        }
        try await sync.files.write(state.rejectionWrites(failed: receipt.failed), holding: lease)
        try await finish(state, &receipt, holding: lease)
        return receipt
    }

    /// The uploads that will be part of the new revision, by their documents' paths.
    typealias Uploads = [ExactPath: Upload]

    struct Upload: Sendable {
        let document: SyncPlan.Document
        let fileID: String
        /// The uploaded file's name; empty where it is not known.
        let name: String
    }

    /// Finds what is upstream of this deployment and on no record, where that is asked for.
    private func findAdoption() async throws -> Adoption? {
        guard options.adopts else { return nil }
        let fields = try await sync.files.corpusFields()
        let uploads = try await sync.files.uploads()
        let left = try await sync.files.orphanedResources().map(\.id)
        let known =
            try await sync.files.documents().map(\.fileID) + sync.files.trashedFiles() + sync.files.trashedStores()
        let names = try await uploads.map(\.name) + uploads.compactMap(\.fileID) + sync.files.lostUploadNames()
        let stores = [fields["vector_store_id"], fields["next_vector_store_id"]].compactMap(\.self)
        let begun = try await sync.stores(begunBy: fields)
        let scanner = try AssetScanner(
            root: sync.settings.assetsDirectory,
            readBy: sync.settings.upstream
        )
        return try await AdoptionSearch(
            sync: sync,
            options: options,
            folder: scanner.folder,
            findings: try scanner.scan(),
            corpusFields: fields,
            known: Set(known + names + stores + begun + left)
        ).find()
    }

    private func begin(
        isDryRun: Bool,
        adopting adoption: Adoption?
    ) async throws -> (state: SyncState, receipt: SyncReceipt) {
        let state = try await SyncState.gather(for: sync, options: options, previewing: isDryRun ? adoption : nil)
        progress(.scanned(documents: state.findings.files.count, leftOut: state.findings.leftOut.count))
        try state.refuse(options)
        var receipt = state.receipt(isDryRun: isDryRun)
        adoption?.note(in: &receipt)
        receipt.instructionsChanged = try areInstructionsChanged(since: state.corpus)
        return (state, receipt)
    }

    private func areInstructionsChanged(since corpus: Corpus?) throws -> Bool {
        guard let corpus else { return false }
        return try instructionsHash() != corpus.instructionsSHA256
    }

    func instructionsHash() throws -> String {
        ContentHash.of(try instructions())
    }

    private func instructions() throws -> String {
        try Instructions(path: sync.settings.instructionsFile).text()
    }

    /// Runs carry their own model and instructions, so what is changed here is in no answer's way.
    private func prepareAssistant(
        _ state: SyncState,
        _ receipt: inout SyncReceipt,
        holding lease: Lease
    ) async throws -> SyncedAssistant? {
        try lease.check()
        let assistant = try await sync.backend.prepare(
            .init(id: state.corpus?.assistantID, tag: state.corpusFields["next_assistant_tag"]),
            instructions: try instructions()
        ) { tag in
            try await sync.files.write([.setCorpus(fields: ["next_assistant_tag": tag])], holding: lease)
        }
        receipt.assistantChanges = assistant?.changes ?? []
        return assistant
    }
}

extension Sync {
    /// The stores that an earlier sync began to make and has not noted.
    fileprivate func stores(begunBy fields: [String: String]) async throws -> [String] {
        guard let tag = fields["next_vector_store_tag"] else { return [] }
        return try await index.stores(tagged: tag)
    }
}
