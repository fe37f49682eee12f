/// Vector stores: `/vector_stores`.
public struct VectorStoresAPI: Sendable {
    let transport: Transport

    /// Makes a vector store.
    ///
    /// Every call makes a new one; metadata that is ours alone lets it be found again if the answer is lost.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - metadata: Our own notes on it: at most 16 pairs.
    ///   - expiresAfterDays: After how many days without use it deletes itself, from 1 to 365; nil for never.
    /// - Returns: The new store.
    /// - Throws: ``OpenAIError``
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
    ///
    /// - Throws: ``OpenAIError``
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

    /// What the API knows of a vector store.
    ///
    /// - Throws: ``OpenAIError``
    public func retrieve(_ id: String) async throws(OpenAIError) -> VectorStore {
        try await transport.value(.get("vector_stores", id))
    }

    /// Deletes a vector store; the files that were in it remain.
    ///
    /// - Returns: Whether it was still there.
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func delete(_ id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("vector_stores", id))
    }

    /// Searches a vector store.
    ///
    /// - Parameters:
    ///   - id: The store.
    ///   - query: What to look for, in plain words.
    ///   - maximumResults: How many passages to return, from 1 to 50; the API's own default is 10.
    ///   - filter: Which files to look at.
    /// - Returns: The passages found, best first.
    /// - Throws: ``OpenAIError``
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
