/// The files of a vector store: `/vector_stores/{id}/files`.
extension VectorStoresAPI {
    /// Adds an uploaded file to a vector store, which starts to index it.
    ///
    /// - Parameters:
    ///   - fileID: The uploaded file's ID.
    ///   - storeID: The vector store's ID.
    ///   - attributes: The attributes for filters of searches: at most 16.
    /// - Returns: The file in the vector store, usually not indexed yet.
    /// - Throws: ``OpenAIError`` with code `notFound` for an unknown file or vector store, or as any call.
    public func attach(
        _ fileID: String,
        to storeID: String,
        attributes: [String: AttributeValue]? = nil
    ) async throws(OpenAIError) -> VectorStoreFile {
        try await transport.value(
            .post("vector_stores", storeID, "files", json: BatchFile(fileID, attributes: attributes))
        )
    }

    /// Retrieves a file of a vector store.
    public func file(_ fileID: String, in storeID: String) async throws(OpenAIError) -> VectorStoreFile {
        try await transport.value(.get("vector_stores", storeID, "files", fileID))
    }

    /// Lists the files of a vector store, newest first.
    ///
    /// - Parameters:
    ///   - storeID: The vector store's ID.
    ///   - filter: The status of the files to list; nil for all files.
    /// - Returns: The files, fetched page by page.
    public func files(in storeID: String, filter: IndexingStatus? = nil) -> PagedSequence<VectorStoreFile> {
        PagedSequence(after: \.data.last?.id) { cursor throws(OpenAIError) in
            try await transport.value(
                .get("vector_stores", storeID, "files", query: .files(filter: filter, after: cursor))
            )
        }
    }

    /// Retrieves the text that the API extracted from a file.
    ///
    /// - Parameters:
    ///   - fileID: The file's ID.
    ///   - storeID: The vector store's ID.
    ///   - asMarkdown: Whether the embedded engine returns Markdown tables, and form feeds between pages; other servers
    ///     have one form of the text.
    /// - Returns: The text, and whether it is complete.
    /// - Throws: ``OpenAIError`` with code `notFound` also where the API has no such route, or as any call.
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

    /// Replaces all attributes of a file in a vector store.
    public func updateAttributes(
        _ attributes: [String: AttributeValue],
        of fileID: String,
        in storeID: String
    ) async throws(OpenAIError) -> VectorStoreFile {
        try await transport.value(
            .post("vector_stores", storeID, "files", fileID, json: ["attributes": attributes])
        )
    }

    /// Removes a file from a vector store; the uploaded file remains.
    ///
    /// Searches may find it for a moment longer.
    ///
    /// - Returns: Whether it existed.
    @discardableResult
    public func detach(_ fileID: String, from storeID: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("vector_stores", storeID, "files", fileID))
    }
}

/// Batches of files: `/vector_stores/{id}/file_batches`.
extension VectorStoresAPI {
    /// Adds uploaded files to a vector store, which starts to index them.
    ///
    /// - Parameters:
    ///   - files: The uploaded files: at most 500.
    ///   - storeID: The vector store's ID.
    /// - Returns: The batch, usually not indexed yet.
    /// - Throws: ``OpenAIError`` with code `notFound` for an unknown vector store, or as any call.
    public func createBatch(of files: [BatchFile], in storeID: String) async throws(OpenAIError) -> FileBatch {
        try await transport.value(.post("vector_stores", storeID, "file_batches", json: ["files": files]))
    }

    /// Retrieves a batch.
    public func batch(_ id: String, in storeID: String) async throws(OpenAIError) -> FileBatch {
        try await transport.value(.get("vector_stores", storeID, "file_batches", id))
    }

    /// Cancels the indexing of a batch's files that are not indexed yet.
    @discardableResult
    public func cancelBatch(_ id: String, in storeID: String) async throws(OpenAIError) -> FileBatch {
        try await transport.value(.post("vector_stores", storeID, "file_batches", id, "cancel"))
    }

    /// Lists the files of a batch, newest first.
    ///
    /// - Parameters:
    ///   - id: The batch's ID.
    ///   - storeID: The vector store's ID.
    ///   - filter: The status of the files to list; nil for all files.
    /// - Returns: The files, fetched page by page.
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

/// A part of a file's text.
private struct TextPart: Decodable, Sendable {
    let text: String?
}
