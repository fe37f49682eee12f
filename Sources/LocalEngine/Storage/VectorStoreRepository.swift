internal import GRDB

/// The vector stores.
struct VectorStoreRepository: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    let indexing: IndexSignal

    /// Creates a store that holds the files.
    ///
    /// - Throws: `StorageError.notFound` if a file does not exist.
    func create(_ description: VectorStore.Description, files: [Attachment]) async throws -> VectorStore {
        let now = clock.now
        let store = try await pool.write { db in
            try Self.store(try Self.insert(description, files: files, now: now, in: db), in: db)
        }
        if !files.isEmpty { indexing.wake() }
        return store
    }

    /// Finds a store.
    ///
    /// - Throws: `StorageError.notFound`.
    func store(_ id: String) async throws -> VectorStore {
        try await pool.read { db in try Self.store(id, in: db) }
    }

    /// Lists the stores.
    func list(_ page: PageRequest) async throws -> Page<VectorStore> {
        try await pool.read { db in
            let rows: Page<ListedStore> = try page.fetch(
                db,
                "SELECT id FROM vector_store WHERE TRUE",
                position: { id in
                    try Int64.fetchOne(db, sql: "SELECT seq FROM vector_store WHERE id = ?", arguments: [id])
                }
            )
            let ids = rows.elements.map(\.id)
            let stores = try Self.stores(ids, in: db)
            return Page(elements: ids.compactMap { stores[$0] }, hasMore: rows.hasMore)
        }
    }

    /// Changes the description of a store.
    ///
    /// - Throws: `StorageError.notFound`.
    func update(
        _ id: String,
        _ change: @Sendable @escaping (inout VectorStore.Description) -> Void
    ) async throws -> VectorStore {
        try await pool.write { db in
            var description = try Self.store(id, in: db).description
            change(&description)
            try db.execute(
                sql: """
                    UPDATE vector_store SET name = ?, description = ?, metadata = ?, expires_after_days = ?
                    WHERE id = ?
                    """,
                arguments: [
                    description.name, description.text, try JSONText(encoding: description.metadata),
                    description.expiresAfterDays, id,
                ]
            )
            return try Self.store(id, in: db)
        }
    }

    /// Deletes a store; its files stay, and so do their passages.
    ///
    /// - Throws: `StorageError.notFound`.
    func delete(_ id: String) async throws {
        let existed = try await pool.write { db in
            try db.execute(sql: "DELETE FROM vector_store WHERE id = ?", arguments: [id])
            return db.changesCount > 0
        }
        guard existed else { throw StorageError.notFound(.vectorStore, id: id) }
    }

    /// Records the use of stores, which postpones their expiry.
    func touch(_ ids: [String]) async throws {
        let now = clock.now
        try await pool.write { db in try Self.touch(ids, now: now, in: db) }
    }
}

extension VectorStoreRepository {
    /// Creates a store that holds the files; the caller wakes the indexer.
    ///
    /// - Returns: The store's ID.
    static func insert(
        _ description: VectorStore.Description,
        files: [Attachment],
        now: Int,
        in db: Database
    ) throws -> String {
        let id = Identifier.make("vs_")
        try db.execute(
            sql: """
                INSERT INTO vector_store
                    (id, name, description, metadata, expires_after_days, created_at, last_active_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, description.name, description.text, try JSONText(encoding: description.metadata),
                description.expiresAfterDays, now, now,
            ]
        )
        try VectorStoreFileRepository.attach(files, to: id, now: now, in: db)
        return id
    }

    /// Finds a store.
    static func store(_ id: String, in db: Database) throws -> VectorStore {
        guard let store = try stores([id], in: db)[id] else { throw StorageError.notFound(.vectorStore, id: id) }
        return store
    }

    /// Throws unless a store exists.
    static func requireStore(_ id: String, in db: Database) throws {
        let sql = "SELECT 1 FROM vector_store WHERE id = ?"
        guard try Bool.fetchOne(db, sql: sql, arguments: [id]) != nil else {
            throw StorageError.notFound(.vectorStore, id: id)
        }
    }

    /// Records the use of stores, which postpones their expiry.
    static func touch(_ ids: [String], now: Int, in db: Database) throws {
        try db.execute(
            sql: """
                UPDATE vector_store SET last_active_at = ?
                WHERE last_active_at < ? AND id IN (\(databaseQuestionMarks(count: ids.count)))
                """,
            arguments: [now, now] + StatementArguments(ids)
        )
    }

    /// Throws unless all of the stores can be used now.
    ///
    /// - Throws: `StorageError` if one of them does not exist or has expired.
    static func requireUsable(_ ids: [String], now: Int, in db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, last_active_at + expires_after_days * 86400 AS expires_at FROM vector_store
                WHERE id IN (\(databaseQuestionMarks(count: ids.count)))
                """,
            arguments: StatementArguments(ids)
        )
        let expiries = Dictionary(rows.map { ($0["id"] as String, $0["expires_at"] as Int?) }) { first, _ in first }
        for id in ids {
            guard let expiry = expiries[id] else { throw StorageError.notFound(.vectorStore, id: id) }
            if let expiry, expiry <= now { throw StorageError.expired(vectorStore: id) }
        }
    }

    private static func stores(_ ids: [String], in db: Database) throws -> [String: VectorStore] {
        let page = "SELECT * FROM vector_store WHERE id IN (\(databaseQuestionMarks(count: ids.count)))"
        let selection = VectorStore.selection(of: page)
        let stores = try VectorStore.fetchAll(db, sql: selection, arguments: StatementArguments(ids))
        return Dictionary(stores.map { ($0.id, $0) }) { first, _ in first }
    }
}

/// A row of a list of stores, before their files are counted.
private struct ListedStore: FetchableRecord {
    let id: String

    init(row: Row) {
        id = row["id"]
    }
}
