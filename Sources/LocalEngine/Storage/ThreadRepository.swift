internal import GRDB

/// The threads and their messages.
struct ThreadRepository: Sendable {
    /// The days without use after which a store expires that was created for a thread.
    static let storeLifetime = 7

    let pool: DatabasePool
    let clock: WallClock
    let indexing: IndexSignal
    let locks: RunLocks

    /// Creates a thread.
    ///
    /// - Parameters:
    ///   - metadata: Its metadata.
    ///   - store: The store that it searches.
    ///   - messages: The messages that it begins with.
    /// - Returns: The thread.
    /// - Throws: `StorageError.notFound` if a store or a file does not exist.
    func create(
        metadata: [String: String],
        store: StoreSelection,
        messages: [NewMessage]
    ) async throws -> StoredObject {
        let now = clock.now
        defer { indexing.wake() }
        return try await pool.write { db in
            let id = Identifier.make("thread_")
            let fields: JSONFields = [
                "id": try JSONText(encoding: id), "object": try JSONText(encoding: "thread"),
                "created_at": try JSONText(encoding: now),
                "tool_resources": try store.toolResources(expiresAfterDays: Self.storeLifetime, now: now, in: db),
                "metadata": try JSONText(encoding: metadata),
            ]
            try ObjectTable.threads.insert(StoredObject(id: id, body: .object(fields)), in: db)
            try Self.append(messages, to: id, now: now, in: db)
            return try ObjectTable.threads.object(id, in: db)
        }
    }

    /// Finds a thread.
    ///
    /// - Throws: `StorageError.notFound`.
    func thread(_ id: String) async throws -> StoredObject {
        try await pool.read { db in try ObjectTable.threads.object(id, in: db) }
    }

    /// Changes the metadata and the store of a thread; what is nil stays.
    ///
    /// - Throws: `StorageError.notFound`.
    func update(_ id: String, metadata: [String: String]?, store: StoreSelection?) async throws -> StoredObject {
        let now = clock.now
        defer { indexing.wake() }
        return try await pool.write { db in
            try ObjectTable.threads.require(id, in: db)
            var fields: JSONFields = [:]
            fields["metadata"] = try metadata.map { try JSONText(encoding: $0) }
            fields["tool_resources"] =
                try store?.toolResources(expiresAfterDays: Self.storeLifetime, now: now, in: db)
            return try ObjectTable.threads.set(fields, of: id, in: db)
        }
    }

    /// Deletes a thread with its messages and runs.
    ///
    /// - Throws: `StorageError.notFound`.
    func delete(_ id: String) async throws {
        try await pool.write { db in try ObjectTable.threads.delete(id, in: db) }
    }
}
