internal import GRDB

/// The assistants.
struct AssistantRepository: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    let indexing: IndexSignal

    /// Makes an assistant.
    ///
    /// - Throws: `APIError` if a store or a file that it is to search does not exist.
    func create(_ settings: AssistantSettings) async throws -> JSONValue {
        let now = clock.now
        defer { indexing.wake() }
        return try await pool.write { db in
            let id = Identifier.make("asst_")
            var assistant: JSONValue = [
                "id": .string(id), "object": "assistant", "created_at": .integer(now), "name": nil,
                "description": nil, "instructions": nil, "tools": [], "tool_resources": [:], "metadata": [:],
                "temperature": 1.0, "top_p": 1.0, "response_format": "auto",
            ]
            try Self.apply(settings, to: &assistant, now: now, in: db)
            try db.execute(
                sql: "INSERT INTO assistant (id, body) VALUES (?, ?)",
                arguments: [id, try assistant.text()]
            )
            return assistant
        }
    }

    /// Finds an assistant.
    ///
    /// - Throws: `APIError` if there is none.
    func assistant(_ id: String) async throws -> JSONValue {
        try await pool.read { db in try ObjectTable.assistants.object(id, in: db) }
    }

    /// Lists the assistants.
    func list(_ page: PageRequest) async throws -> Page<JSONValue> {
        try await pool.read { db in try ObjectTable.assistants.list(page, in: db) }
    }

    /// Changes what the settings name; runs that are under way go on with what the assistant was.
    ///
    /// - Throws: `APIError` if there is none.
    func update(_ id: String, _ settings: AssistantSettings) async throws -> JSONValue {
        let now = clock.now
        defer { indexing.wake() }
        return try await pool.write { db in
            var assistant = try ObjectTable.assistants.object(id, in: db)
            try Self.apply(settings, to: &assistant, now: now, in: db)
            try ObjectTable.assistants.replace(assistant, in: db)
            return assistant
        }
    }

    /// Deletes an assistant; its store and the threads stay.
    ///
    /// - Throws: `APIError` if there is none.
    func delete(_ id: String) async throws {
        try await pool.write { db in try ObjectTable.assistants.delete(id, in: db) }
    }

    private static func apply(
        _ settings: AssistantSettings,
        to assistant: inout JSONValue,
        now: Int,
        in db: Database
    ) throws {
        for (key, value) in settings.changes { assistant[key] = value }
        if let resources = settings.resources {
            assistant["tool_resources"] = try resources.settled(expiresAfterDays: nil, now: now, in: db)
        }
    }
}
