internal import OpenAI

/// What is not upstream as it is on record, because somebody else had a hand in it.
struct Drift: Sendable {
    /// Documents whose uploads are gone, or are no longer indexed.
    var lost: [IndexedDocument] = []
    /// Documents whose files do not carry the revisions on record.
    var displaced: [IndexedDocument] = []
    /// Files in the store that nothing on record knows.
    var strays: [String] = []
    /// The number of records that no set named.
    var unlisted = 0

    /// Holds the store's files and the uploads against the records.
    ///
    /// Files in `known` are on record otherwise: they are being uploaded, or are to be deleted.
    static func find(
        in index: any DocumentIndex,
        of corpus: Corpus,
        records: [IndexedDocument],
        known: Set<String>
    ) async throws -> Drift {
        let attached = try await index.files(in: corpus.vectorStoreID)
        let uploaded = try await index.uploadedFiles()
        var drift = Drift()
        for record in records {
            guard let file = attached[record.fileID], file.status == .completed, uploaded.contains(record.fileID) else {
                drift.lost.append(record)
                continue
            }
            let attributes = index.attributes(record.path, record.sha256, since: record.revision, until: nil)
            if file.attributes != attributes, record.retiringAt == nil { drift.displaced.append(record) }
        }
        let accounted = known.union(records.map(\.fileID))
        drift.strays = attached.keys.filter { !accounted.contains($0) }.sorted()
        return drift
    }

    /// What was found, for a person.
    var descriptions: [String] {
        lost.map { "\($0.path): its upload was gone" }
            + displaced.map { "\($0.path): its file upstream carried other attributes than on record" }
            + strays.map { "\($0): a file in the vector store that nothing on record knows" }
            + (unlisted > 0 ? ["\(unlisted) records were not listed in Redis"] : [])
    }
}

extension DocumentIndex {
    /// The files of a store, by their IDs.
    func files(in store: String) async throws -> [String: VectorStoreFile] {
        var files: [String: VectorStoreFile] = [:]
        for try await file in openAI.vectorStores.files(in: store) { files[file.id] = file }
        return files
    }

    /// The IDs of all uploaded files.
    func uploadedFiles() async throws -> Set<String> {
        var ids: Set<String> = []
        for try await file in openAI.files.all(purpose: .assistants) { ids.insert(file.id) }
        return ids
    }

    /// Whether an uploaded file is there.
    func hasFile(_ id: String) async throws -> Bool {
        do {
            _ = try await openAI.files.retrieve(id)
            return true
        } catch  where error.code == .notFound {
            return false
        }
    }
}
