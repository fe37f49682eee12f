internal import GRDB

/// The files in the vector stores.
struct VectorStoreFileRepository: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    let indexing: IndexSignal

    /// Puts a file into a store; the indexer reads its text unless it has been read before.
    ///
    /// Attaching a file again replaces its attributes, and lets a file that failed be read again.
    ///
    /// - Throws: `StorageError` if the store or the file does not exist, or the store has expired.
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
    /// - Throws: `StorageError.notFound`.
    func file(_ fileID: String, in storeID: String) async throws -> VectorStoreFile {
        try await pool.read { db in
            try VectorStoreRepository.requireStore(storeID, in: db)
            return try Self.file(fileID, in: storeID, db)
        }
    }

    /// Lists the files of a store that have a status, or all of them.
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
                position: { id in try Self.position(of: id, in: storeID, db) }
            )
        }
    }

    /// Replaces the attributes of a file in a store.
    ///
    /// - Throws: `StorageError.notFound`.
    func update(
        _ fileID: String,
        in storeID: String,
        attributes: [String: AttributeValue]
    ) async throws -> VectorStoreFile {
        try await pool.write { db in
            try VectorStoreRepository.requireStore(storeID, in: db)
            try db.execute(
                sql: "UPDATE store_file SET attributes = ? WHERE store_id = ? AND file_id = ?",
                arguments: [try JSONText(encoding: attributes), storeID, fileID]
            )
            return try Self.file(fileID, in: storeID, db)
        }
    }

    /// Removes a file from a store; the file itself stays.
    ///
    /// - Throws: `StorageError.notFound`.
    func detach(_ fileID: String, from storeID: String) async throws {
        try await pool.write { db in
            try VectorStoreRepository.requireStore(storeID, in: db)
            try db.execute(
                sql: "DELETE FROM store_file WHERE store_id = ? AND file_id = ?",
                arguments: [storeID, fileID]
            )
            guard db.changesCount > 0 else { throw StorageError.notFound(.fileInVectorStore(storeID), id: fileID) }
        }
    }
}

extension VectorStoreFileRepository {
    /// Finds a file in a store.
    static func file(_ fileID: String, in storeID: String, _ db: Database) throws -> VectorStoreFile {
        let sql = "\(VectorStoreFile.selection) WHERE s.store_id = ? AND s.file_id = ?"
        guard let file = try VectorStoreFile.fetchOne(db, sql: sql, arguments: [storeID, fileID]) else {
            throw StorageError.notFound(.fileInVectorStore(storeID), id: fileID)
        }
        return file
    }

    /// Puts files into a store.
    ///
    /// - Throws: `StorageError.notFound` if a file does not exist.
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
                throw StorageError.notFound(.attachedFile, id: attachment.fileID)
            }
            try index.execute(arguments: [attachment.fileID])
            try attach.execute(arguments: [
                storeID, attachment.fileID, try JSONText(encoding: attachment.attributes),
                attachment.chunking.size, attachment.chunking.overlap, now,
            ])
        }
        try VectorStoreRepository.touch([storeID], now: now, in: db)
    }

    /// The place of a file in the list of its store.
    static func position(of fileID: String, in storeID: String, _ db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db,
            sql: "SELECT seq FROM store_file WHERE store_id = ? AND file_id = ?",
            arguments: [storeID, fileID]
        )
    }
}
