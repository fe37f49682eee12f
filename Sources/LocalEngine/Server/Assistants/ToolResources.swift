internal import GRDB

/// The vector store that a request gives to an assistant or a thread: one that exists, or one to be made.
enum ToolResources: Sendable, Hashable {
    /// No store.
    case nothing
    /// A store that exists.
    case store(String)
    /// A store that is to be made of these files.
    case newStore(files: [Attachment], metadata: [String: String])

    /// Reads `tool_resources`; nil if it is absent, ``nothing`` if it is null.
    init?(_ fields: RequestFields) throws(APIError) {
        guard let resources = try fields.fields("tool_resources", known: ["file_search"]) else {
            guard fields.isNull("tool_resources") else { return nil }
            self = .nothing
            return
        }
        let known: Set<String> = ["vector_store_ids", "vector_stores"]
        guard let search = try resources.fields("file_search", known: known) else {
            self = .nothing
            return
        }
        let stores = try search.strings("vector_store_ids", maximum: 1) ?? []
        let newStores = try search.elements("vector_stores", maximum: 1) ?? []
        switch (stores.first, newStores.first) {
        case (nil, nil): self = .nothing
        case (let store?, nil): self = .store(store)
        case (nil, let new?): self = try Self.newStore(RequestFields(new.value, at: new.param))
        case (_?, _?): throw .exclusive(search.param("vector_store_ids"), search.param("vector_stores"))
        }
    }

    private static func newStore(_ fields: RequestFields) throws(APIError) -> ToolResources {
        let chunking = try fields.chunking() ?? .automatic
        let files = try fields.strings("file_ids", maximum: 10_000) ?? []
        return .newStore(
            files: files.map { Attachment(fileID: $0, chunking: chunking) },
            metadata: try fields.metadata() ?? [:]
        )
    }

    /// The resources as the API shows them, once the store is there.
    ///
    /// - Throws: `APIError` if a store or a file does not exist.
    func settled(expiresAfterDays days: Int?, now: Int, in db: Database) throws -> JSONValue {
        switch self {
        case .nothing:
            return [:]
        case .store(let id):
            try VectorStoreRepository.requireStore(id, in: db)
            return Self.wire(storeIDs: [id])
        case .newStore(let files, let metadata):
            let description = VectorStore.Description(metadata: metadata, expiresAfterDays: days)
            return Self.wire(
                storeIDs: [try VectorStoreRepository.insert(description, files: files, now: now, in: db)]
            )
        }
    }

    /// The resources as the API shows them.
    static func wire(storeIDs: [String]) -> JSONValue {
        ["file_search": ["vector_store_ids": .array(storeIDs.map(JSONValue.string))]]
    }
}

extension JSONValue {
    /// The stores that the `tool_resources` of an assistant or a thread name.
    var vectorStoreIDs: [String] {
        (self["file_search"]?["vector_store_ids"]?.array ?? []).compactMap(\.string)
    }
}
