internal import GRDB

/// The runs of threads, and their steps.
struct RunRepository: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    let locks: RunLocks

    /// Finds a run.
    ///
    /// - Throws: `APIError` if it is not there.
    func run(_ id: String, of threadID: String) async throws -> JSONValue {
        try await pool.read { db in try Self.run(id, of: threadID, in: db).body }
    }

    /// Lists the runs of a thread.
    func list(_ page: PageRequest, of threadID: String) async throws -> Page<JSONValue> {
        try await pool.read { db in
            _ = try ObjectTable.threads.object(threadID, in: db)
            return try ObjectTable.runs.list(page, of: threadID, in: db)
        }
    }

    /// Replaces the metadata of a run.
    ///
    /// - Throws: `APIError` if it is not there.
    func update(_ id: String, of threadID: String, metadata: [String: String]) async throws -> JSONValue {
        try await pool.write { db in
            var run = try Self.run(id, of: threadID, in: db)
            run.set(metadata: metadata)
            try ObjectTable.runs.replace(run.body, in: db)
            return run.body
        }
    }

    /// Asks for a run to be cancelled; whoever makes it ends it.
    ///
    /// - Throws: `APIError` if it is not there, or has ended.
    func cancel(_ id: String, of threadID: String) async throws -> JSONValue {
        try await pool.write { db in
            _ = try locks.activeRun(of: threadID, in: db)
            var run = try Self.run(id, of: threadID, in: db)
            guard run.status.isActive else { throw APIError.notCancellable(run.status) }
            run.beginCancelling()
            try ObjectTable.runs.replace(run.body, in: db)
            return run.body
        }
    }

    /// Lists the steps of a run.
    func steps(_ page: PageRequest, of id: String, in threadID: String) async throws -> Page<RunStep> {
        try await pool.read { db in
            _ = try Self.run(id, of: threadID, in: db)
            let page = try ObjectTable.steps.list(page, of: id, in: db)
            return Page(elements: page.elements.map(RunStep.init), hasMore: page.hasMore)
        }
    }

    /// Finds a step.
    ///
    /// - Throws: `APIError` if it is not there.
    func step(_ stepID: String, of id: String, in threadID: String) async throws -> RunStep {
        try await pool.read { db in
            _ = try Self.run(id, of: threadID, in: db)
            return RunStep(body: try ObjectTable.steps.object(stepID, of: id, in: db))
        }
    }

    /// Ends the runs that nobody is making any more.
    func endAbandoned() async throws {
        guard try await pool.read({ db in try locks.hasAbandonedRuns(in: db) }) else { return }
        try await pool.write { db in try locks.endAbandonedRuns(in: db) }
    }

    private static func run(_ id: String, of threadID: String, in db: Database) throws -> Run {
        _ = try ObjectTable.threads.object(threadID, in: db)
        return Run(body: try ObjectTable.runs.object(id, of: threadID, in: db))
    }
}
