internal import GRDB

/// The uploaded files: their records, and with ``FileFolder`` their bytes.
struct FileRepository: Sendable {
    let pool: DatabasePool
    let folder: FileFolder
    let clock: WallClock

    /// Keeps an upload that has arrived whole.
    ///
    /// The bytes get their place and the record is made in one transaction, so that no process that sweeps the folder
    /// meets the one without the other.
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
    /// - Throws: `APIError` if there is none.
    func file(_ id: String) async throws -> UploadedFile {
        guard let file = try await pool.read({ db in try Self.file(id, in: db) }) else { throw APIError.noFile(id) }
        return file
    }

    /// Lists the files, of one purpose or of all.
    func list(_ page: PageRequest, purpose: String?) async throws -> Page<UploadedFile> {
        try await pool.read { db in
            try page.fetch(
                db,
                "SELECT * FROM file WHERE (:purpose IS NULL OR purpose = :purpose)",
                arguments: ["purpose": purpose],
                position: { id in try Int64.fetchOne(db, sql: "SELECT seq FROM file WHERE id = ?", arguments: [id]) },
                element: UploadedFile.init(row:)
            )
        }
    }

    /// Deletes a file: its passages, its place in every vector store, its record, and then its bytes.
    ///
    /// - Throws: `APIError` if there is none.
    func delete(_ id: String) async throws {
        let existed = try await pool.write { db in try Self.forget(id, in: db) }
        guard existed else { throw APIError.noFile(id) }
        folder.remove(id)
    }

    /// Deletes the files whose time has come.
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

    /// Removes the bytes that no record speaks of: what a killed process left behind.
    func sweep() async throws {
        let now = clock.now
        // No upload is placed meanwhile: that takes a write transaction of its own.
        try await pool.write { db in
            try folder.sweep(keeping: String.fetchSet(db, sql: "SELECT id FROM file"), now: now)
        }
    }

    /// Finds a file.
    static func file(_ id: String, in db: Database) throws -> UploadedFile? {
        try UploadedFile.fetchOne(db, sql: "SELECT * FROM file WHERE id = ?", arguments: [id])
    }

    /// Finds the names of files.
    static func filenames(of ids: some Collection<String>, in db: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT id, filename FROM file WHERE id IN (\(databaseQuestionMarks(count: ids.count)))",
            arguments: StatementArguments(ids)
        )
        return Dictionary(rows.map { ($0["id"], $0["filename"]) }) { first, _ in first }
    }

    /// Removes every trace of a file from the database, what searches find first.
    @discardableResult
    private static func forget(_ id: String, in db: Database) throws -> Bool {
        try PassageIndex.remove(fileID: id, in: db)
        try db.execute(sql: "DELETE FROM store_file WHERE file_id = ?", arguments: [id])
        try db.execute(sql: "DELETE FROM file WHERE id = ?", arguments: [id])
        return db.changesCount > 0
    }
}
