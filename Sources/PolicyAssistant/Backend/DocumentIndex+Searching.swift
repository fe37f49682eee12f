internal import OpenAI

/// The text that upstream has read from a file.
struct IndexedText: Sendable {
    let text: String
    /// Whether it is all of it.
    let isWhole: Bool
}

/// Looking into the store as a turn does.
extension DocumentIndex {
    /// Searches what is in force, within one content if that is named.
    func search(_ query: String, in corpus: Corpus, sha256: String?) async throws -> [FileSearchResult] {
        let inForce = Self.filter(forRevision: corpus.revision)
        return try await openAI.vectorStores.search(
            corpus.vectorStoreID,
            query: query,
            maximumResults: 10,
            filter: sha256.map { .and([inForce, .equal("sha256", .string($0))]) } ?? inForce
        )
    }

    /// Returns the text that was read from a file; nil where upstream does not give it out.
    func text(of fileID: String, in store: String) async throws -> IndexedText? {
        do {
            let text = try await openAI.vectorStores.text(of: fileID, in: store)
            return IndexedText(text: text.text, isWhole: text.isWhole)
        } catch  where [.notFound, .forbidden, .invalidRequest, .malformedAnswer].contains(error.code) {
            return nil
        }
    }
}
