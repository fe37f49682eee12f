/// Settles the uploads that an earlier run has begun and left.
struct UploadSettlement: Sendable {
    let context: SyncContext
    let state: SyncState

    /// Keeps each upload that still has its document's content, and deletes every other one before a revision could bring
    /// it into force.
    ///
    /// - Returns: The uploads that are kept.
    func run() async throws -> Uploads {
        let unanswered = state.uploads.filter { $0.fileID == nil && !$0.name.isEmpty }
        let found = try await context.index.files(named: Set(unanswered.map(\.name)))
        let wanted = Dictionary(state.plan.uploads.map { (ExactPath($0.file.path), $0) }) { $1 }
        var kept: Uploads = [:]
        var writes: [FilesDatabase.Write] = []
        var abandoned: [String] = []
        for upload in state.uploads {
            let path = ExactPath(upload.path)
            var candidates = upload.fileID.map { [$0] } ?? found[upload.name] ?? []
            if let document = wanted[path], document.sha256 == upload.sha256, let fileID = candidates.first,
                try await context.index.hasFile(fileID)
            {
                candidates.removeFirst()
                kept[path] = UploadedDocument(document: document, fileID: fileID, name: upload.name)
                writes.append(.setUploadedFile(path: upload.path, fileID: fileID))
            } else {
                writes.append(.removeUpload(path: upload.path))
                if upload.fileID == nil, candidates.isEmpty, !upload.name.isEmpty {
                    writes.append(.addLostUpload(name: upload.name))
                }
            }
            abandoned += candidates
        }
        try await context.discard(abandoned, with: writes, from: state.store)
        return kept
    }
}

/// Repairs what ``Drift`` found; documents whose uploads are gone are part of the plan.
struct DriftRepair: Sendable {
    let context: SyncContext
    let state: SyncState

    /// Deletes unrecorded files from the vector store, and gives misattributed ones their attributes.
    func run() async throws {
        guard let store = state.store else { return }
        try await context.discard(state.drift.unrecorded, from: store)
        for document in state.drift.misattributed {
            try context.check()
            try await context.index.reinstate(document, in: store)
        }
    }
}
