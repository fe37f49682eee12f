internal import GRDB

/// The conversations and their items.
struct ConversationRepository: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    let locks: ConversationLocks

    /// Makes a conversation that begins with the items.
    func create(metadata: [String: String], items: [ConversationItem]) async throws -> Conversation {
        let conversation = Conversation(id: Identifier.make("conv_"), metadata: metadata, createdAt: clock.now)
        try await pool.write { db in
            try db.execute(
                sql: "INSERT INTO conversation (id, metadata, created_at) VALUES (?, ?, ?)",
                arguments: [conversation.id, try metadata.wire.text(), conversation.createdAt]
            )
            try Self.append(items, to: conversation.id, in: db)
        }
        return conversation
    }

    /// Finds a conversation.
    ///
    /// - Throws: `APIError` if there is none.
    func conversation(_ id: String) async throws -> Conversation {
        try await pool.read { db in try Self.conversation(id, in: db) }
    }

    /// Replaces the metadata of a conversation.
    ///
    /// - Throws: `APIError` if there is none.
    func update(_ id: String, metadata: [String: String]) async throws -> Conversation {
        try await pool.write { db in
            try db.execute(
                sql: "UPDATE conversation SET metadata = ? WHERE id = ?",
                arguments: [try metadata.wire.text(), id]
            )
            return try Self.conversation(id, in: db)
        }
    }

    /// Deletes a conversation with its items, which nothing could reach any more.
    ///
    /// - Throws: `APIError` if there is none.
    func delete(_ id: String) async throws {
        try await pool.write { db in
            try db.execute(sql: "DELETE FROM conversation WHERE id = ?", arguments: [id])
            guard db.changesCount > 0 else { throw APIError.notFound("Conversation", id) }
        }
    }
}

// MARK: - Items

extension ConversationRepository {
    /// Adds items at the end.
    ///
    /// - Throws: `APIError` if there is no such conversation, or a response is being made in it.
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
                },
                element: ConversationItem.init(row:)
            )
        }
    }

    /// Finds an item.
    ///
    /// - Throws: `APIError` if it is not there.
    func item(_ itemID: String, of id: String) async throws -> ConversationItem {
        try await pool.read { db in
            _ = try Self.conversation(id, in: db)
            let row = try Row.fetchOne(
                db,
                sql: "SELECT * FROM conversation_item WHERE conversation_id = ? AND id = ?",
                arguments: [id, itemID]
            )
            guard let row else { throw APIError.noItem(itemID, inConversation: id) }
            return try ConversationItem(row: row)
        }
    }

    /// Deletes an item.
    ///
    /// - Throws: `APIError` if it is not there.
    func deleteItem(_ itemID: String, of id: String) async throws -> Conversation {
        try await pool.write { db in
            let conversation = try Self.conversation(id, in: db)
            try db.execute(
                sql: "DELETE FROM conversation_item WHERE conversation_id = ? AND id = ?",
                arguments: [id, itemID]
            )
            guard db.changesCount > 0 else { throw APIError.noItem(itemID, inConversation: id) }
            return conversation
        }
    }
}

extension ConversationRepository {
    /// Finds a conversation.
    static func conversation(_ id: String, in db: Database) throws -> Conversation {
        let row = try Row.fetchOne(db, sql: "SELECT * FROM conversation WHERE id = ?", arguments: [id])
        guard let row else { throw APIError.notFound("Conversation", id) }
        return try Conversation(row: row)
    }

    /// Adds items at the end.
    static func append(_ items: [ConversationItem], to id: String, in db: Database) throws {
        let insert = try db.cachedStatement(
            sql: "INSERT INTO conversation_item (conversation_id, id, type, body) VALUES (?, ?, ?, ?)"
        )
        for item in items {
            try insert.execute(arguments: [id, item.id, item.type, try item.body.text()])
        }
    }

    /// The last messages of a conversation, oldest first.
    static func messages(of id: String, limit: Int, in db: Database) throws -> [ConversationItem] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM conversation_item WHERE conversation_id = ? AND type = 'message'
                ORDER BY seq DESC LIMIT ?
                """,
            arguments: [id, limit]
        ).map(ConversationItem.init(row:)).reversed()
    }
}
