internal import FoundationEssentials
internal import Logging
internal import OpenAI

/// Before the switch: contents are uploaded and indexed, and nobody sees them yet.
extension SyncRun {
    /// Settles what an earlier run left half done: an upload that still fits its document is used, any other is
    /// deleted now, before its revision comes into force.
    func settleUploads(_ state: SyncState, holding lease: Lease) async throws -> Uploads {
        let known = Set(state.records.map(\.fileID) + state.trash + state.uploads.compactMap(\.fileID))
        let lost = try await sync.index.findLost(state.uploads.filter { $0.fileID == nil }, known: known)
        let wanted = Dictionary(uniqueKeysWithValues: state.plan.uploads.map { ($0.file.path, $0) })
        var kept: Uploads = [:]
        var writes: [FilesDatabase.Write] = []
        var abandoned: [String] = []
        for upload in state.uploads {
            let fileID = upload.fileID ?? lost[upload.path]
            if let fileID, let document = wanted[upload.path], document.sha256 == upload.sha256 {
                kept[upload.path] = Upload(document: document, fileID: fileID)
                writes.append(.set(key: upload.key, fields: ["file_id": fileID]))
            } else {
                writes.append(.delete(key: upload.key))
                guard let fileID else { continue }
                writes.append(.discard(fileID: fileID))
                abandoned.append(fileID)
            }
        }
        try await sync.files.write(writes, holding: lease)
        for fileID in abandoned {
            try await sync.index.delete(fileID, from: state.store)
            try await sync.files.write([.forgetDiscarded(fileID: fileID)], holding: lease)
        }
        return kept
    }

    func openStore(_ state: SyncState, holding lease: Lease) async throws -> String {
        if let store = state.store, try await sync.index.hasStore(store) { return store }
        let store = try await sync.index.makeStore()
        try await sync.files.write([.set(key: Corpus.key, fields: ["next_vector_store_id": store])], holding: lease)
        return store
    }

    func upload(
        _ state: SyncState,
        into uploads: inout Uploads,
        _ receipt: inout SyncReceipt,
        holding lease: Lease
    ) async throws {
        let waiting = state.plan.uploads.filter { [uploads] in uploads[$0.file.path] == nil }
        let counter = ProgressCounter(.uploading, of: waiting.count, progress)
        let outcomes = try await waiting.mapConcurrently(limit: options.concurrency) { document in
            defer { counter.advance() }
            return try await upload(document, holding: lease)
        }
        for (document, outcome) in zip(waiting, outcomes) {
            switch outcome {
            case .success(let fileID): uploads[document.file.path] = Upload(document: document, fileID: fileID)
            case .failure(let failure): receipt.fail(document.file.path, failure.reason)
            }
        }
    }

    struct Failure: Error {
        let reason: String
    }

    func upload(_ document: SyncPlan.Document, holding lease: Lease) async throws -> Result<String, Failure> {
        let pending = PendingUpload(
            path: document.file.path,
            sha256: document.sha256,
            bytes: document.file.stamp.bytes,
            begunAt: Int(Date.now.timeIntervalSince1970)
        )
        try await sync.files.write([.set(key: pending.key, fields: pending.fields)], holding: lease)
        do {
            let fileID = try await sync.index.upload(document.file)
            try await sync.files.write([.set(key: pending.key, fields: ["file_id": fileID])], holding: lease)
            guard FileStamp(ofFileAt: document.file.absolutePath) == document.file.stamp else {
                try await sync.files.write([.delete(key: pending.key), .discard(fileID: fileID)], holding: lease)
                return .failure(Failure(reason: "it was changed while it was uploaded; run the sync again"))
            }
            return .success(fileID)
        } catch let error as OpenAIError where error.concernsOneFile {
            sync.logger.debug("upload failed", metadata: ["error": "\(error)"])
            return .failure(Failure(reason: "it could not be uploaded; try again later"))
        }
    }

    func index(
        _ uploads: inout Uploads,
        in store: String,
        _ state: SyncState,
        _ receipt: inout SyncReceipt,
        holding lease: Lease
    ) async throws {
        let batch = uploads.values.sorted { $0.document.file.path < $1.document.file.path }
        guard !batch.isEmpty else { return }
        progress(.advanced(.indexing, done: 0, of: batch.count))
        let failures = try await sync.index.attach(
            batch.map { ($0.fileID, $0.document.file.path, $0.document.sha256) },
            to: store,
            since: state.nextRevision,
            deadline: options.indexingDeadline
        ) { [progress] in progress(.advanced(.indexing, done: $0, of: batch.count)) }
        for upload in batch {
            guard let reason = failures[upload.fileID] else { continue }
            uploads[upload.document.file.path] = nil
            receipt.fail(upload.document.file.path, reason)
            try await sync.files.write(
                [.delete(key: PendingUpload.prefix + upload.document.file.path), .discard(fileID: upload.fileID)],
                holding: lease
            )
        }
    }
}

extension SyncPlan {
    /// The documents whose content has to be uploaded.
    var uploads: [Document] { added + changed.map(\.document) }
}

extension SyncReceipt {
    /// Moves a document from the planned to the failed.
    fileprivate mutating func fail(_ path: String, _ reason: String) {
        added.removeAll { $0 == path }
        replaced.removeAll { $0 == path }
        failed.append(LeftOutFile(path: path, reason: reason))
    }
}

extension OpenAIError {
    /// Whether the next file may fare better.
    fileprivate var concernsOneFile: Bool {
        [.invalidRequest, .serverError, .timedOut, .malformedAnswer].contains(code)
    }
}
