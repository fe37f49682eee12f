internal import FoundationEssentials

/// What the switch to a new revision changes on record, as a value.
struct RevisionChange: Sendable {
    let state: SyncState
    /// The new contents, which are uploaded and indexed.
    let uploads: Uploads
    /// The vector store of the new revision.
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
            var record = change.previous
            record.path = change.document.file.path
            record.set(change.document.file.stamp)
            return record
        }
    }

    /// Records whose content stays in force, under the paths of the new revision.
    var kept: [IndexedDocument] {
        let failed = state.plan.changed.filter { uploads[ExactPath($0.document.file.path)] == nil }
        return state.plan.unchanged + moved + failed.map(\.previous)
    }

    /// Whether all records go: their vector store is gone, or they are of another upstream.
    private var replacesAll: Bool { state.isStoreLost || state.isOtherUpstream }

    /// Whether the new revision has other documents than the one in force.
    var changesDocuments: Bool { !(uploads.isEmpty && retired.isEmpty && moved.isEmpty) }

    /// The corpus of the new revision, which comes into force now.
    func corpus(instructionsSHA256: String) -> Corpus {
        Corpus(
            revision: state.nextRevision,
            vectorStoreID: store,
            assistantID: assistant?.id,
            upstreamProtocol: settings.upstreamProtocol,
            baseURL: settings.upstreamIdentity,
            instructionsSHA256: instructionsSHA256,
            syncedAt: .currentSecond
        )
    }

    /// The writes of the switch, made as one.
    ///
    /// Each file's ID is in `file:`, `upload:` or `trash` before them and after them.
    func writes(_ corpus: Corpus) -> [FilesDatabase.Write] {
        var writes: [FilesDatabase.Write] = []
        let forgotten = replacesAll ? state.records : state.plan.removed + state.plan.renamed.map(\.previous)
        let discarded = replacesAll && !state.isOtherUpstream ? state.records : retired
        writes += forgotten.map { .removeDocument(path: $0.path) }
        writes += discarded.map { .trashFile(id: $0.fileID) }
        writes += moved.map { .saveDocument($0) }
        for upload in uploads.values {
            writes += [.saveDocument(record(of: upload, in: corpus)), .removeUpload(path: upload.path)]
        }
        // A corpus of another protocol may lack these fields.
        let unset = ["next_vector_store_id", "next_vector_store_tag", "next_assistant_tag", "assistant_id"]
        writes += state.plan.stampWrites + storeWrites + orphanWrites + unset.map { .unsetCorpus(field: $0) }
        return writes + [.setCorpus(fields: corpus.fields)]
    }

    private func record(of upload: UploadedDocument, in corpus: Corpus) -> IndexedDocument {
        let stamp = upload.document.file.stamp
        var record = IndexedDocument(
            path: upload.path,
            fileID: upload.fileID,
            sha256: upload.document.sha256,
            bytes: stamp.bytes,
            modified: stamp.modified,
            uploadedAt: corpus.syncedAt,
            revision: corpus.revision,
            uploadName: upload.name.isEmpty ? nil : upload.name
        )
        record.set(stamp)
        return record
    }

    /// The vector store in force becomes trash where the new revision has another.
    private var storeWrites: [FilesDatabase.Write] {
        guard let former = state.corpus?.vectorStoreID, former != store, !state.isStoreLost else { return [] }
        return [.trashVectorStore(id: former)]
    }

    /// The resources of another upstream or protocol stay there, and on record.
    private var orphanWrites: [FilesDatabase.Write] {
        guard let former = state.formerCorpus else {
            return Self.orphaning(state.corpus?.assistantID, replacedBy: assistant, settings)
        }
        var resources: [(OrphanedResource.Kind, String)] = state.records.map { (.file, $0.fileID) }
        resources.append((.store, former.vectorStoreID))
        if let assistantID = former.assistantID { resources.append((.assistant, assistantID)) }
        let isElsewhere = former.baseURL != settings.upstreamIdentity
        if isElsewhere { resources += state.trash.map { (.file, $0) } }
        return resources.map { .addOrphan(OrphanedResource(kind: $0, id: $1, upstream: former.baseURL)) }
            + (isElsewhere ? state.trash.map { .untrashFile(id: $0) } : [])
    }

    /// Records an assistant that a sync has created and the configuration replaces by another; it stays upstream.
    static func orphaning(
        _ former: String?,
        replacedBy assistant: SyncedAssistant?,
        _ settings: Settings
    ) -> [FilesDatabase.Write] {
        guard settings.assistantID != nil, let former, former != assistant?.id else { return [] }
        return [.addOrphan(OrphanedResource(kind: .assistant, id: former, upstream: settings.upstreamIdentity))]
    }
}
