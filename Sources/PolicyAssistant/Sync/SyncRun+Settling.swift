/// What an earlier run left half done, or somebody else did, is put right before anything new is begun.
extension SyncRun {
    /// Settles uploads: one that still fits its document is used, any other is deleted now, before its revision could
    /// come into force.
    func settleUploads(_ state: SyncState, holding lease: Lease) async throws -> Uploads {
        let unanswered = state.uploads.filter { $0.fileID == nil && !$0.name.isEmpty }
        let found = try await sync.index.files(named: Set(unanswered.map(\.name)))
        let wanted = Dictionary(state.plan.uploads.map { (ExactPath($0.file.path), $0) }) { $1 }
        var kept: Uploads = [:]
        var writes: [FilesDatabase.Write] = []
        var abandoned: [String] = []
        for upload in state.uploads {
            let path = ExactPath(upload.path)
            var candidates = upload.fileID.map { [$0] } ?? found[upload.name] ?? []
            if let document = wanted[path], document.sha256 == upload.sha256, let fileID = candidates.first,
                try await sync.index.hasFile(fileID)
            {
                candidates.removeFirst()
                kept[path] = Upload(document: document, fileID: fileID, name: upload.name)
                writes.append(.setUploadedFile(path: upload.path, fileID: fileID))
            } else {
                writes.append(.removeUpload(path: upload.path))
                if upload.fileID == nil, candidates.isEmpty, !upload.name.isEmpty {
                    writes.append(.addLostUpload(name: upload.name))
                }
            }
            abandoned += candidates
        }
        try await discard(abandoned, writes, from: state.store, holding: lease)
        return kept
    }

    /// Mends what ``Drift`` found; documents whose uploads are gone are part of the plan.
    func mend(_ state: SyncState, holding lease: Lease) async throws {
        guard let store = state.store else { return }
        try await discard(state.drift.strays, [], from: store, holding: lease)
        for file in state.drift.displaced {
            try lease.check()
            try await sync.index.reinstate(file, in: store)
        }
    }

    /// Deletes files that must not come into force, noting them before.
    func discard(
        _ fileIDs: [String],
        _ writes: [FilesDatabase.Write],
        from store: String?,
        holding lease: Lease
    ) async throws {
        try await sync.files.write(writes + fileIDs.map { .trashFile(id: $0) }, holding: lease)
        _ = try await fileIDs.mapConcurrently(limit: options.concurrency) { [sync] fileID in
            try lease.check()
            try await sync.index.delete(fileID, from: store)
            try await sync.files.write([.untrashFile(id: fileID)], holding: lease)
        }
    }

    /// Finds or makes the store to work on.
    ///
    /// A store whose making was not answered is found again by the tag that was noted before.
    func openStore(_ state: SyncState, holding lease: Lease) async throws -> String {
        // What a killed run left is gone on with where only new files are in it.
        let isResumable = sync.index.sharesStore && state.corpus == nil && !state.isOtherUpstream
        let begun = state.corpusFields["next_vector_store_tag"]
        if !isResumable { try await dropStores(tagged: begun, holding: lease) }
        if sync.index.sharesStore, let store = state.store, try await sync.index.hasStore(store) { return store }
        if state.isStoreLost, let expired = state.corpus?.vectorStoreID {
            try lease.check()
            try await sync.index.deleteStore(expired)
        }
        var candidates: [String] = []
        if isResumable, let begun { candidates = try await sync.index.stores(tagged: begun) }
        let tag = RandomToken.make()
        if candidates.isEmpty {
            // A name that no other deployment on the same account has.
            let deployment = state.corpusFields["deployment"] ?? String(RandomToken.make().prefix(12))
            try await sync.files.write(
                [.setCorpus(fields: ["next_vector_store_tag": tag, "deployment": deployment])],
                holding: lease
            )
            try lease.check()
            let store = try await sync.index.makeStore(tag: tag, of: deployment)
            candidates = try await sync.index.stores(tagged: tag).filter { $0 != store } + [store]
        }
        guard let store = candidates.popLast() else { throw Lease.lost }
        try await sync.files.write([.setCorpus(fields: ["next_vector_store_id": store])], holding: lease)
        // A call that was repeated without need has made more than one.
        for surplus in candidates { try await sync.index.deleteStore(surplus) }
        return store
    }

    /// Deletes stores that were begun and never came into force.
    func dropStores(tagged tag: String?, holding lease: Lease) async throws {
        guard let tag else { return }
        for store in try await sync.index.stores(tagged: tag) {
            try lease.check()
            try await sync.index.deleteStore(store)
        }
        try await sync.files.write(
            [.unsetCorpus(field: "next_vector_store_id"), .unsetCorpus(field: "next_vector_store_tag")],
            holding: lease
        )
    }
}
