internal import FoundationEssentials

/// What one revision's switch changes on record.
struct Switchover {
    let state: SyncState
    /// The new contents that are uploaded and indexed.
    let uploads: SyncRun.Uploads
    let store: String
    let assistant: SyncedAssistant?
    let settings: Settings

    /// Records whose content ends with this revision: replaced by an upload, or of documents that are gone.
    var retired: [IndexedDocument] {
        state.plan.changed.filter { uploads[ExactPath($0.document.file.path)] != nil }.map(\.previous)
            + state.plan.removed
    }

    /// Records under the new paths of renamed documents.
    var moved: [IndexedDocument] {
        state.plan.renamed.map { change in
            var file = change.previous
            file.path = change.document.file.path
            file.set(change.document.file.stamp)
            return file
        }
    }

    /// Records whose content goes on, under the paths of the new revision.
    var kept: [IndexedDocument] {
        let failed = state.plan.changed.filter { uploads[ExactPath($0.document.file.path)] == nil }
        return state.plan.unchanged + moved + failed.map(\.previous)
    }

    /// Whether no record stays: its store is gone, or it is of another upstream.
    private var forgetsRecords: Bool { state.isStoreLost || state.isOtherUpstream }

    var changesDocuments: Bool { !(uploads.isEmpty && retired.isEmpty && moved.isEmpty) }

    func corpus(instructions: String) -> Corpus {
        Corpus(
            revision: state.nextRevision,
            vectorStoreID: store,
            assistantID: assistant?.id,
            upstreamProtocol: settings.upstreamProtocol.rawValue,
            baseURL: settings.upstreamIdentity,
            instructionsSHA256: instructions,
            syncedAt: Date.now.formatted(.iso8601)
        )
    }

    /// The whole switch.
    ///
    /// Each file's ID is in `file:`, `upload:` or `trash` before it and after it.
    func writes(_ corpus: Corpus) -> [FilesDatabase.Write] {
        var writes: [FilesDatabase.Write] = []
        let forgotten = forgetsRecords ? state.records : state.plan.removed + state.plan.renamed.map(\.previous)
        let discarded = forgetsRecords && !state.isOtherUpstream ? state.records : retired
        writes += forgotten.map { .removeDocument(path: $0.path) }
        writes += discarded.map { .trashFile(id: $0.fileID) }
        writes += moved.map { .saveDocument($0) }
        for upload in uploads.values {
            var file = IndexedDocument(
                path: upload.document.file.path,
                fileID: upload.fileID,
                sha256: upload.document.sha256,
                bytes: upload.document.file.stamp.bytes,
                modified: upload.document.file.stamp.modified,
                uploadedAt: corpus.syncedAt,
                revision: corpus.revision,
                uploadName: upload.name.isEmpty ? nil : upload.name
            )
            file.set(upload.document.file.stamp)
            writes += [.saveDocument(file), .removeUpload(path: file.path)]
        }
        // No field of the corpus before stays, of which one in another protocol may have others.
        let gone = ["next_vector_store_id", "next_vector_store_tag", "next_assistant_tag", "assistant_id"]
        writes += state.plan.stampWrites + storeWrites + leavingWrites + gone.map { .unsetCorpus(field: $0) }
        return writes + [.setCorpus(fields: corpus.fields)]
    }

    /// The store before goes, where the new revision has one of its own.
    private var storeWrites: [FilesDatabase.Write] {
        guard let former = state.corpus?.vectorStoreID, former != store, !state.isStoreLost else { return [] }
        return [.trashVectorStore(id: former)]
    }

    /// What another upstream or protocol has stays there, and on record.
    private var leavingWrites: [FilesDatabase.Write] {
        guard let former = state.formerCorpus else {
            return Self.leaving(state.corpus?.assistantID, for: assistant, settings)
        }
        var things: [(OrphanedResource.Kind, String)] = state.records.map { (.file, $0.fileID) }
        things.append((.store, former.vectorStoreID))
        if let assistantID = former.assistantID { things.append((.assistant, assistantID)) }
        let isElsewhere = former.baseURL != settings.upstreamIdentity
        if isElsewhere { things += state.trash.map { (.file, $0) } }
        return things.map { .addOrphan(OrphanedResource(kind: $0, id: $1, upstream: former.baseURL)) }
            + (isElsewhere ? state.trash.map { .untrashFile(id: $0) } : [])
    }

    /// An assistant that a sync has made stays, where the configuration names another by now.
    static func leaving(
        _ former: String?,
        for assistant: SyncedAssistant?,
        _ settings: Settings
    ) -> [FilesDatabase.Write] {
        guard settings.assistantID != nil, let former, former != assistant?.id else { return [] }
        return [.addOrphan(OrphanedResource(kind: .assistant, id: former, upstream: settings.upstreamIdentity))]
    }
}

extension SyncPlan {
    /// Renews the stamps of documents that were written again with the same content.
    var stampWrites: [FilesDatabase.Write] {
        touched.map { .updateDocument(path: $0.previous.path, fields: $0.document.file.stamp.recorded.times) }
    }
}
