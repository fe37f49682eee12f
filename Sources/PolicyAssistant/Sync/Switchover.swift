internal import FoundationEssentials

/// What one revision's switch changes on record.
struct Switchover {
    let state: SyncState
    /// The new contents that are uploaded and indexed.
    let uploads: SyncRun.Uploads
    let store: String
    let settings: Settings

    /// Records whose content ends with this revision: replaced by an upload, or of documents that are gone.
    var retired: [TrackedFile] {
        state.plan.changed.filter { uploads[$0.document.file.path] != nil }.map(\.previous) + state.plan.removed
    }

    /// Records under the new paths of renamed documents.
    var moved: [TrackedFile] {
        state.plan.renamed.map { change in
            var file = change.previous
            file.path = change.document.file.path
            file.modified = change.document.file.stamp.modified
            return file
        }
    }

    /// Whether no record stays: its store is gone, or it is of another upstream.
    private var forgetsRecords: Bool { state.isStoreLost || state.isOtherUpstream }

    var changesDocuments: Bool { !(uploads.isEmpty && retired.isEmpty && moved.isEmpty) }

    func corpus(instructions: String) -> Corpus {
        Corpus(
            revision: state.nextRevision,
            vectorStoreID: store,
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
        for file in forgotten { writes.append(.delete(key: file.key)) }
        for file in discarded { writes.append(.discard(fileID: file.fileID)) }
        for file in moved { writes += [.delete(key: file.key), .set(key: file.key, fields: file.fields)] }
        for upload in uploads.values {
            let file = TrackedFile(
                path: upload.document.file.path,
                fileID: upload.fileID,
                sha256: upload.document.sha256,
                bytes: upload.document.file.stamp.bytes,
                modified: upload.document.file.stamp.modified,
                uploadedAt: corpus.syncedAt,
                revision: corpus.revision
            )
            writes += [.delete(key: file.key), .set(key: file.key, fields: file.fields)]
            writes.append(.delete(key: PendingUpload.prefix + file.path))
        }
        return writes + state.plan.stampWrites + [
            .set(key: Corpus.key, fields: corpus.fields), .unset(key: Corpus.key, field: "next_vector_store_id"),
        ]
    }
}

extension SyncPlan {
    /// Renews the stamps of documents that were written again with the same content.
    var stampWrites: [FilesDatabase.Write] {
        touched.map { .set(key: $0.previous.key, fields: ["modified": $0.document.file.stamp.modified]) }
    }
}
