internal import DocumentText
internal import GRDB

/// The queue of files whose text is still to be read, shared by all processes on the database.
///
/// A file is claimed with a lease. The claim of a killed process ends as soon as the process is known to be gone, and at the
/// latest when the lease has run out; the result of a lost claim is discarded.
///
/// Each claim counts as a try, before reading begins. A file whose reading has ended the process is not tried forever: after
/// ``maximumTries`` it fails, until it is attached again.
struct IndexQueue: Sendable {
    /// The seconds of reading a file and encoding its first passages after which another process may try.
    static let lease = 900
    /// The number of tries for a file that ends the process that reads it.
    static let maximumTries = 2

    /// A file that this engine is to read.
    struct Job: Sendable, Hashable {
        let fileID: String
        let filename: String
        /// The number of claims of the file, with this one.
        let attempt: Int
    }

    let pool: DatabasePool
    let holder: LeaseHolder
    let clock: WallClock
    /// Stores the vectors of passages; nil without a sentence encoder.
    let meanings: MeaningIndex?

    /// Claims files, oldest first.
    func claim(_ limit: Int) async throws -> [Job] {
        // Mostly there is nothing to do, which a read shows.
        guard try await pool.read({ db in try !open(limit: 1, in: db).isEmpty }) else { return [] }
        return try await pool.write { db in
            try giveUp(in: db)
            let jobs = try open(limit: limit, in: db)
            let claim = try db.cachedStatement(
                sql: "UPDATE indexing SET holder = ?, lease_until = ?, attempts = ? WHERE file_id = ?"
            )
            for job in jobs {
                try claim.execute(arguments: [holder.name, clock.now + Self.lease, job.attempt, job.fileID])
            }
            return jobs
        }
    }

    /// Fails the files whose reading ended every process that tried it.
    private func giveUp(in db: Database) throws {
        for job in try open(limit: .max, triedOften: true, in: db) {
            try db.execute(
                sql: """
                    UPDATE indexing SET state = 'failed', holder = NULL, lease_until = NULL,
                        error_code = ?, error_message = ? WHERE file_id = ?
                    """,
                arguments: [
                    ExtractionError.Code.invalidFile.rawValue,
                    "The program ended each of the \(Self.maximumTries) times that it read this file, "
                        + "so the file is left out. It may be damaged, or too much for this machine's memory.",
                    job.fileID,
                ]
            )
        }
    }

    /// Stores the text and the passages of a file, unless the claim was lost or the file is gone.
    ///
    /// - Parameters:
    ///   - job: The file.
    ///   - text: Its text.
    ///   - meanings: The vectors of its first passages, in the same order; none without a sentence encoder.
    ///   - keepText: Stores its text; called while the file certainly exists.
    /// - Throws: `DatabaseError`; what `keepText` throws.
    func complete(
        _ job: Job,
        _ text: ExtractedText,
        meanings: [PassageVectors],
        keepText: @escaping @Sendable () throws -> Void
    ) async throws {
        try await pool.write { db in
            guard try settle(job, in: db) else { return }
            try keepText()
            try PassageIndex.remove(fileID: job.fileID, in: db)
            let ids = try PassageIndex.insert(text.passages, fileID: job.fileID, filename: job.filename, in: db)
            for (id, meaning) in zip(ids, meanings) {
                try self.meanings?.insert(meaning, passageID: id, fileID: job.fileID, in: db)
            }
            let bytes = text.passages.reduce(0) { $0 + $1.bytes }
            let warnings = text.warnings.isEmpty ? nil : text.warnings.joined(separator: "\n")
            try db.execute(
                sql: """
                    UPDATE indexing SET state = 'completed', usage_bytes = ?, warnings = ?, is_partly_encoded = ?
                    WHERE file_id = ?
                    """,
                arguments: [bytes, warnings, meanings.count < text.passages.count, job.fileID]
            )
        }
    }

    /// Records why a file could not be read, unless the claim was lost or the file is gone.
    func fail(_ job: Job, code: String, message: String) async throws {
        try await pool.write { db in
            guard try settle(job, in: db) else { return }
            try db.execute(
                sql: "UPDATE indexing SET state = 'failed', error_code = ?, error_message = ? WHERE file_id = ?",
                arguments: [code, message, job.fileID]
            )
        }
    }

    /// Returns a claim without counting it as a try, so that the file is tried again.
    ///
    /// Neither waits nor depends on the calling task, which may be cancelled. After a failure, the lease ends the claim.
    func abandon(_ job: Job) {
        pool.asyncWrite { db in
            guard try settle(job, in: db) else { return }
            try db.execute(
                sql: "UPDATE indexing SET attempts = ? WHERE file_id = ?",
                arguments: [job.attempt - 1, job.fileID]
            )
        } completion: { _, _ in
        }
    }

    /// Returns a claim whose reader process ended, so that the file is tried once more.
    func retry(_ job: Job) async throws {
        _ = try await pool.write { db in try settle(job, in: db) }
    }

    /// Ends a claim; false if it was lost.
    @discardableResult
    private func settle(_ job: Job, in db: Database) throws -> Bool {
        try db.execute(
            sql: """
                UPDATE indexing SET holder = NULL, lease_until = NULL
                WHERE file_id = ? AND state = 'in_progress' AND holder = ?
                """,
            arguments: [job.fileID, holder.name]
        )
        return db.changesCount > 0
    }

    /// The waiting files that are in a store and that no living process has claimed.
    ///
    /// - Parameters:
    ///   - limit: The maximum number of files.
    ///   - triedOften: Whether to return only those that may not be tried again.
    ///   - db: The database.
    /// - Returns: The files, oldest first.
    /// - Throws: `DatabaseError`.
    private func open(limit: Int, triedOften: Bool = false, in db: Database) throws -> [Job] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT i.file_id, i.holder, i.lease_until, i.attempts, f.filename
                FROM indexing i JOIN file f ON f.id = i.file_id
                WHERE i.state = 'in_progress' \(triedOften ? "AND i.attempts > \(Self.maximumTries - 1)" : "")
                    AND EXISTS (SELECT 1 FROM store_file s WHERE s.file_id = i.file_id AND s.is_cancelled = 0)
                ORDER BY i.seq
                """
        )
        var jobs: [Job] = []
        while jobs.count < limit, let row = try rows.next() {
            if let holder = row["holder"] as String?, let lease = row["lease_until"] as Int?,
                lease > clock.now, !LeaseHolder.isGone(holder)
            {
                continue
            }
            jobs.append(Job(fileID: row["file_id"], filename: row["filename"], attempt: row["attempts"] + 1))
        }
        return jobs
    }
}

/// Wakes an indexer; several calls before it looks have the effect of one.
struct IndexSignal: Sendable {
    /// The wake-ups of the indexer.
    let wakeUps: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (wakeUps, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Lets the indexer look for files.
    func wake() {
        continuation.yield()
    }
}
