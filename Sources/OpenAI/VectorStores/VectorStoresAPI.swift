/// Vector stores: `/vector_stores`.
public struct VectorStoresAPI: Sendable {
    let transport: Transport

    /// Creates a vector store.
    ///
    /// Each call creates a new one. If the response is lost, unique metadata identifies it in a list.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - metadata: Its metadata: at most 16 pairs.
    ///   - expiresAfterDays: After how many days without use it expires, from 1 to 365; nil for never.
    /// - Returns: The new vector store.
    /// - Throws: ``OpenAIError``; after a lost response the vector store may exist all the same.
    public func create(
        name: String? = nil,
        metadata: [String: String]? = nil,
        expiresAfterDays: Int? = nil
    ) async throws(OpenAIError) -> VectorStore {
        let creation = VectorStoreCreation(
            name: name,
            metadata: metadata,
            expiresAfter: expiresAfterDays.map(VectorStoreCreation.Expiry.init)
        )
        return try await transport.value(.post("vector_stores", json: creation))
    }

    /// One page of the vector stores.
    public func list(
        limit: Int? = nil,
        order: ListOrder? = nil,
        after: String? = nil
    ) async throws(OpenAIError) -> Page<VectorStore> {
        try await transport.value(.get("vector_stores", query: .list(limit: limit, order: order, after: after)))
    }

    /// All vector stores, newest first.
    public func all() -> PagedSequence<VectorStore> {
        PagedSequence(after: \.data.last?.id) { cursor throws(OpenAIError) in
            try await list(limit: 100, after: cursor)
        }
    }

    /// Retrieves a vector store.
    public func retrieve(_ id: String) async throws(OpenAIError) -> VectorStore {
        try await transport.value(.get("vector_stores", id))
    }

    /// Deletes a vector store; its uploaded files remain.
    ///
    /// - Returns: Whether it existed.
    @discardableResult
    public func delete(_ id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("vector_stores", id))
    }

    /// Searches a vector store.
    ///
    /// - Parameters:
    ///   - id: The vector store's ID.
    ///   - query: The query, in plain words.
    ///   - maximumResults: How many passages to return, from 1 to 50; the API's default is 10.
    ///   - filter: Which files to search; nil for all.
    /// - Returns: The passages found, best first.
    /// - Throws: ``OpenAIError`` with code `notFound` for an unknown vector store, or as any call.
    public func search(
        _ id: String,
        query: String,
        maximumResults: Int? = nil,
        filter: SearchFilter? = nil
    ) async throws(OpenAIError) -> [FileSearchResult] {
        let search = VectorStoreSearch(query: query, maximumResults: maximumResults, filters: filter)
        return try await transport.value(
            .post("vector_stores", id, "search", json: search),
            as: Page<FileSearchResult>.self
        ).data
    }
}

private struct VectorStoreCreation: Encodable {
    let name: String?
    let metadata: [String: String]?
    let expiresAfter: Expiry?

    struct Expiry: Encodable {
        let anchor = "last_active_at"
        let days: Int

        init(days: Int) {
            self.days = days
        }
    }

    enum CodingKeys: String, CodingKey {
        case name, metadata
        case expiresAfter = "expires_after"
    }
}

private struct VectorStoreSearch: Encodable {
    let query: String
    let maximumResults: Int?
    let filters: SearchFilter?

    enum CodingKeys: String, CodingKey {
        case query, filters
        case maximumResults = "max_num_results"
    }
}
