/// A request that creates or changes a thread.
struct ThreadRequest: Sendable {
    let messages: [MessageRequest]
    /// The store that the thread searches, if the request sets it.
    let store: StoreSelection?
    let metadata: [String: String]?

    /// Reads a request.
    init(_ fields: RequestFields) throws(APIError) {
        messages = try MessageRequest.array(fields, "messages") ?? []
        store = try StoreSelection(fields)
        metadata = try fields.metadata() ?? (fields.isNull("metadata") ? [:] : nil)
    }
}

extension StoreSelection {
    /// Reads `tool_resources`; nil if it is absent, ``none`` if it is null.
    init?(_ fields: RequestFields) throws(APIError) {
        guard let resources = try fields.fields("tool_resources", known: ["file_search"]) else {
            guard fields.isNull("tool_resources") else { return nil }
            self = .none
            return
        }
        let known: Set<String> = ["vector_store_ids", "vector_stores"]
        guard let search = try resources.fields("file_search", known: known) else {
            self = .none
            return
        }
        let stores = try search.strings("vector_store_ids", maximum: 1) ?? []
        let newStores = try search.elements("vector_stores", maximum: 1) ?? []
        switch (stores.first, newStores.first) {
        case (nil, nil): self = .none
        case (let store?, nil): self = .existing(store)
        case (nil, let new?): self = try Self.newStore(RequestFields(new.value, at: new.param))
        case (_?, _?): throw .exclusive(search.param("vector_store_ids"), search.param("vector_stores"))
        }
    }

    private static func newStore(_ fields: RequestFields) throws(APIError) -> StoreSelection {
        let chunking = try fields.chunking() ?? .automatic
        let files = try fields.strings("file_ids", maximum: 10_000) ?? []
        return .new(
            files: files.map { Attachment(fileID: $0, chunking: chunking) },
            metadata: try fields.metadata() ?? [:]
        )
    }
}
