internal import GRDB

/// Files that were put into a vector store together.
struct FileBatch: Sendable, Hashable {
    let id: String
    let storeID: String
    let isCancelled: Bool
    let createdAt: Int
    let counts: FileCounts
    /// The files whose reading left a warning.
    let warnedFiles: [String]

    /// The status of the batch: in progress while one of its files is, and failed only if all of them are.
    var status: VectorStoreFile.Status {
        if isCancelled { return .cancelled }
        if counts.inProgress > 0 { return .inProgress }
        return counts.failed > 0 && counts.failed == counts.total ? .failed : .completed
    }
}

/// The batches of files.
struct FileBatchRepository: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    let indexing: IndexSignal

    /// Puts files into a store.
    ///
    /// - Throws: `StorageError` if the store or a file does not exist, or the store has expired.
    func create(_ attachments: [Attachment], in storeID: String) async throws -> FileBatch {
        let now = clock.now
        let batch = try await pool.write { db in
            try VectorStoreRepository.requireUsable([storeID], now: now, in: db)
            try VectorStoreFileRepository.attach(attachments, to: storeID, now: now, in: db)
            let id = Identifier.make("vsfb_")
            try db.execute(
                sql: "INSERT INTO file_batch (id, store_id, created_at) VALUES (?, ?, ?)",
                arguments: [id, storeID, now]
            )
            let join = try db.cachedStatement(
                sql: "INSERT OR IGNORE INTO file_batch_member (batch_id, file_id) VALUES (?, ?)"
            )
            for attachment in attachments { try join.execute(arguments: [id, attachment.fileID]) }
            return try Self.batch(id, in: storeID, db)
        }
        indexing.wake()
        return batch
    }

    /// Finds a batch of a store.
    ///
    /// - Throws: `StorageError.notFound`.
    func batch(_ id: String, in storeID: String) async throws -> FileBatch {
        try await pool.read { db in try Self.batch(id, in: storeID, db) }
    }

    /// Cancels those files of a batch that are not yet read; the others stay as they are.
    ///
    /// - Throws: `StorageError.notFound`.
    func cancel(_ id: String, in storeID: String) async throws -> FileBatch {
        try await pool.write { db in
            let batch = try Self.batch(id, in: storeID, db)
            guard batch.status == .inProgress else { return batch }
            try db.execute(
                sql: """
                    UPDATE store_file SET is_cancelled = TRUE
                    WHERE store_id = ? AND file_id IN (
                        SELECT m.file_id FROM file_batch_member m JOIN indexing i USING (file_id)
                        WHERE m.batch_id = ? AND i.state = 'in_progress'
                    )
                    """,
                arguments: [storeID, id]
            )
            try db.execute(sql: "UPDATE file_batch SET is_cancelled = TRUE WHERE id = ?", arguments: [id])
            return try Self.batch(id, in: storeID, db)
        }
    }

    /// Lists the files of a batch that are still in its store and have a status, or all of them.
    func files(
        _ page: PageRequest,
        of id: String,
        in storeID: String,
        status: VectorStoreFile.Status?
    ) async throws -> Page<VectorStoreFile> {
        try await pool.read { db in
            _ = try Self.batch(id, in: storeID, db)
            return try page.fetch(
                db,
                """
                \(VectorStoreFile.selection) JOIN file_batch_member m ON m.file_id = s.file_id
                WHERE m.batch_id = :batch AND s.store_id = :store
                    AND (:status IS NULL OR \(VectorStoreFile.status) = :status)
                """,
                arguments: ["batch": id, "store": storeID, "status": status?.rawValue],
                seq: "s.seq",
                position: { fileID in try VectorStoreFileRepository.position(of: fileID, in: storeID, db) }
            )
        }
    }

    private static func batch(_ id: String, in storeID: String, _ db: Database) throws -> FileBatch {
        try VectorStoreRepository.requireStore(storeID, in: db)
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT b.*, \(FileCounts.columns)
                FROM file_batch b
                LEFT JOIN file_batch_member m ON m.batch_id = b.id
                LEFT JOIN store_file s ON s.store_id = b.store_id AND s.file_id = m.file_id
                LEFT JOIN indexing i ON i.file_id = s.file_id
                WHERE b.id = ? AND b.store_id = ?
                GROUP BY b.id
                """,
            arguments: [id, storeID]
        )
        guard let row else { throw StorageError.notFound(.batchInVectorStore(storeID), id: id) }
        return FileBatch(
            id: row["id"],
            storeID: row["store_id"],
            isCancelled: row["is_cancelled"],
            createdAt: row["created_at"],
            counts: FileCounts(row: row),
            warnedFiles: try String.fetchAll(
                db,
                sql: """
                    SELECT m.file_id FROM file_batch_member m
                    JOIN store_file s ON s.store_id = ? AND s.file_id = m.file_id AND NOT s.is_cancelled
                    JOIN indexing i ON i.file_id = m.file_id AND i.state = 'completed' AND i.warnings IS NOT NULL
                    WHERE m.batch_id = ?
                    """,
                arguments: [storeID, id]
            )
        )
    }
}
