internal import OpenAI

/// The text that upstream has read from a file.
struct IndexedText: Sendable {
    let text: String
    /// Whether it is all of it.
    let isWhole: Bool
}

/// Looking into the store as a turn does.
extension DocumentIndex {
    /// Searches what is in force, within one document if that is given.
    func search(_ query: String, in corpus: Corpus, within file: IndexedDocument? = nil) async throws
        -> [FileSearchResult]
    {
        // Of a path that is too long to be an attribute, the content has to do.
        let place = file.flatMap { file in
            let attributes = attributes(file.path, file.sha256, since: file.revision, until: nil)
            return attributes["path"].map { ("path", $0) } ?? attributes["sha256"].map { ("sha256", $0) }
        }
        let conditions = [filter(forRevision: corpus.revision), place.map { .equal($0.0, $0.1) }].compactMap(\.self)
        return try await openAI.vectorStores.search(
            corpus.vectorStoreID,
            query: query,
            maximumResults: 10,
            filter: conditions.count > 1 ? .and(conditions) : conditions.first
        )
    }

    /// Returns the text that was read from a file; nil where upstream does not give it out.
    ///
    /// As Markdown, it has tables drawn and form feeds between pages, if upstream is the embedded engine.
    func text(of fileID: String, in store: String, asMarkdown: Bool = false) async throws -> IndexedText? {
        do {
            let text = try await openAI.vectorStores.text(of: fileID, in: store, asMarkdown: asMarkdown)
            return IndexedText(text: text.text, isWhole: text.isWhole)
        } catch  where [.notFound, .forbidden, .invalidRequest, .malformedAnswer].contains(error.code) {
            return nil
        }
    }
}
