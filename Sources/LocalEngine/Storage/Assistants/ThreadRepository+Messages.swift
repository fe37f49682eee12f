internal import GRDB

extension ThreadRepository {
    /// Adds a message at the end.
    ///
    /// - Throws: `APIError` if there is no such thread, or a run is active in it.
    func add(_ message: MessageRequest, to id: String) async throws -> JSONValue {
        let now = clock.now
        let added = try await pool.write { db in
            var thread = try ObjectTable.threads.object(id, in: db)
            if let run = try locks.activeRun(of: id, in: db) { throw APIError.active(run: run, inThread: id) }
            return try Self.append([message], to: &thread, now: now, in: db)
        }
        if !message.files.isEmpty { indexing.wake() }
        return added[0]
    }

    /// Lists the messages of a thread, or of one of its runs.
    func messages(_ page: PageRequest, of id: String, run: String?) async throws -> Page<JSONValue> {
        try await pool.read { db in
            _ = try ObjectTable.threads.object(id, in: db)
            return try ObjectTable.messages.list(page, of: id, where: run.map { ("run_id", $0) }, in: db)
        }
    }

    /// Finds a message.
    ///
    /// - Throws: `APIError` if it is not there.
    func message(_ messageID: String, of id: String) async throws -> JSONValue {
        try await pool.read { db in
            _ = try ObjectTable.threads.object(id, in: db)
            return try ObjectTable.messages.object(messageID, of: id, in: db)
        }
    }

    /// Replaces the metadata of a message.
    ///
    /// - Throws: `APIError` if it is not there.
    func updateMessage(_ messageID: String, of id: String, metadata: [String: String]) async throws -> JSONValue {
        try await pool.write { db in
            var message = try ObjectTable.messages.object(messageID, of: id, in: db)
            message["metadata"] = metadata.wire
            try ObjectTable.messages.replace(message, in: db)
            return message
        }
    }

    /// Deletes a message.
    ///
    /// - Throws: `APIError` if it is not there.
    func deleteMessage(_ messageID: String, of id: String) async throws {
        try await pool.write { db in
            _ = try ObjectTable.threads.object(id, in: db)
            try ObjectTable.messages.delete(messageID, of: id, in: db)
        }
    }
}

extension ThreadRepository {
    /// Adds messages at the end, and puts what is attached to them into the thread's own store.
    @discardableResult
    static func append(
        _ requests: [MessageRequest],
        to thread: inout JSONValue,
        now: Int,
        in db: Database
    ) throws -> [JSONValue] {
        let threadID = thread["id"]?.string ?? ""
        let files = requests.flatMap(\.files)
        if !files.isEmpty { try attach(files, to: &thread, now: now, in: db) }
        return try requests.map { request in
            let message = request.message(in: threadID, now: now)
            try insert(message, in: db)
            return message
        }
    }

    /// Adds a message at the end.
    static func insert(_ message: JSONValue, in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO thread_message (id, thread_id, run_id, body) VALUES (?, ?, ?, ?)",
            arguments: [
                message["id"]?.string, message["thread_id"]?.string, message["run_id"]?.string, try message.text(),
            ]
        )
    }

    /// The last messages of a thread, oldest first.
    static func lastMessages(of id: String, limit: Int, in db: Database) throws -> [JSONValue] {
        let page = PageRequest(limit: limit)
        return try ObjectTable.messages.list(page, of: id, in: db).elements.reversed()
    }

    private static func attach(_ files: [String], to thread: inout JSONValue, now: Int, in db: Database) throws {
        let attachments = files.map { Attachment(fileID: $0) }
        if let store = thread["tool_resources"]?.vectorStoreIDs.first {
            try VectorStoreFileRepository.attach(attachments, to: store, now: now, in: db)
        } else {
            let description = VectorStore.Description(expiresAfterDays: storeLifetime)
            let store = try VectorStoreRepository.insert(description, files: attachments, now: now, in: db)
            thread["tool_resources"] = ToolResources.wire(storeIDs: [store])
            try ObjectTable.threads.replace(thread, in: db)
        }
    }
}
