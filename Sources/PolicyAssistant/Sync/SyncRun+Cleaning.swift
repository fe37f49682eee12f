internal import Logging
internal import OpenAI

/// After the switch: what carries old text goes, and the new text is proved to be found.
extension SyncRun {
    /// Flushes, proves and cleans; what a killed run did not come to is done by this one.
    func finish(_ state: SyncState, _ receipt: inout SyncReceipt, holding lease: Lease) async throws {
        let fields = try await sync.files.corpusFields()
        guard let corpus = Corpus(fields: fields) else { return }
        let isFlushed = fields["flushed_revision"] == String(corpus.revision)
        if !isFlushed { try await sync.threads.requireRevision(corpus.revision) }
        try await lookForLostUploads(holding: lease)
        let trash = try await sync.files.trashedFiles()
        let stores = try await sync.files.trashedStores()
        // Turns that began under an older revision still search its files and write to its threads.
        if !isFlushed || !trash.isEmpty || !stores.isEmpty { try await awaitTurns() }
        try await flush(corpus, isFlushed: isFlushed, &receipt, holding: lease)
        if sync.index.limits.attachesSingly { try await takeOut(trash, of: corpus.vectorStoreID, holding: lease) }
        if fields["proved_revision"] != String(corpus.revision) {
            try await prove(corpus, state, &receipt, holding: lease)
        }
        try await clean(stores, holding: lease)
        try await clean(trash, from: corpus.vectorStoreID, &receipt, holding: lease)
        try await cleanPrevious(&receipt, holding: lease)
    }

    /// Waits until the turns that run now have ended; a turn's lock ends by itself if its server died.
    private func awaitTurns() async throws {
        var turns = try await sync.threads.runningTurns()
        while !turns.isEmpty {
            try await Task.sleep(for: .milliseconds(50))
            turns = try await sync.threads.stillRunning(of: turns)
        }
    }

    /// Deletes the threads of older revisions, upstream and here, and those that could not be deleted earlier.
    private func flush(
        _ corpus: Corpus,
        isFlushed: Bool,
        _ receipt: inout SyncReceipt,
        holding lease: Lease
    ) async throws {
        let outcome = try await sync.threadFlush
            .run(olderThan: isFlushed ? 0 : corpus.revision, concurrency: options.concurrency, progress: progress)
        receipt.threadsFlushed = outcome.threadsFlushed
        receipt.threadsNotFlushed = outcome.threadsNotFlushed
        guard !isFlushed else { return }
        try await sync.files.write(
            [.setCorpus(fields: ["flushed_revision": String(corpus.revision)])],
            holding: lease
        )
    }

    /// Looks once more for uploads that were given up without an answer: such a file may have turned up since.
    private func lookForLostUploads(holding lease: Lease) async throws {
        let names = try await sync.files.lostUploadNames()
        let found = try await sync.index.files(named: Set(names))
        let writes: [FilesDatabase.Write] = found.values.joined().map { .trashFile(id: $0) }
        try await sync.files.write(writes + names.map { .removeLostUpload(name: $0) }, holding: lease)
    }

    /// Deletes the vector stores that nothing uses any more.
    private func clean(_ stores: [String], holding lease: Lease) async throws {
        for store in stores {
            do {
                try lease.check()
                try await sync.index.deleteStore(store)
            } catch let error as OpenAIError {
                sync.logger.warning("a vector store could not be deleted yet", metadata: ["error": "\(error)"])
                continue
            }
            try await sync.files.write([.untrashVectorStore(id: store)], holding: lease)
        }
    }

    /// Deletes the files that nothing uses any more.
    ///
    /// One that cannot be deleted now stays in the trash for the next run.
    private func clean(
        _ trash: [String],
        from store: String,
        _ receipt: inout SyncReceipt,
        holding lease: Lease
    ) async throws {
        let counter = ProgressCounter(.cleaning, of: trash.count, progress)
        let outcomes = try await trash.mapConcurrently(limit: options.concurrency) { [sync] fileID in
            defer { counter.advance() }
            do {
                try lease.check()
                try await sync.index.delete(fileID, from: store)
            } catch let error as OpenAIError {
                sync.logger.warning(
                    "a file could not be deleted",
                    metadata: ["file_id": "\(fileID)", "error": "\(error)"]
                )
                return false
            }
            try await sync.files.write([.untrashFile(id: fileID)], holding: lease)
            return true
        }
        receipt.filesDeleted = outcomes.count(where: \.self)
        receipt.filesNotDeleted = outcomes.count - receipt.filesDeleted
    }
}
