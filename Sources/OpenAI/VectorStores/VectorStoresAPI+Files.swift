/// The files of a vector store: `/vector_stores/{id}/files`.
extension VectorStoresAPI {
    /// Puts an uploaded file into a vector store, which begins to index it.
    ///
    /// - Parameters:
    ///   - fileID: The uploaded file.
    ///   - storeID: The store.
    ///   - attributes: What searches can filter by: at most 16 attributes.
    /// - Returns: The file in the store, most likely not indexed yet.
    /// - Throws: ``OpenAIError``
    public func attach(
        _ fileID: String,
        to storeID: String,
        attributes: [String: AttributeValue]? = nil
    ) async throws(OpenAIError) -> VectorStoreFile {
        try await transport.value(
            .post("vector_stores", storeID, "files", json: BatchFile(fileID, attributes: attributes))
        )
    }

    /// How far a file is in a vector store.
    ///
    /// - Throws: ``OpenAIError``
    public func file(_ fileID: String, in storeID: String) async throws(OpenAIError) -> VectorStoreFile {
        try await transport.value(.get("vector_stores", storeID, "files", fileID))
    }

    /// Lists the files of a vector store, newest first.
    ///
    /// - Parameters:
    ///   - storeID: The store.
    ///   - filter: How far the files are to be; nil for all.
    /// - Returns: All of them, page by page.
    public func files(in storeID: String, filter: IndexingStatus? = nil) -> PagedSequence<VectorStoreFile> {
        PagedSequence(after: \.data.last?.id) { cursor throws(OpenAIError) in
            try await transport.value(
                .get("vector_stores", storeID, "files", query: .files(filter: filter, after: cursor))
            )
        }
    }

    /// Returns the text that the API has read from a file.
    ///
    /// - Parameters:
    ///   - fileID: The file.
    ///   - storeID: The store.
    ///   - asMarkdown: Whether the embedded engine is to draw tables, and to set form feeds between pages; other servers
    ///     have one form of the text.
    /// - Returns: The text, and whether that is all of it.
    /// - Throws: ``OpenAIError``; code `notFound` also where the API does not give texts out.
    public func text(
        of fileID: String,
        in storeID: String,
        asMarkdown: Bool = false
    ) async throws(OpenAIError) -> (text: String, isWhole: Bool) {
        var call = APICall.get("vector_stores", storeID, "files", fileID, "content")
        if asMarkdown { call.headers["X-Text-Format"] = "markdown" }
        let page = try await transport.value(call, as: Page<TextPart>.self)
        return (page.data.compactMap(\.text).joined(separator: "\n"), !page.hasMore)
    }

    /// Replaces the attributes of a file in a vector store; always give all of them.
    ///
    /// - Throws: ``OpenAIError``
    public func updateAttributes(
        _ attributes: [String: AttributeValue],
        of fileID: String,
        in storeID: String
    ) async throws(OpenAIError) -> VectorStoreFile {
        try await transport.value(
            .post("vector_stores", storeID, "files", fileID, json: ["attributes": attributes])
        )
    }

    /// Takes a file out of a vector store; the uploaded file remains.
    ///
    /// Searches may find it for a moment longer.
    ///
    /// - Returns: Whether it was still there.
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func detach(_ fileID: String, from storeID: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("vector_stores", storeID, "files", fileID))
    }
}

/// Batches of files: `/vector_stores/{id}/file_batches`.
extension VectorStoresAPI {
    /// Puts uploaded files into a vector store together, which begins to index them.
    ///
    /// - Parameters:
    ///   - files: The uploaded files: at most 500.
    ///   - storeID: The store.
    /// - Returns: The batch, most likely not indexed yet.
    /// - Throws: ``OpenAIError``
    public func createBatch(of files: [BatchFile], in storeID: String) async throws(OpenAIError) -> FileBatch {
        try await transport.value(.post("vector_stores", storeID, "file_batches", json: ["files": files]))
    }

    /// How far a batch is.
    ///
    /// - Throws: ``OpenAIError``
    public func batch(_ id: String, in storeID: String) async throws(OpenAIError) -> FileBatch {
        try await transport.value(.get("vector_stores", storeID, "file_batches", id))
    }

    /// Ends the indexing of those files of a batch that it has not reached yet.
    ///
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func cancelBatch(_ id: String, in storeID: String) async throws(OpenAIError) -> FileBatch {
        try await transport.value(.post("vector_stores", storeID, "file_batches", id, "cancel"))
    }

    /// Lists the files of a batch, newest first.
    ///
    /// - Parameters:
    ///   - id: The batch.
    ///   - storeID: The store.
    ///   - filter: How far the files are to be; nil for all.
    /// - Returns: All of them, page by page.
    public func filesOfBatch(
        _ id: String,
        in storeID: String,
        filter: IndexingStatus? = nil
    ) -> PagedSequence<VectorStoreFile> {
        PagedSequence(after: \.data.last?.id) { cursor throws(OpenAIError) in
            try await transport.value(
                .get(
                    "vector_stores",
                    storeID,
                    "file_batches",
                    id,
                    "files",
                    query: .files(filter: filter, after: cursor)
                )
            )
        }
    }
}

extension APICall.Query {
    fileprivate static func files(filter: IndexingStatus?, after cursor: String?) -> APICall.Query {
        .list(limit: 100, after: cursor) + [("filter", filter?.rawValue)]
    }
}

/// A part of the text that was read from a file.
private struct TextPart: Decodable, Sendable {
    let text: String?
}
