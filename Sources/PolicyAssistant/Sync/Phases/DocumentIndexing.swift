/// Waits until the uploaded documents are indexed.
struct DocumentIndexing: Sendable {
    let context: SyncContext
    let state: SyncState
    /// The vector store of the new revision.
    let store: String

    /// The outcome of the phase.
    struct Outcome: Sendable {
        /// The uploads that are indexed.
        var uploads: Uploads
        var failures: [LeftOutDocument] = []
        /// What a person should know of how the indexed documents were read.
        var warnings: [LeftOutDocument] = []
    }

    /// Indexes uploads.
    ///
    /// A file that fails is deleted before the switch, which would bring it into force if it were indexed later. Where its
    /// content is the reason, that is recorded in the same step, so that no later run uploads it again.
    func run(_ uploads: Uploads) async throws -> Outcome {
        var outcome = Outcome(uploads: uploads)
        let batch = uploads.values.sorted { ExactPath($0.path) < ExactPath($1.path) }
        guard !batch.isEmpty else { return outcome }
        let attached = try await attach(
            batch.map { .init(fileID: $0.fileID, path: $0.path, sha256: $0.document.sha256) }
        )
        var failed: [UploadedDocument] = []
        var rejections: [FilesDatabase.Write] = []
        for upload in batch {
            outcome.warnings += (attached.warnings[upload.fileID] ?? []).map {
                LeftOutDocument(path: upload.path, reason: $0)
            }
            guard let failure = attached.failures[upload.fileID] else { continue }
            failed.append(upload)
            outcome.uploads[ExactPath(upload.path)] = nil
            outcome.failures.append(LeftOutDocument(path: upload.path, reason: failure.reason))
            guard failure.isOfContent else { continue }
            let rejection = Rejection(of: upload.document, because: failure.reason, context.settings)
            rejections.append(.addRejection(path: upload.path, rejection))
        }
        try await context.discard(
            failed.map(\.fileID),
            with: failed.map { .removeUpload(path: $0.path) } + rejections,
            from: store
        )
        return outcome
    }

    /// Indexes documents that stay in force in the vector store of the new revision, too.
    ///
    /// - Throws: ``PolicyAssistantError`` where a document is not indexed again: a revision without it must not come into
    ///   force.
    func carryOver(_ documents: [IndexedDocument]) async throws {
        guard !documents.isEmpty else { return }
        let files = documents.map { FileToIndex(fileID: $0.fileID, path: $0.path, sha256: $0.sha256) }
        var outcome: IndexingOutcome?
        try await ignoringAbsence { outcome = try await attach(files) }
        guard let outcome, outcome.failures.isEmpty else { throw PolicyAssistantError.notCarriedOver }
    }

    private func attach(_ files: [FileToIndex]) async throws -> IndexingOutcome {
        let (progress, count) = (context.progress, files.count)
        progress(.advanced(.indexing, done: 0, of: count))
        return try await context.index.attach(
            files,
            to: store,
            since: state.nextRevision,
            deadline: context.options.indexingDeadline,
            check: context.lease.check
        ) { progress(.advanced(.indexing, done: $0, of: count)) }
    }
}

extension PolicyAssistantError {
    /// A revision without documents that are in force must not come into force.
    fileprivate static let notCarriedOver = PolicyAssistantError(
        .upstreamFailed,
        """
        Documents in force could not be indexed again, so nothing was changed. Sync again; with --repair, documents \
        whose uploads are gone are uploaded anew.
        """
    )
}
