internal import GRDB

/// A run that is queued, with what it was created from.
struct QueuedRun: Sendable {
    let run: Run
    let assistant: StoredObject
    /// The stores that the assistant searches.
    let assistantStoreIDs: [String]
    /// The stores that the thread itself searches.
    let threadStoreIDs: [String]
    /// The last messages of the thread, oldest first.
    let messages: [StoredObject]
}

/// The answer of a run, to be stored.
struct RunResult: Sendable {
    /// The step of the file search, with the call that it made and its usage; nil without a search.
    let search: (stepID: String, call: JSONText, usage: Run.Usage)?
    /// The message of the answer.
    let message: StoredObject
    /// The completed step that created the message.
    let messageStep: StoredObject
    let ending: Run.Ending
    /// The stores that were searched.
    let storeIDs: [String]
}

// The states of a run: queued, in progress, ended. Each change is one transaction.
extension RunRepository {
    /// Queues a run, which makes its thread busy until the run has ended.
    ///
    /// - Parameters:
    ///   - assistantID: The assistant.
    ///   - threadID: The thread.
    ///   - messages: The messages that are added to the thread first.
    ///   - limit: The maximum number of messages of the thread that the answer takes into account.
    ///   - fields: Creates the fields of the run's object, but for the IDs, the times and the status, from the assistant's.
    /// - Returns: The run.
    /// - Throws: `StorageError` if something named does not exist or has expired, or the thread is busy.
    func queue(
        assistantID: String,
        in threadID: String,
        adding messages: [NewMessage],
        lastMessages limit: Int,
        fields: @escaping @Sendable (_ assistant: StoredObject) throws -> JSONFields
    ) async throws -> QueuedRun {
        let now = clock.now
        let queued = try await pool.write { db in
            try ObjectTable.threads.require(threadID, in: db)
            let assistant = try ObjectTable.assistants.object(assistantID, in: db)
            if let active = try locks.activeRun(of: threadID, in: db) {
                throw StorageError.threadBusy(thread: threadID, run: active, refuses: .run)
            }
            try ThreadRepository.append(messages, to: threadID, now: now, in: db)
            let assistantStores = try ObjectTable.assistants.storeIDs(of: assistantID, in: db)
            let threadStores = try ObjectTable.threads.storeIDs(of: threadID, in: db)
            try VectorStoreRepository.requireUsable(assistantStores + threadStores, now: now, in: db)
            let last = try ObjectTable.messages.list(PageRequest(limit: limit), of: threadID, in: db)
            return QueuedRun(
                run: try insert(fields(assistant), of: assistantID, in: threadID, now: now, db),
                assistant: assistant,
                assistantStoreIDs: assistantStores,
                threadStoreIDs: threadStores,
                messages: last.elements.reversed()
            )
        }
        if messages.contains(where: { !$0.files.isEmpty }) { indexing.wake() }
        return queued
    }

    private func insert(
        _ fields: JSONFields,
        of assistantID: String,
        in threadID: String,
        now: Int,
        _ db: Database
    ) throws -> Run {
        let id = Identifier.make("run_")
        var fields = fields
        fields["id"] = try JSONText(encoding: id)
        fields["thread_id"] = try JSONText(encoding: threadID)
        fields["assistant_id"] = try JSONText(encoding: assistantID)
        fields["status"] = try JSONText(encoding: Run.Status.queued.rawValue)
        fields["created_at"] = try JSONText(encoding: now)
        fields["expires_at"] = try JSONText(encoding: now + RunLocks.lifetime)
        try db.execute(
            sql: "INSERT INTO run (id, thread_id, is_active, holder, lease_until, body) VALUES (?, ?, TRUE, ?, ?, ?)",
            arguments: [id, threadID, holder.name, now + RunLocks.lifetime, JSONText.object(fields)]
        )
        return try Self.run(id, of: threadID, in: db)
    }

