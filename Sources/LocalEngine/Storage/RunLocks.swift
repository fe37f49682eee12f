internal import GRDB

/// The lock of a thread, which is its one active run.
///
/// A run fails once its process is gone or its lease has run out, and expires once it has been active for ``lifetime``.
struct RunLocks: Sendable {
    /// The seconds for which a run may be active, as OpenAI documents it.
    static let lifetime = 600
    /// The seconds for which an answer may be computed, unless answers may take longer.
    static let lease = 60

    let clock: WallClock
    /// The seconds for which an answer may be computed.
    var duration = Self.lease

    /// The ID of the active run of a thread; nil if there is none, or it was abandoned and is ended here.
    func activeRun(of threadID: String, in db: Database) throws -> String? {
        let sql = "\(Run.selection) WHERE thread_id = ? AND is_active"
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [threadID]) else { return nil }
        return try endIfAbandoned(row, in: db) ? nil : row["id"]
    }

    /// Whether there are abandoned runs.
    func hasAbandonedRuns(in db: Database) throws -> Bool {
        try activeRuns(in: db).contains { ending(ofAbandoned: $0) != nil }
    }

    /// Ends all abandoned runs.
    func endAbandonedRuns(in db: Database) throws {
        for row in try activeRuns(in: db) { try endIfAbandoned(row, in: db) }
    }

    private func activeRuns(in db: Database) throws -> [Row] {
        try Row.fetchAll(db, sql: "\(Run.selection) WHERE is_active")
    }

    @discardableResult
    private func endIfAbandoned(_ row: Row, in db: Database) throws -> Bool {
        guard let ending = ending(ofAbandoned: row) else { return false }
        try Self.end(row["id"], ending, at: clock.now, in: db)
        return true
    }

    /// How an abandoned run ends; nil for a run that is being executed.
    private func ending(ofAbandoned row: Row) -> Run.Ending? {
        let run = Run(row: row)
        let isExpired = run.expiresAt.map { $0 <= clock.now } ?? false
        guard isExpired || row["lease_until"] <= clock.now || LeaseHolder.isGone(row["holder"]) else { return nil }
        return run.status == .cancelling ? .cancelled : isExpired ? .expired : .failed(.interrupted)
    }

    /// Ends a run and its open steps.
    ///
    /// - Returns: The run and the steps that were open, ended.
    @discardableResult
    static func end(
        _ id: String,
        _ ending: Run.Ending,
        at now: Int,
        in db: Database
    ) throws -> (run: Run, steps: [StoredObject]) {
        try db.execute(sql: "UPDATE run SET is_active = FALSE WHERE id = ?", arguments: [id])
        let run = try RunRepository.set(ending.runFields(at: now), of: id, in: db)
        let sql = "SELECT id, body FROM run_step WHERE run_id = ? AND json_extract(body, '$.status') = 'in_progress'"
        let open = try StoredObject.fetchAll(db, sql: sql + " ORDER BY seq", arguments: [id])
        let fields = try ending.stepFields(at: now)
        return (run, try open.map { step in try ObjectTable.steps.set(fields, of: step.id, of: id, in: db) })
    }
}
