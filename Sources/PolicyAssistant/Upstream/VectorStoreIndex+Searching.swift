internal import OpenAI

/// The text that upstream has read from a file.
struct IndexedText: Sendable {
    let text: String
    /// Whether it is the whole text.
    let isWhole: Bool
}

/// Searches, and the texts that they search.
extension VectorStoreIndex {
    /// Searches the documents of a revision as a turn does.
    ///
    /// - Parameters:
    ///   - query: What to search for.
    ///   - corpus: The revision.
    ///   - document: The one document to search; nil for all.
    /// - Returns: Up to ten passages, the best first.
    /// - Throws: `OpenAIError`.
    func search(
        _ query: String,
        in corpus: Corpus,
        within document: IndexedDocument? = nil
    ) async throws -> [FileSearchResult] {
        let conditions = [
            scheme.filter(forRevision: corpus.revision), document.map { filter(within: $0) },
        ].compactMap(\.self)
        return try await openAI.vectorStores.search(
            corpus.vectorStoreID,
            query: query,
            maximumResults: 10,
            filter: conditions.count > 1 ? .and(conditions) : conditions.first
        )
    }

    /// The filter that selects a document's file, by its content where the path is too long to be an attribute.
    private func filter(within document: IndexedDocument) -> SearchFilter {
        scheme.attributes(document)["path"].map { .equal("path", $0) } ?? .equal("sha256", .string(document.sha256))
    }

    /// Returns the text that upstream has read from a file.
    ///
    /// - Parameters:
    ///   - fileID: The file.
    ///   - store: Its vector store.
    ///   - asMarkdown: Whether the embedded engine draws tables, and puts form feeds between pages.
    /// - Returns: The text; nil where upstream does not give it out.
    /// - Throws: `OpenAIError`.
    func text(of fileID: String, in store: String, asMarkdown: Bool = false) async throws -> IndexedText? {
        do {
            let text = try await openAI.vectorStores.text(of: fileID, in: store, asMarkdown: asMarkdown)
            return IndexedText(text: text.text, isWhole: text.isWhole)
        } catch  where [.notFound, .forbidden, .invalidRequest, .malformedAnswer].contains(error.code) {
            return nil
        }
    }
}
