internal import OpenAI

/// The switch, and what makes it safe to come at any instant.
extension SyncRun {
    /// Waits until what was uploaded is indexed.
    ///
    /// What fails is deleted before the switch, which would bring it into force otherwise, should it be indexed later.
    func index(
        _ uploads: inout Uploads,
        in store: String,
        _ state: SyncState,
        _ receipt: inout SyncReceipt,
        holding lease: Lease
    ) async throws {
        let batch = uploads.values.sorted { ExactPath($0.document.file.path) < ExactPath($1.document.file.path) }
        guard !batch.isEmpty else { return }
        progress(.advanced(.indexing, done: 0, of: batch.count))
        let outcome = try await sync.index.attach(
            batch.map { .init(fileID: $0.fileID, path: $0.document.file.path, sha256: $0.document.sha256) },
            to: store,
            since: state.nextRevision,
            deadline: options.indexingDeadline,
            check: lease.check
        ) { [progress] in progress(.advanced(.indexing, done: $0, of: batch.count)) }
        for upload in batch {
            receipt.warnings += (outcome.warnings[upload.fileID] ?? []).map {
                LeftOutDocument(path: upload.document.file.path, reason: $0)
            }
        }
        let failures = outcome.failures
        let failed = batch.filter { failures[$0.fileID] != nil }
        for upload in failed {
            uploads[ExactPath(upload.document.file.path)] = nil
            receipt.fail(upload.document.file.path, failures[upload.fileID]?.reason ?? "")
        }
        // What would fail again is noted in the same step, so that no later run uploads it again.
        let rejections = failed.compactMap { upload in
            failures[upload.fileID].flatMap { failure -> FilesDatabase.Write? in
                guard failure.isOfContent else { return nil }
                let rejection = Rejection(of: upload.document, because: failure.reason, sync.settings)
                return .addRejection(path: upload.document.file.path, rejection)
            }
        }
        try await discard(
            failed.map(\.fileID),
            failed.map { .removeUpload(path: $0.document.file.path) } + rejections,
            from: store,
            holding: lease
        )
    }

    /// Nothing is to be uploaded or removed: only the records' stamps and the instructions' hash are brought up to date.
    func keep(
        _ corpus: Corpus,
        _ assistant: SyncedAssistant?,
        _ state: SyncState,
        _ receipt: inout SyncReceipt,
        holding lease: Lease
    ) async throws {
        try await reinstate(state, in: corpus.vectorStoreID, holding: lease)
        try await dropStores(tagged: state.corpusFields["next_vector_store_tag"], holding: lease)
        var writes = state.plan.stampWrites
        if let assistant, assistant.id != corpus.assistantID {
            writes += [.setCorpus(fields: ["assistant_id": assistant.id]), .unsetCorpus(field: "next_assistant_tag")]
            writes += Switchover.leaving(corpus.assistantID, for: assistant, sync.settings)
        }
        if receipt.instructionsChanged {
            writes.append(.setCorpus(fields: ["instructions_sha256": try instructionsHash()]))
        }
        try await sync.files.write(writes, holding: lease)
    }

    /// Retires what is replaced or gone, and then makes the new revision the one in force with a single write.
    func switchOver(
        _ switchover: Switchover,
        _ receipt: inout SyncReceipt,
        holding lease: Lease
    ) async throws {
        let (state, store) = (switchover.state, switchover.store)
        if store == state.corpus?.vectorStoreID {
            try await reinstate(state, in: store, holding: lease)
            let revision = state.nextRevision
            try await sync.files.write(
                switchover.retired.map { .updateDocument(path: $0.path, fields: ["retiring_at": String(revision)]) },
                holding: lease
            )
            _ = try await switchover.retired.mapConcurrently(limit: options.concurrency) { [sync] in
                try lease.check()
                try await sync.index.retire($0, in: store, at: revision)
            }
            _ = try await switchover.moved.mapConcurrently(limit: options.concurrency) { [sync] in
                try lease.check()
                try await sync.index.reinstate($0, in: store)
            }
        }
        // Where every change has failed, what was in force stays.
        guard switchover.changesDocuments else {
            guard !sync.index.sharesStore else { return }
            let tag = try await sync.files.corpusFields()["next_vector_store_tag"]
            return try await dropStores(tagged: tag, holding: lease)
        }
        if !sync.index.sharesStore { try await carryOver(switchover.kept, to: store, state, holding: lease) }
        let corpus = switchover.corpus(instructions: try instructionsHash())
        try await sync.files.write(switchover.writes(corpus), holding: lease)
        receipt.revision = corpus.revision
        progress(.switched(revision: corpus.revision))
    }

    /// Brings what stays in force into the store of the new revision.
    ///
    /// - Throws: ``PolicyAssistantError`` where a document is not indexed again; a revision without it is not switched to.
    private func carryOver(
        _ kept: [IndexedDocument],
        to store: String,
        _ state: SyncState,
        holding lease: Lease
    ) async throws {
        guard !kept.isEmpty else { return }
        progress(.advanced(.indexing, done: 0, of: kept.count))
        do {
            let outcome = try await sync.index.attach(
                kept.map { .init(fileID: $0.fileID, path: $0.path, sha256: $0.sha256) },
                to: store,
                since: state.nextRevision,
                deadline: options.indexingDeadline,
                check: lease.check
            ) { [progress] in progress(.advanced(.indexing, done: $0, of: kept.count)) }
            guard outcome.failures.isEmpty else { throw PolicyAssistantError.notCarriedOver }
        } catch let error as OpenAIError where error.code == .notFound {
            throw PolicyAssistantError.notCarriedOver
        }
    }

    /// Files whose retirement an earlier run had begun and this one does not want stay in force.
    private func reinstate(_ state: SyncState, in store: String, holding lease: Lease) async throws {
        let retiring = state.records.filter { $0.retiringAt != nil }
        _ = try await retiring.mapConcurrently(limit: options.concurrency) { [sync] file in
            try lease.check()
            try await sync.index.reinstate(file, in: store)
            try await sync.files.write([.clearRetirement(path: file.path)], holding: lease)
        }
    }
}

extension PolicyAssistantError {
    /// A revision without documents that are in force is not switched to.
    fileprivate static let notCarriedOver = PolicyAssistantError(
        .upstreamFailed,
        """
        Documents in force could not be indexed again, so nothing was changed. Sync again; with --repair, documents \
        whose uploads are gone are uploaded anew.
        """
    )
}
