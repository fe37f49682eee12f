/// Retires what is replaced or gone, and brings the new revision into force with one write.
struct Switchover: Sendable {
    let context: SyncContext
    let change: RevisionChange

    /// Switches to the new revision; where every change has failed, the one in force stays.
    ///
    /// - Parameter instructionsSHA256: The SHA-256 of the instructions, in hexadecimal.
    /// - Returns: The revision that came into force; nil where none did.
    /// - Throws: ``PolicyAssistantError``, `OpenAIError`.
    func run(instructionsSHA256: String) async throws -> Int? {
        let (state, store) = (change.state, change.store)
        let sharesStore = context.index.scheme == .attributes
        if store == state.corpus?.vectorStoreID { try await updateAttributes() }
        guard change.changesDocuments else {
            if !sharesStore {
                let tag = try await context.files.corpusFields()["next_vector_store_tag"]
                try await StorePreparation(context: context, state: state).deleteUnused(tag: tag)
            }
            return nil
        }
        if !sharesStore {
            try await DocumentIndexing(context: context, state: state, store: store).carryOver(change.kept)
        }
        let corpus = change.corpus(instructionsSHA256: instructionsSHA256)
        try await context.write(change.writes(corpus))
        context.progress(.switched(revision: corpus.revision))
        return corpus.revision
    }

    /// Ends the spans of retired files before the new revision, after recording which, and gives moved files their paths.
    private func updateAttributes() async throws {
        let (revision, store) = (change.state.nextRevision, change.store)
        try await context.reinstateRetiring(change.state.records, in: store)
        try await context.write(
            change.retired.map { .updateDocument(path: $0.path, fields: ["retiring_at": String(revision)]) }
        )
        try await context.forEach(of: change.retired) { [context] in
            try await context.index.retire($0, in: store, at: revision)
        }
        try await context.forEach(of: change.moved) { [context] in
            try await context.index.reinstate($0, in: store)
        }
    }
}

/// Brings the records up to date where no document is to be uploaded, renamed or removed.
struct RecordUpdate: Sendable {
    let context: SyncContext
    let state: SyncState

    /// Updates the documents' stamps, the assistant and the instructions' hash.
    ///
    /// - Parameters:
    ///   - corpus: The corpus in force.
    ///   - assistant: The assistant, in the protocol that has one.
    ///   - instructionsSHA256: The SHA-256 of the instructions, in hexadecimal; nil where they have not changed.
    /// - Throws: ``PolicyAssistantError``, `OpenAIError`.
    func run(_ corpus: Corpus, _ assistant: SyncedAssistant?, instructionsSHA256: String?) async throws {
        try await context.reinstateRetiring(state.records, in: corpus.vectorStoreID)
        let stores = StorePreparation(context: context, state: state)
        try await stores.deleteUnused(tag: stores.earlierTag)
        var writes = state.plan.stampWrites
        if let assistant, assistant.id != corpus.assistantID {
            writes += [.setCorpus(fields: ["assistant_id": assistant.id]), .unsetCorpus(field: "next_assistant_tag")]
            writes += RevisionChange.orphaning(corpus.assistantID, replacedBy: assistant, context.settings)
        }
        if let instructionsSHA256 {
            writes.append(.setCorpus(fields: ["instructions_sha256": instructionsSHA256]))
        }
        try await context.write(writes)
    }
}

extension SyncContext {
    /// Takes back the retirements that an earlier run has begun and never switched to.
    fileprivate func reinstateRetiring(_ records: [IndexedDocument], in store: String) async throws {
        try await forEach(of: records.filter { $0.retiringAt != nil }) { document in
            try await index.reinstate(document, in: store)
            try await write([.clearRetirement(path: document.path)])
        }
    }
}
