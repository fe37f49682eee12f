internal import GRDB

/// The files in the vector stores.
struct VectorStoreFileRepository: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    let indexing: IndexSignal

    /// Puts a file into a store; the indexer reads its text, unless it has before.
    ///
    /// Attaching a file again replaces its attributes, and gives one that failed another try.
    ///
    /// - Throws: `APIError` if the store or the file does not exist, or the store has expired.
    func attach(_ attachment: Attachment, to storeID: String) async throws -> VectorStoreFile {
        let now = clock.now
        let file = try await pool.write { db in
            try VectorStoreRepository.requireUsable([storeID], now: now, in: db)
            try Self.attach([attachment], to: storeID, now: now, in: db)
            return try Self.file(attachment.fileID, in: storeID, db)
        }
        indexing.wake()
        return file
    }

    /// Finds a file in a store.
    ///
    /// - Throws: `APIError` if it is not there.
    func file(_ fileID: String, in storeID: String) async throws -> VectorStoreFile {
        try await pool.read { db in
            try VectorStoreRepository.requireStore(storeID, in: db)
            return try Self.file(fileID, in: storeID, db)
        }
    }

    /// Lists the files of a store, of one status or of all.
    func list(_ page: PageRequest, in storeID: String, status: VectorStoreFile.Status?) async throws -> Page<
        VectorStoreFile
    > {
        try await pool.read { db in
            try VectorStoreRepository.requireStore(storeID, in: db)
            return try page.fetch(
                db,
                """
                \(VectorStoreFile.selection)
                WHERE s.store_id = :store AND (:status IS NULL OR \(VectorStoreFile.status) = :status)
                """,
                arguments: ["store": storeID, "status": status?.rawValue],
                seq: "s.seq",
                position: { id in try Self.position(of: id, in: storeID, db) },
                element: VectorStoreFile.init(row:)
            )
        }
    }

    /// Replaces the attributes of a file in a store.
    ///
    /// - Throws: `APIError` if it is not there.
    func update(_ fileID: String, in storeID: String, attributes: [String: JSONValue]) async throws -> VectorStoreFile {
        try await pool.write { db in
            try VectorStoreRepository.requireStore(storeID, in: db)
            try db.execute(
                sql: "UPDATE store_file SET attributes = ? WHERE store_id = ? AND file_id = ?",
                arguments: [try JSONValue.object(attributes).text(), storeID, fileID]
            )
            return try Self.file(fileID, in: storeID, db)
        }
    }

    /// Takes a file out of a store; the file itself stays.
    ///
    /// - Throws: `APIError` if it is not there.
    func detach(_ fileID: String, from storeID: String) async throws {
        try await pool.write { db in
            try VectorStoreRepository.requireStore(storeID, in: db)
            try db.execute(
                sql: "DELETE FROM store_file WHERE store_id = ? AND file_id = ?",
                arguments: [storeID, fileID]
            )
            guard db.changesCount > 0 else { throw APIError.noFile(fileID, inStore: storeID) }
        }
    }
}

extension VectorStoreFileRepository {
    /// Finds a file in a store.
    static func file(_ fileID: String, in storeID: String, _ db: Database) throws -> VectorStoreFile {
        let row = try Row.fetchOne(
            db,
            sql: "\(VectorStoreFile.selection) WHERE s.store_id = ? AND s.file_id = ?",
            arguments: [storeID, fileID]
        )
        guard let row else { throw APIError.noFile(fileID, inStore: storeID) }
        return try VectorStoreFile(row: row)
    }

    /// Puts files into a store.
    ///
    /// - Throws: `APIError` if a file does not exist.
    static func attach(_ attachments: [Attachment], to storeID: String, now: Int, in db: Database) throws {
        let exists = try db.cachedStatement(sql: "SELECT 1 FROM file WHERE id = ?")
        let index = try db.cachedStatement(
            sql: """
                INSERT INTO indexing (file_id, state) VALUES (?, 'in_progress')
                ON CONFLICT DO UPDATE SET state = 'in_progress', error_code = NULL, error_message = NULL,
                    attempts = 0
                WHERE state = 'failed'
                """
        )
        let attach = try db.cachedStatement(
            sql: """
                INSERT INTO store_file (store_id, file_id, attributes, chunk_size, chunk_overlap, created_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET is_cancelled = FALSE, attributes = excluded.attributes,
                    chunk_size = excluded.chunk_size, chunk_overlap = excluded.chunk_overlap
                """
        )
        for attachment in attachments {
            guard try Bool.fetchOne(exists, arguments: [attachment.fileID]) != nil else {
                throw APIError.noFile(attachment.fileID, param: "file_id")
            }
            try index.execute(arguments: [attachment.fileID])
            try attach.execute(arguments: [
                storeID, attachment.fileID, try JSONValue.object(attachment.attributes).text(),
                attachment.chunking.size, attachment.chunking.overlap, now,
            ])
        }
        try VectorStoreRepository.touch([storeID], now: now, in: db)
    }

    /// Where a file stands in the list of its store.
    static func position(of fileID: String, in storeID: String, _ db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db,
            sql: "SELECT seq FROM store_file WHERE store_id = ? AND file_id = ?",
            arguments: [storeID, fileID]
        )
    }
}
