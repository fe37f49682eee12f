internal import GRDB

/// A conversation: a list of items to which responses add.
struct Conversation: Sendable, Hashable {
    let id: String
    let metadata: [String: String]
    let createdAt: Int
}

extension Conversation: FetchableRecord {
    init(row: Row) throws {
        id = row["id"]
        metadata = try (row["metadata"] as JSONText).decoded()
        createdAt = row["created_at"]
    }
}

/// An item of a conversation, or of a response's input or output: a message, a file search.
struct ConversationItem: Sendable, Hashable {
    let id: String
    /// The kind of item, such as `message`.
    let type: String
    let body: JSONText
}

extension ConversationItem: FetchableRecord {
    init(row: Row) {
        id = row["id"] ?? ""
        type = row["type"] ?? ""
        body = row["body"]
    }
}

/// The conversations and their items.
struct ConversationRepository: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    let locks: ConversationLocks

    /// Creates a conversation that begins with the items.
    func create(metadata: [String: String], items: [ConversationItem]) async throws -> Conversation {
        let conversation = Conversation(id: Identifier.make("conv_"), metadata: metadata, createdAt: clock.now)
        try await pool.write { db in
            try db.execute(
                sql: "INSERT INTO conversation (id, metadata, created_at) VALUES (?, ?, ?)",
                arguments: [conversation.id, try JSONText(encoding: metadata), conversation.createdAt]
            )
            try Self.append(items, to: conversation.id, in: db)
        }
        return conversation
    }

    /// Finds a conversation.
    ///
    /// - Throws: `StorageError.notFound`.
    func conversation(_ id: String) async throws -> Conversation {
        try await pool.read { db in try Self.conversation(id, in: db) }
    }

    /// Replaces the metadata of a conversation.
    ///
    /// - Throws: `StorageError.notFound`.
    func update(_ id: String, metadata: [String: String]) async throws -> Conversation {
        try await pool.write { db in
            try db.execute(
                sql: "UPDATE conversation SET metadata = ? WHERE id = ?",
                arguments: [try JSONText(encoding: metadata), id]
            )
            return try Self.conversation(id, in: db)
        }
    }

    /// Deletes a conversation with its items.
    ///
    /// - Throws: `StorageError.notFound`.
    func delete(_ id: String) async throws {
        try await pool.write { db in
            try db.execute(sql: "DELETE FROM conversation WHERE id = ?", arguments: [id])
            guard db.changesCount > 0 else { throw StorageError.notFound(.conversation, id: id) }
        }
    }
}

// MARK: - Items

extension ConversationRepository {
    /// Adds items at the end.
    ///
    /// - Throws: `StorageError` if there is no such conversation, or a response is being created in it.
    func add(_ items: [ConversationItem], to id: String) async throws {
        try await pool.write { db in
            _ = try Self.conversation(id, in: db)
            try locks.requireFree(id, in: db)
            try Self.append(items, to: id, in: db)
        }
    }

    /// Lists the items of a conversation.
    func items(_ page: PageRequest, of id: String) async throws -> Page<ConversationItem> {
        try await pool.read { db in
            _ = try Self.conversation(id, in: db)
            return try page.fetch(
                db,
                "SELECT * FROM conversation_item WHERE conversation_id = :conversation",
                arguments: ["conversation": id],
                position: { itemID in
                    try Int64.fetchOne(
                        db,
                        sql: "SELECT seq FROM conversation_item WHERE conversation_id = ? AND id = ?",
                        arguments: [id, itemID]
                    )
                }
            )
        }
    }

    /// Finds an item.
    ///
    /// - Throws: `StorageError.notFound`.
    func item(_ itemID: String, of id: String) async throws -> ConversationItem {
        try await pool.read { db in
            _ = try Self.conversation(id, in: db)
            let item = try ConversationItem.fetchOne(
                db,
                sql: "SELECT * FROM conversation_item WHERE conversation_id = ? AND id = ?",
                arguments: [id, itemID]
            )
            guard let item else { throw StorageError.notFound(.itemInConversation(id), id: itemID) }
            return item
        }
    }

    /// Deletes an item.
    ///
    /// - Throws: `StorageError.notFound`.
    func deleteItem(_ itemID: String, of id: String) async throws -> Conversation {
        try await pool.write { db in
            let conversation = try Self.conversation(id, in: db)
            try db.execute(
                sql: "DELETE FROM conversation_item WHERE conversation_id = ? AND id = ?",
                arguments: [id, itemID]
            )
            guard db.changesCount > 0 else { throw StorageError.notFound(.itemInConversation(id), id: itemID) }
            return conversation
        }
    }
}

extension ConversationRepository {
    /// Finds a conversation.
    static func conversation(_ id: String, in db: Database) throws -> Conversation {
        let conversation = try Conversation.fetchOne(
            db,
            sql: "SELECT * FROM conversation WHERE id = ?",
            arguments: [id]
        )
        guard let conversation else { throw StorageError.notFound(.conversation, id: id) }
        return conversation
    }

    /// Adds items at the end.
    static func append(_ items: [ConversationItem], to id: String, in db: Database) throws {
        let insert = try db.cachedStatement(
            sql: "INSERT INTO conversation_item (conversation_id, id, type, body) VALUES (?, ?, ?, ?)"
        )
        for item in items {
            try insert.execute(arguments: [id, item.id, item.type, item.body])
        }
    }

    /// The last messages of a conversation, oldest first.
    static func messages(of id: String, limit: Int, in db: Database) throws -> [ConversationItem] {
        try ConversationItem.fetchAll(
            db,
            sql: """
                SELECT * FROM conversation_item WHERE conversation_id = ? AND type = 'message'
                ORDER BY seq DESC LIMIT ?
                """,
            arguments: [id, limit]
        ).reversed()
    }
}
