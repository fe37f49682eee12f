internal import GRDB

/// A message that is added to a thread.
struct NewMessage: Sendable, Hashable {
    /// All fields but the ID, the thread and the times.
    let fields: JSONFields
    /// The attached files that are searched.
    let files: [String]
}

extension ThreadRepository {
    /// Adds a message at the end.
    ///
    /// - Throws: `StorageError` if there is no such thread or file, or a run is active in the thread.
    func add(_ message: NewMessage, to id: String) async throws -> StoredObject {
        let now = clock.now
        let added = try await pool.write { db in
            try ObjectTable.threads.require(id, in: db)
            if let run = try locks.activeRun(of: id, in: db) {
                throw StorageError.threadBusy(thread: id, run: run, refuses: .message)
            }
            return try Self.append([message], to: id, now: now, in: db)
        }
        if !message.files.isEmpty { indexing.wake() }
        return added[0]
    }

    /// Lists the messages of a thread, or of one of its runs.
    func messages(_ page: PageRequest, of id: String, run: String?) async throws -> Page<StoredObject> {
        try await pool.read { db in
            try ObjectTable.threads.require(id, in: db)
            return try ObjectTable.messages.list(page, of: id, where: run.map { ("run_id", $0) }, in: db)
        }
    }

    /// Finds a message.
    ///
    /// - Throws: `StorageError.notFound`.
    func message(_ messageID: String, of id: String) async throws -> StoredObject {
        try await pool.read { db in
            try ObjectTable.threads.require(id, in: db)
            return try ObjectTable.messages.object(messageID, of: id, in: db)
        }
    }

    /// Replaces the metadata of a message.
    ///
    /// - Throws: `StorageError.notFound`.
    func updateMessage(_ messageID: String, of id: String, metadata: [String: String]) async throws -> StoredObject {
        try await pool.write { db in
            let fields = ["metadata": try JSONText(encoding: metadata)]
            return try ObjectTable.messages.set(fields, of: messageID, of: id, in: db)
        }
    }

    /// Deletes a message.
    ///
    /// - Throws: `StorageError.notFound`.
    func deleteMessage(_ messageID: String, of id: String) async throws {
        try await pool.write { db in
            try ObjectTable.threads.require(id, in: db)
            try ObjectTable.messages.delete(messageID, of: id, in: db)
        }
    }
}

extension ThreadRepository {
    /// Adds messages at the end, and puts the files attached to them into the thread's own store.
    @discardableResult
    static func append(
        _ messages: [NewMessage],
        to threadID: String,
        now: Int,
        in db: Database
    ) throws -> [StoredObject] {
        let files = messages.flatMap(\.files)
        if !files.isEmpty { try attach(files, to: threadID, now: now, in: db) }
        return try messages.map { message in
            let id = Identifier.make("msg_")
            var fields = message.fields
            fields["id"] = try JSONText(encoding: id)
            fields["thread_id"] = try JSONText(encoding: threadID)
            fields["created_at"] = try JSONText(encoding: now)
            fields["completed_at"] = try JSONText(encoding: now)
            let object = StoredObject(id: id, body: .object(fields))
            try ObjectTable.messages.insert(object, ["thread_id": threadID, "run_id": nil], in: db)
            return object
        }
    }

    private static func attach(_ files: [String], to threadID: String, now: Int, in db: Database) throws {
        let attachments = files.map { Attachment(fileID: $0) }
        if let store = try ObjectTable.threads.storeIDs(of: threadID, in: db).first {
            try VectorStoreFileRepository.attach(attachments, to: store, now: now, in: db)
        } else {
            let description = VectorStore.Description(expiresAfterDays: storeLifetime)
            let store = try VectorStoreRepository.insert(description, files: attachments, now: now, in: db)
            let fields = ["tool_resources": try StoreSelection.toolResources(store)]
            try ObjectTable.threads.set(fields, of: threadID, in: db)
        }
    }
}
