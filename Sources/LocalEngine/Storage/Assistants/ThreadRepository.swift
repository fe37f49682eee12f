internal import GRDB

/// The threads and their messages.
struct ThreadRepository: Sendable {
    /// After how many days without use the stores go that threads make for themselves.
    static let storeLifetime = 7

    let pool: DatabasePool
    let clock: WallClock
    let indexing: IndexSignal
    let locks: RunLocks

    /// Makes a thread that begins with the request's messages.
    ///
    /// - Throws: `APIError` if a store or a file does not exist.
    func create(_ request: ThreadRequest) async throws -> JSONValue {
        let now = clock.now
        defer { indexing.wake() }
        return try await pool.write { db in
            let id = Identifier.make("thread_")
            var thread: JSONValue = [
                "id": .string(id), "object": "thread", "created_at": .integer(now),
                "tool_resources": try request.resources?
                    .settled(expiresAfterDays: Self.storeLifetime, now: now, in: db) ?? [:],
                "metadata": (request.metadata ?? [:]).wire,
            ]
            try db.execute(sql: "INSERT INTO thread (id, body) VALUES (?, ?)", arguments: [id, try thread.text()])
            try Self.append(request.messages, to: &thread, now: now, in: db)
            return thread
        }
    }

    /// Finds a thread.
    ///
    /// - Throws: `APIError` if there is none.
    func thread(_ id: String) async throws -> JSONValue {
        try await pool.read { db in try ObjectTable.threads.object(id, in: db) }
    }

    /// Changes the metadata and the tool resources of a thread, those that the request names.
    ///
    /// - Throws: `APIError` if there is none.
    func update(_ id: String, _ request: ThreadRequest) async throws -> JSONValue {
        let now = clock.now
        defer { indexing.wake() }
        return try await pool.write { db in
            var thread = try ObjectTable.threads.object(id, in: db)
            if let metadata = request.metadata { thread["metadata"] = metadata.wire }
            if let resources = request.resources {
                thread["tool_resources"] =
                    try resources
                    .settled(expiresAfterDays: Self.storeLifetime, now: now, in: db)
            }
            try ObjectTable.threads.replace(thread, in: db)
            return thread
        }
    }

    /// Deletes a thread with its messages and runs.
    ///
    /// - Throws: `APIError` if there is none.
    func delete(_ id: String) async throws {
        try await pool.write { db in try ObjectTable.threads.delete(id, in: db) }
    }
}
