/// The switch, and what makes it safe to come at any instant.
extension SyncRun {
    /// Nothing is to be uploaded or removed: only the records' stamps and the instructions' hash are brought up to date.
    func keep(_ corpus: Corpus, _ state: SyncState, _ receipt: inout SyncReceipt, holding lease: Lease) async throws {
        try await reinstate(state, in: corpus.vectorStoreID, holding: lease)
        var writes = state.plan.stampWrites
        if receipt.instructionsChanged {
            writes.append(.set(key: Corpus.key, fields: ["instructions_sha256": try instructionsHash()]))
        }
        try await sync.files.write(writes, holding: lease)
    }

    /// Files whose retirement an earlier run had begun and this one does not want stay in force.
    func reinstate(_ state: SyncState, in store: String, holding lease: Lease) async throws {
        for file in state.records where file.retiringAt != nil {
            try await sync.index.reinstate(file, in: store)
            try await sync.files.write([.unset(key: file.key, field: "retiring_at")], holding: lease)
        }
    }

    /// Retires what is replaced or gone, and then makes the new revision the one in force with a single write.
    func switchOver(
        to uploads: Uploads,
        in store: String,
        _ state: SyncState,
        _ receipt: inout SyncReceipt,
        holding lease: Lease
    ) async throws {
        let switchover = Switchover(state: state, uploads: uploads, store: store, settings: sync.settings)
        if store == state.corpus?.vectorStoreID {
            try await reinstate(state, in: store, holding: lease)
            let revision = state.nextRevision
            try await sync.files.write(
                switchover.retired.map { .set(key: $0.key, fields: ["retiring_at": String(revision)]) },
                holding: lease
            )
            _ = try await switchover.retired.mapConcurrently(limit: options.concurrency) { [sync] in
                try await sync.index.retire($0, in: store, at: revision)
            }
            _ = try await switchover.moved.mapConcurrently(limit: options.concurrency) { [sync] in
                try await sync.index.reinstate($0, in: store)
            }
        }
        // Where every change has failed, what was in force stays.
        guard switchover.changesDocuments else { return }
        let corpus = switchover.corpus(instructions: try instructionsHash())
        try await sync.files.write(switchover.writes(corpus), holding: lease)
        receipt.revision = corpus.revision
        progress(.switched(revision: corpus.revision))
    }
}
