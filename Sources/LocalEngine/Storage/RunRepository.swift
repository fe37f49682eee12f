internal import GRDB

/// The runs of threads, and their steps.
struct RunRepository: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    let locks: RunLocks
    /// The engine that holds the leases of the runs that it executes.
    let holder: LeaseHolder
    let indexing: IndexSignal

    /// Finds a run.
    ///
    /// - Throws: `StorageError.notFound`.
    func run(_ id: String, of threadID: String) async throws -> Run {
        try await pool.read { db in try Self.run(id, of: threadID, in: db) }
    }

    /// Lists the runs of a thread.
    func list(_ page: PageRequest, of threadID: String) async throws -> Page<StoredObject> {
        try await pool.read { db in
            try ObjectTable.threads.require(threadID, in: db)
            return try ObjectTable.runs.list(page, of: threadID, in: db)
        }
    }

    /// Replaces the metadata of a run.
    ///
    /// - Throws: `StorageError.notFound`.
    func update(_ id: String, of threadID: String, metadata: [String: String]) async throws -> Run {
        try await pool.write { db in
            _ = try Self.run(id, of: threadID, in: db)
            return try Self.set(["metadata": try JSONText(encoding: metadata)], of: id, in: db)
        }
    }

    /// Requests the cancellation of a run; the engine that executes it ends it.
    ///
    /// - Throws: `StorageError` if there is no such run, or it has ended.
    func cancel(_ id: String, of threadID: String) async throws -> Run {
        try await pool.write { db in
            _ = try locks.activeRun(of: threadID, in: db)
            let run = try Self.run(id, of: threadID, in: db)
            guard run.status.isActive else { throw StorageError.notCancellable(run.status) }
            return try Self.set(["status": try JSONText(encoding: Run.Status.cancelling.rawValue)], of: id, in: db)
        }
    }

    /// Lists the steps of a run.
    func steps(_ page: PageRequest, of id: String, in threadID: String) async throws -> Page<StoredObject> {
        try await pool.read { db in
            _ = try Self.run(id, of: threadID, in: db)
            return try ObjectTable.steps.list(page, of: id, in: db)
        }
    }

    /// Finds a step.
    ///
    /// - Throws: `StorageError.notFound`.
    func step(_ stepID: String, of id: String, in threadID: String) async throws -> StoredObject {
        try await pool.read { db in
            _ = try Self.run(id, of: threadID, in: db)
            return try ObjectTable.steps.object(stepID, of: id, in: db)
        }
    }

    /// Ends the runs that no engine executes any more.
    func endAbandoned() async throws {
        guard try await pool.read({ db in try locks.hasAbandonedRuns(in: db) }) else { return }
        try await pool.write { db in try locks.endAbandonedRuns(in: db) }
    }
}

extension RunRepository {
    static func run(_ id: String, of threadID: String, in db: Database) throws -> Run {
        try ObjectTable.threads.require(threadID, in: db)
        let sql = "\(Run.selection) WHERE id = ? AND thread_id = ?"
        guard let run = try Run.fetchOne(db, sql: sql, arguments: [id, threadID]) else {
            throw StorageError.notFound(.run, id: id)
        }
        return run
    }

    /// Sets fields of a run's object.
    ///
    /// - Returns: The changed run.
    static func set(_ fields: JSONFields, of id: String, in db: Database) throws -> Run {
        let (assignments, values) = ObjectTable.assignments(fields)
        try db.execute(
            sql: "UPDATE run SET body = json_set(body\(assignments)) WHERE id = :id",
            arguments: values + ["id": id]
        )
        guard let run = try Run.fetchOne(db, sql: "\(Run.selection) WHERE id = ?", arguments: [id]) else {
            throw StorageError.notFound(.run, id: id)
        }
        return run
    }
}
