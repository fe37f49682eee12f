internal import GRDB

/// The assistants.
struct AssistantRepository: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    let indexing: IndexSignal

    /// Creates an assistant.
    ///
    /// - Parameters:
    ///   - fields: All fields but the ID, the time and the tool resources.
    ///   - store: The store that it searches.
    /// - Returns: The assistant.
    /// - Throws: `StorageError.notFound` if the store or one of its files does not exist.
    func create(_ fields: JSONFields, store: StoreSelection) async throws -> StoredObject {
        let now = clock.now
        defer { indexing.wake() }
        return try await pool.write { db in
            let id = Identifier.make("asst_")
            var fields = fields
            fields["id"] = try JSONText(encoding: id)
            fields["created_at"] = try JSONText(encoding: now)
            fields["tool_resources"] = try store.toolResources(expiresAfterDays: nil, now: now, in: db)
            let assistant = StoredObject(id: id, body: .object(fields))
            try ObjectTable.assistants.insert(assistant, in: db)
            return assistant
        }
    }

    /// Finds an assistant.
    ///
    /// - Throws: `StorageError.notFound`.
    func assistant(_ id: String) async throws -> StoredObject {
        try await pool.read { db in try ObjectTable.assistants.object(id, in: db) }
    }

    /// Lists the assistants.
    func list(_ page: PageRequest) async throws -> Page<StoredObject> {
        try await pool.read { db in try ObjectTable.assistants.list(page, in: db) }
    }

    /// Sets fields of an assistant; active runs continue with the assistant as it was.
    ///
    /// - Parameters:
    ///   - id: The assistant.
    ///   - fields: The fields that change.
    ///   - store: The store that it searches from now on; nil if that does not change.
    /// - Returns: The changed assistant.
    /// - Throws: `StorageError.notFound`.
    func update(_ id: String, _ fields: JSONFields, store: StoreSelection?) async throws -> StoredObject {
        let now = clock.now
        defer { indexing.wake() }
        return try await pool.write { db in
            try ObjectTable.assistants.require(id, in: db)
            var fields = fields
            fields["tool_resources"] = try store?.toolResources(expiresAfterDays: nil, now: now, in: db)
            return try ObjectTable.assistants.set(fields, of: id, in: db)
        }
    }

    /// Deletes an assistant; its store and the threads stay.
    ///
    /// - Throws: `StorageError.notFound`.
    func delete(_ id: String) async throws {
        try await pool.write { db in try ObjectTable.assistants.delete(id, in: db) }
    }
}
