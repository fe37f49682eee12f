internal import GRDB

/// An uploaded file.
struct UploadedFile: Sendable, Hashable {
    /// The purpose of a file.
    enum Purpose: String, Sendable, CaseIterable {
        case fineTune = "fine-tune"
        case assistants
        case batch
        case userData = "user_data"
        case vision
        case evals
    }

    let id: String
    let filename: String
    let bytes: Int
    let purpose: String
    let createdAt: Int
    let expiresAt: Int?
}

extension UploadedFile: FetchableRecord {
    init(row: Row) {
        id = row["id"]
        filename = row["filename"]
        bytes = row["bytes"]
        purpose = row["purpose"]
        createdAt = row["created_at"]
        expiresAt = row["expires_at"]
    }
}

/// The uploaded files: their records, and with ``FileFolder`` their bytes.
struct FileRepository: Sendable {
    let pool: DatabasePool
    let folder: FileFolder
    let clock: WallClock

    /// Stores an upload that has arrived whole.
    ///
    /// The bytes get their final path and the record is inserted in one transaction, so that no process that sweeps the
    /// folder sees one without the other.
    func keep(_ upload: IncomingFile, filename: String, purpose: UploadedFile.Purpose, lifetime: Int?) async throws
        -> UploadedFile
    {
        let createdAt = clock.now
        let file = UploadedFile(
            id: Identifier.make("file-"),
            filename: filename,
            bytes: upload.bytes,
            purpose: purpose.rawValue,
            createdAt: createdAt,
            expiresAt: lifetime.map { createdAt + $0 }
        )
        try await upload.synchronize()
        let path = upload.path
        try await pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO file (id, filename, bytes, purpose, created_at, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [file.id, file.filename, file.bytes, file.purpose, file.createdAt, file.expiresAt]
            )
            try folder.place(path, as: file.id)
        }
        return file
    }

    /// Finds a file.
    ///
    /// - Throws: `StorageError.notFound`.
    func file(_ id: String) async throws -> UploadedFile {
        let file = try await pool.read { db in
            try UploadedFile.fetchOne(db, sql: "SELECT * FROM file WHERE id = ?", arguments: [id])
        }
        guard let file else { throw StorageError.notFound(.file, id: id) }
        return file
    }

    /// Lists the files that have a purpose, or all of them.
    func list(_ page: PageRequest, purpose: String?) async throws -> Page<UploadedFile> {
        try await pool.read { db in
            try page.fetch(
                db,
                "SELECT * FROM file WHERE (:purpose IS NULL OR purpose = :purpose)",
                arguments: ["purpose": purpose],
                position: { id in try Int64.fetchOne(db, sql: "SELECT seq FROM file WHERE id = ?", arguments: [id]) }
            )
        }
    }

    /// Deletes a file: its passages, its entries in vector stores, its record, and then its bytes.
    ///
    /// - Throws: `StorageError.notFound`.
    func delete(_ id: String) async throws {
        let existed = try await pool.write { db in try Self.forget(id, in: db) }
        guard existed else { throw StorageError.notFound(.file, id: id) }
        folder.remove(id)
    }

    /// Deletes the files that have expired.
    func deleteExpired() async throws {
        let now = clock.now
        let expired = "SELECT id FROM file WHERE expires_at <= ?"
        guard try await pool.read({ db in try String.fetchOne(db, sql: expired, arguments: [now]) }) != nil else {
            return
        }
        let ids = try await pool.write { db in
            let ids = try String.fetchAll(db, sql: expired, arguments: [now])
            for id in ids { try Self.forget(id, in: db) }
            return ids
        }
        for id in ids { folder.remove(id) }
    }

    /// Removes the bytes that have no record: those that a killed process left.
    func sweep() async throws {
        let now = clock.now
        // No upload gets its path meanwhile: that takes a write transaction of its own.
        try await pool.write { db in
            try folder.sweep(keeping: String.fetchSet(db, sql: "SELECT id FROM file"), now: now)
        }
    }

    /// Removes a file from all tables, first from those that are searched.
    @discardableResult
    private static func forget(_ id: String, in db: Database) throws -> Bool {
        try PassageIndex.remove(fileID: id, in: db)
        try db.execute(sql: "DELETE FROM store_file WHERE file_id = ?", arguments: [id])
        try db.execute(sql: "DELETE FROM file WHERE id = ?", arguments: [id])
        return db.changesCount > 0
    }
}
