internal import Logging
internal import OpenAI

/// After the switch: what carries old text goes.
extension SyncRun {
    /// Deletes the threads of older revisions, upstream and here.
    func flush(_ receipt: inout SyncReceipt, holding lease: Lease) async throws {
        let fields = try await sync.files.corpusFields()
        guard let corpus = Corpus(fields: fields), fields["flushed_revision"] != String(corpus.revision) else { return }
        let flush = ThreadFlush(threads: sync.threads, backend: sync.backend, logger: sync.logger)
        let outcome = try await flush.run(
            olderThan: corpus.revision,
            concurrency: options.concurrency,
            progress: progress
        )
        receipt.threadsFlushed = outcome.flushed
        receipt.threadsNotFlushed = outcome.failed
        guard outcome.failed == 0 else { return }
        try await sync.files.write(
            [.set(key: Corpus.key, fields: ["flushed_revision": String(corpus.revision)])],
            holding: lease
        )
    }

    /// Deletes the files that nothing uses any more.
    ///
    /// One that cannot be deleted now stays in the trash for the next run.
    func clean(_ receipt: inout SyncReceipt, holding lease: Lease) async throws {
        let trash = try await sync.files.trash()
        let store = try await sync.files.corpusFields()["vector_store_id"]
        let counter = ProgressCounter(.cleaning, of: trash.count, progress)
        let outcomes = try await trash.mapConcurrently(limit: options.concurrency) { [sync] fileID in
            defer { counter.advance() }
            do {
                try await sync.index.delete(fileID, from: store)
            } catch let error as OpenAIError {
                sync.logger.warning(
                    "a file could not be deleted",
                    metadata: ["file_id": "\(fileID)", "error": "\(error)"]
                )
                return false
            }
            try await sync.files.write([.forgetDiscarded(fileID: fileID)], holding: lease)
            return true
        }
        receipt.filesDeleted = outcomes.count(where: \.self)
        receipt.filesNotDeleted = outcomes.count - receipt.filesDeleted
    }
}
