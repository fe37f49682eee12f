internal import GRDB

/// Which run a thread is busy with; and an end for runs that nobody is making any more.
///
/// A run survives neither its engine nor its time: one whose process is gone, or whose lease has run out, fails, and one
/// that has waited too long expires.
struct RunLocks: Sendable {
    /// How many seconds a run may wait for its turn and be made, as OpenAI has it.
    static let lifetime = 600
    /// How many seconds making an answer may take.
    static let lease = 60

    let clock: WallClock

    /// The ID of the run that a thread is busy with; nil once its run has ended, or is ended here.
    func activeRun(of threadID: String, in db: Database) throws -> String? {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT * FROM run WHERE thread_id = ? AND is_active",
            arguments: [threadID]
        )
        guard let row else { return nil }
        guard let ending = try ending(ofAbandoned: row) else { return row["id"] }
        var run = try Run(row: row)
        try Self.end(&run, ending, at: clock.now, in: db)
        return nil
    }

    /// Whether there is a run that nobody is making any more.
    func hasAbandonedRuns(in db: Database) throws -> Bool {
        try Row.fetchAll(db, sql: "SELECT * FROM run WHERE is_active").contains { try ending(ofAbandoned: $0) != nil }
    }

    /// Ends all runs that nobody is making any more.
    func endAbandonedRuns(in db: Database) throws {
        for row in try Row.fetchAll(db, sql: "SELECT * FROM run WHERE is_active") {
            guard let ending = try ending(ofAbandoned: row) else { continue }
            var run = try Run(row: row)
            try Self.end(&run, ending, at: clock.now, in: db)
        }
    }

    /// How an abandoned run is to end; nil for a run that is being made.
    private func ending(ofAbandoned row: Row) throws -> Run.Ending? {
        let run = try Run(row: row)
        let isExpired = run.isExpired(at: clock.now)
        guard isExpired || row["lease_until"] <= clock.now || LeaseHolder.isGone(row["holder"]) else { return nil }
        return run.status == .cancelling ? .cancelled : isExpired ? .expired : .failed(.interrupted)
    }

    /// Ends a run with the steps that are open in it.
    ///
    /// - Returns: Those steps, ended.
    @discardableResult
    static func end(_ run: inout Run, _ ending: Run.Ending, at now: Int, in db: Database) throws -> [RunStep] {
        run.end(ending, at: now)
        try db.execute(
            sql: "UPDATE run SET is_active = FALSE, body = ? WHERE id = ?",
            arguments: [try run.body.text(), run.id]
        )
        let page = PageRequest(limit: 10, isAscending: true)
        let open = try ObjectTable.steps.list(page, of: run.id, in: db).elements.map(RunStep.init)
            .filter { $0.status == "in_progress" }
        return try open.map { step in
            var step = step
            step.stop(ending, at: now)
            try ObjectTable.steps.replace(step.body, in: db)
            return step
        }
    }
}

extension Run {
    /// Reads a row of `run`.
    init(row: Row) throws {
        self.init(body: try JSONValue(json: row["body"] as String))
    }
}
