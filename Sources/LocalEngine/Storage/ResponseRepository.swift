internal import GRDB

/// A response that is stored.
struct StoredResponse: Sendable, Hashable {
    let id: String
    /// The response that it continues.
    let previousID: String?
    /// The items that it answers, as a JSON array.
    let input: JSONText
    let body: JSONText
}

extension StoredResponse: FetchableRecord {
    init(row: Row) {
        id = row["id"]
        previousID = row["previous_id"]
        input = row["input"]
        body = row["body"]
    }
}

/// What a response continues.
enum ResponseContext: Sendable, Hashable {
    case nothing
    case conversation(String)
    case response(String)
}

/// The responses, and the conversations while responses are created in them.
struct ResponseRepository: Sendable {
    /// The seconds for which a response is stored; the API promises 30 days.
    static let retention = 31 * 86_400

    let pool: DatabasePool
    let clock: WallClock
    let locks: ConversationLocks

    /// Finds a response.
    ///
    /// - Throws: `StorageError.notFound`.
    func response(_ id: String) async throws -> StoredResponse {
        try await pool.read { db in
            let response = try StoredResponse.fetchOne(db, sql: "SELECT * FROM response WHERE id = ?", arguments: [id])
            guard let response else { throw StorageError.notFound(.response, id: id) }
            return response
        }
    }

    /// Deletes a response.
    ///
    /// - Throws: `StorageError.notFound`.
    func delete(_ id: String) async throws {
        try await pool.write { db in
            try db.execute(sql: "DELETE FROM response WHERE id = ?", arguments: [id])
            guard db.changesCount > 0 else { throw StorageError.notFound(.response, id: id) }
        }
    }

    /// Deletes the responses that are older than ``retention``.
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
    /// Begins a response; in a conversation, it takes the lock.
    ///
    /// - Parameters:
    ///   - context: What the response continues.
    ///   - storeIDs: The vector stores that it is going to search.
    ///   - limit: The maximum number of messages of a conversation that are returned; of a chain of responses, half as many responses.
    /// - Returns: The earlier messages, oldest first, and the lock.
    /// - Throws: `StorageError` if something named does not exist or has expired, or the conversation is locked.
    func begin(
        _ context: ResponseContext,
        searching storeIDs: [String],
        lastMessages limit: Int
    ) async throws -> (messages: [ConversationItem], lock: HeldLock?) {
        let now = clock.now
        switch context {
        case .nothing:
            try await pool.read { db in try VectorStoreRepository.requireUsable(storeIDs, now: now, in: db) }
            return ([], nil)
        case .response(let id):
            let messages = try await pool.read { db in
                try VectorStoreRepository.requireUsable(storeIDs, now: now, in: db)
                return try Self.messages(upTo: id, limit: limit / 2, in: db)
            }
            return (messages, nil)
        case .conversation(let id):
            let (messages, token) = try await pool.write { db in
                try VectorStoreRepository.requireUsable(storeIDs, now: now, in: db)
                _ = try ConversationRepository.conversation(id, in: db)
                let token = try locks.take(id, in: db)
                return (try ConversationRepository.messages(of: id, limit: limit, in: db), token)
            }
            return (messages, HeldLock(subject: id, token: token, pool: pool))
        }
    }

    /// Completes a response: adds its items to the conversation, releases the lock, and stores the response.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - items: What it adds to the conversation.
    ///   - lock: The conversation's lock; nil without a conversation.
    ///   - createdAt: When the response began; nil if it is not to be stored.
    ///   - storeIDs: The vector stores that were searched.
    /// - Throws: `StorageError` if the conversation is gone or another response has taken the lock over.
    func complete(
        _ response: StoredResponse,
        adding items: [ConversationItem],
        lock: HeldLock?,
        createdAt: Int?,
        searched storeIDs: [String]
    ) async throws {
        let now = clock.now
        try await pool.write { db in
            if let lock {
                _ = try ConversationRepository.conversation(lock.subject, in: db)
                try lock.release(in: db)
                try ConversationRepository.append(items, to: lock.subject, in: db)
            }
            if let createdAt {
                try db.execute(
                    sql: "INSERT INTO response (id, previous_id, input, body, created_at) VALUES (?, ?, ?, ?, ?)",
                    arguments: [response.id, response.previousID, response.input, response.body, createdAt]
                )
            }
            if !storeIDs.isEmpty { try VectorStoreRepository.touch(storeIDs, now: now, in: db) }
        }
    }

    /// The messages of a response and of those before it, oldest first.
    private static func messages(upTo id: String, limit: Int, in db: Database) throws -> [ConversationItem] {
        let exists = try Bool.fetchOne(db, sql: "SELECT 1 FROM response WHERE id = ?", arguments: [id])
        guard exists != nil else { throw StorageError.notFound(.previousResponse, id: id) }
        return try ConversationItem.fetchAll(
            db,
            sql: """
                WITH RECURSIVE chain (depth, previous_id, input, body) AS (
                    SELECT 0, previous_id, input, body FROM response WHERE id = :id
                    UNION ALL
                    SELECT chain.depth + 1, r.previous_id, r.input, r.body
                    FROM chain JOIN response r ON r.id = chain.previous_id
                    WHERE chain.depth + 1 < :limit
                ),
                item (depth, part, place, body) AS (
                    SELECT depth, 0, i.key, i.value FROM chain, json_each(chain.input) i
                    UNION ALL
                    SELECT depth, 1, o.key, o.value FROM chain, json_each(chain.body, '$.output') o
                )
                SELECT json_extract(body, '$.id') AS id, json_extract(body, '$.type') AS type, body FROM item
                WHERE json_extract(body, '$.type') = 'message' ORDER BY depth DESC, part, place
                """,
            arguments: ["id": id, "limit": limit]
        )
    }
}
