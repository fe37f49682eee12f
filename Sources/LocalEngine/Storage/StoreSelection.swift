internal import GRDB

/// The vector store that an assistant or a thread searches.
enum StoreSelection: Sendable, Hashable {
    /// No store.
    case none
    /// A store that exists.
    case existing(String)
    /// A store that is created with these files.
    case new(files: [Attachment], metadata: [String: String])
}

extension StoreSelection {
    /// The value of `tool_resources`, once the store exists.
    ///
    /// - Throws: `StorageError.notFound` if the store or a file does not exist.
    func toolResources(expiresAfterDays days: Int?, now: Int, in db: Database) throws -> JSONText {
        switch self {
        case .none:
            return .object([:])
        case .existing(let id):
            try VectorStoreRepository.requireStore(id, in: db)
            return try Self.toolResources(id)
        case .new(let files, let metadata):
            let description = VectorStore.Description(metadata: metadata, expiresAfterDays: days)
            return try Self.toolResources(VectorStoreRepository.insert(description, files: files, now: now, in: db))
        }
    }

    /// The value of `tool_resources` for a store.
    static func toolResources(_ id: String) throws -> JSONText {
        .object(["file_search": .object(["vector_store_ids": try JSONText(encoding: [id])])])
    }
}

extension ObjectTable {
    /// The stores that an assistant or a thread searches.
    func storeIDs(of id: String, in db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT store.value FROM \(name), json_each(body, '$.tool_resources.file_search.vector_store_ids') store
                WHERE \(name).id = ? ORDER BY store.key
                """,
            arguments: [id]
        )
    }
}
