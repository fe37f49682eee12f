internal import GRDB

/// A response that was kept.
struct StoredResponse: Sendable, Hashable {
    /// The response as the API shows it, with everything that `include` can ask for.
    let body: JSONValue
    /// The items it answered.
    let input: [ConversationItem]
    /// The response it followed.
    let previousID: String?

    /// The ID.
    var id: String { body["id"]?.string ?? "" }

    /// The items it is made of.
    var output: [ConversationItem] {
        (body["output"]?.array ?? []).map(ConversationItem.init(body:))
    }

    /// The response as the API shows it, without what `include` does not ask for.
    func wire(including inclusions: Set<IncludeOption>) -> JSONValue {
        var body = body
        body["output"] = .array(output.map { $0.wire(including: inclusions) })
        return body
    }
}

/// The responses that were kept.
struct ResponseRepository: Sendable {
    /// For how many seconds a response is kept; the API promises 30 days.
    static let retention = 31 * 86_400

    let pool: DatabasePool
    let clock: WallClock

    /// Finds a response.
    ///
    /// - Throws: `APIError` if there is none.
    func response(_ id: String) async throws -> StoredResponse {
        guard let response = try await pool.read({ db in try Self.response(id, in: db) }) else {
            throw APIError.notFound("Response", id)
        }
        return response
    }

    /// Deletes a response.
    ///
    /// - Throws: `APIError` if there is none.
    func delete(_ id: String) async throws {
        try await pool.write { db in
            try db.execute(sql: "DELETE FROM response WHERE id = ?", arguments: [id])
            guard db.changesCount > 0 else { throw APIError.notFound("Response", id) }
        }
    }

    /// Deletes the responses that are past their time.
    ///
    /// - Returns: Whether there were any.
    func deleteExpired() async throws -> Bool {
        let limit = clock.now - Self.retention
        let oldest = try await pool.read { db in try Int.fetchOne(db, sql: "SELECT MIN(created_at) FROM response") }
        guard let oldest, oldest < limit else { return false }
        try await pool.write { db in
            try db.execute(sql: "DELETE FROM response WHERE created_at < ?", arguments: [limit])
        }
        return true
    }
}

extension ResponseRepository {
    /// Keeps a response.
    static func keep(_ response: StoredResponse, createdAt: Int, in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO response (id, previous_id, input, body, created_at) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                response.id, response.previousID, try JSONValue.array(response.input.map(\.body)).text(),
                try response.body.text(), createdAt,
            ]
        )
    }

    /// Finds a response.
    static func response(_ id: String, in db: Database) throws -> StoredResponse? {
        try Row.fetchOne(db, sql: "SELECT * FROM response WHERE id = ?", arguments: [id]).map(StoredResponse.init(row:))
    }

    /// The messages of a response and of those before it, oldest first.
    ///
    /// - Throws: `APIError` if there is no such response.
    static func messages(before id: String, limit: Int, in db: Database) throws -> [ConversationItem] {
        guard try response(id, in: db) != nil else {
            throw APIError.invalid(
                "Previous response with id '\(id)' not found.",
                param: "previous_response_id",
                code: "previous_response_not_found"
            )
        }
        let chain = try Row.fetchAll(
            db,
            sql: """
                WITH RECURSIVE chain (depth, previous_id, input, body) AS (
                    SELECT 0, previous_id, input, body FROM response WHERE id = :id
                    UNION ALL
                    SELECT chain.depth + 1, r.previous_id, r.input, r.body
                    FROM chain JOIN response r ON r.id = chain.previous_id
                    WHERE chain.depth + 1 < :limit
                )
                SELECT * FROM chain ORDER BY depth DESC
                """,
            arguments: ["id": id, "limit": limit]
        ).map(StoredResponse.init(row:))
        return chain.flatMap { $0.input + $0.output }.filter { $0.type == "message" }
    }
}

extension StoredResponse {
    /// Reads a row of `response`.
    init(row: Row) throws {
        body = try JSONValue(json: row["body"] as String)
        input = try ConversationItem.array(json: row["input"])
        previousID = row["previous_id"]
    }
}
