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
        state.plan.changed.filter { uploads[ExactPath($0.document.file.path)] != nil }.map(\.previous)
            + state.plan.removed
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
        writes += forgotten.map { .untrack(path: $0.path) }
        writes += discarded.map { .discard(fileID: $0.fileID) }
        writes += moved.map { .track($0) }
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
            writes += [.track(file), .settle(path: file.path)]
        }
        return writes + state.plan.stampWrites + [
            .corpus(fields: corpus.fields), .unsetCorpus(field: "next_vector_store_id"),
            .unsetCorpus(field: "next_vector_store_tag"),
        ]
    }
}

extension SyncPlan {
    /// Renews the stamps of documents that were written again with the same content.
    var stampWrites: [FilesDatabase.Write] {
        touched.map { .amend(path: $0.previous.path, fields: ["modified": $0.document.file.stamp.modified]) }
    }
}
