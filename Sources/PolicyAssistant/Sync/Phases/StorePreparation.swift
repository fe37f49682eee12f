/// Finds or creates the vector store of the new revision.
struct StorePreparation: Sendable {
    let context: SyncContext
    let state: SyncState

    private var index: VectorStoreIndex { context.index }
    private var sharesStore: Bool { index.scheme == .attributes }
    /// The tag under which an earlier run has begun to create a vector store.
    var earlierTag: String? { state.corpusFields["next_vector_store_tag"] }

    /// Returns the ID of the vector store that new content goes to.
    ///
    /// One whose creation was not answered is found by the tag that is recorded before.
    func run() async throws -> String {
        // A store of an earlier run is resumed only where it holds nothing but new files.
        let isResumable = sharesStore && state.corpus == nil && !state.isOtherUpstream
        if !isResumable { try await deleteUnused(tag: earlierTag) }
        if sharesStore, let store = state.store, try await index.hasStore(store) { return store }
        if state.isStoreLost, let expired = state.corpus?.vectorStoreID {
            try context.check()
            try await index.deleteStore(expired)
        }
        var candidates: [String] = []
        if isResumable, let earlierTag { candidates = try await index.stores(tagged: earlierTag) }
        if candidates.isEmpty { candidates = try await create() }
        guard let store = candidates.popLast() else { throw context.lease.lossError }
        try await context.write([.setCorpus(fields: ["next_vector_store_id": store])])
        // A call that was retried without need has created more than one.
        for surplus in candidates { try await index.deleteStore(surplus) }
        return store
    }

    /// Creates a vector store under a new tag; returns all that have the tag, with the one to use as the last.
    private func create() async throws -> [String] {
        let tag = RandomToken.make()
        // No other deployment on the same account has this name.
        let deployment = state.corpusFields["deployment"] ?? String(RandomToken.make().prefix(12))
        try await context.write([.setCorpus(fields: ["next_vector_store_tag": tag, "deployment": deployment])])
        try context.check()
        let store = try await index.createStore(tag: tag, of: deployment)
        return try await index.stores(tagged: tag).filter { $0 != store } + [store]
    }

    /// Deletes the vector stores that were created under a tag for a revision which does not come into force.
    func deleteUnused(tag: String?) async throws {
        guard let tag else { return }
        for store in try await index.stores(tagged: tag) {
            try context.check()
            try await index.deleteStore(store)
        }
        try await context.write([
            .unsetCorpus(field: "next_vector_store_id"), .unsetCorpus(field: "next_vector_store_tag"),
        ])
    }
}