    /// Whether files of some stores are still being read.
    func awaitsFiles(of storeIDs: [String]) async throws -> Bool {
        guard !storeIDs.isEmpty else { return false }
        return try await pool.read { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT 1 FROM store_file s JOIN indexing i USING (file_id)
                    WHERE s.store_id IN (\(databaseQuestionMarks(count: storeIDs.count)))
                        AND s.is_cancelled = 0 AND i.state = 'in_progress'
                    """,
                arguments: StatementArguments(storeIDs)
            ) ?? false
        }
    }

    /// Whether a run is in progress, and neither cancelled nor deleted with its thread.
    func isInProgress(_ id: String) async throws -> Bool {
        try await pool.read { db in try held(id, in: db)?.status == .inProgress }
    }

    /// Moves a queued run into progress.
    ///
    /// - Parameters:
    ///   - id: The run.
    ///   - step: The step that it begins with, if there is one.
    ///   - now: The time.
    /// - Returns: The run; nil if it has been cancelled or ended.
    /// - Throws: `DatabaseError`.
    func begin(_ id: String, with step: StoredObject?, at now: Int) async throws -> Run? {
        try await pool.write { db in
            guard try held(id, in: db)?.status == .queued else { return nil }
            try db.execute(sql: "UPDATE run SET lease_until = ? WHERE id = ?", arguments: [now + locks.duration, id])
            if let step { try ObjectTable.steps.insert(step, ["run_id": id], in: db) }
            return try Self.set(
                [
                    "status": try JSONText(encoding: Run.Status.inProgress.rawValue),
                    "started_at": try JSONText(encoding: now),
                ],
                of: id,
                in: db
            )
        }
    }

    /// Stores the answer of a run in progress and ends the run.
    ///
    /// - Returns: The run and the step of its search; nil if it has been cancelled or ended.
    func complete(_ id: String, _ result: RunResult, at now: Int) async throws -> (run: Run, search: StoredObject?)? {
        try await pool.write { db in
            guard let run = try held(id, in: db), run.status == .inProgress else { return nil }
            let search = try result.search.map { search in
                try ObjectTable.steps.set(
                    [
                        "status": try JSONText(encoding: "completed"),
                        "completed_at": try JSONText(encoding: now),
                        "usage": try JSONText(encoding: search.usage),
                        "step_details.tool_calls": .array([search.call]),
                    ],
                    of: search.stepID,
                    of: id,
                    in: db
                )
            }
            let columns: KeyValuePairs<String, String?> = ["thread_id": run.threadID, "run_id": id]
            try ObjectTable.messages.insert(result.message, columns, in: db)
            try ObjectTable.steps.insert(result.messageStep, ["run_id": id], in: db)
            try VectorStoreRepository.touch(result.storeIDs, now: now, in: db)
            return (try RunLocks.end(id, result.ending, at: now, in: db).run, search)
        }
    }

    /// Ends a run without an answer: as cancelled if that was requested, and otherwise as given.
    ///
    /// Does not depend on the calling task, which may itself be cancelled.
    ///
    /// - Returns: The run and the steps that were open; nil if it is gone or has already ended.
    func end(_ id: String, _ ending: Run.Ending) async throws -> (run: Run, steps: [StoredObject])? {
        let now = clock.now
        return try await withCheckedThrowingContinuation { continuation in
            pool.asyncWrite { db in
                guard let run = try held(id, in: db) else { return nil }
                return try RunLocks.end(id, run.status == .cancelling ? .cancelled : ending, at: now, in: db)
            } completion: { _, result in
                continuation.resume(with: result)
            }
        }
    }

    /// A run that is active and whose lease this engine holds.
    private func held(_ id: String, in db: Database) throws -> Run? {
        let sql = "\(Run.selection) WHERE id = ? AND is_active AND holder = ?"
        return try Run.fetchOne(db, sql: sql, arguments: [id, holder.name])
    }
}
