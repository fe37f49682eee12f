internal import OpenAI

/// The differences between upstream and the records, which somebody else has caused.
struct Drift: Sendable {
    /// Documents whose uploads are gone, or are no longer indexed.
    var lost: [IndexedDocument] = []
    /// Documents whose files do not have the attributes on record.
    var misattributed: [IndexedDocument] = []
    /// Files in the vector store that no record names.
    var unrecorded: [String] = []

    /// Compares the vector store's files and the uploads with the records.
    ///
    /// - Parameters:
    ///   - index: The upstream.
    ///   - corpus: The corpus in force.
    ///   - records: The records of the documents.
    ///   - known: Files that are on record as uploads or as trash.
    /// - Returns: The differences.
    /// - Throws: `OpenAIError`.
    static func find(
        in index: VectorStoreIndex,
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
            if file.attributes != index.scheme.attributes(record), record.retiringAt == nil {
                drift.misattributed.append(record)
            }
        }
        let recorded = known.union(records.map(\.fileID))
        drift.unrecorded = attached.keys.filter { !recorded.contains($0) }.sorted()
        return drift
    }

    /// The differences, for a person.
    var descriptions: [String] {
        lost.map { "\($0.path): its upload was gone" }
            + misattributed.map { "\($0.path): its file upstream had other attributes than on record" }
            + unrecorded.map { "\($0): a file in the vector store that is on no record" }
    }
}
