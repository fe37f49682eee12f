internal import GRDB

/// Takes runs through their states, each a transaction: queued, in progress, and ended.
struct RunLifecycle: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    let locks: RunLocks
    let holder: LeaseHolder
    let indexing: IndexSignal
    /// Lets few answers be made at a time, of each thread in turn.
    let answering: FairScheduler
    let meanings: MeaningIndex?

    /// Queues a run, with which its thread is busy from here until it has ended.
    ///
    /// - Throws: `APIError` if what the request names does not exist, or the thread is busy.
    func open(_ request: RunRequest, in threadID: String) async throws -> PreparedRun {
        let now = clock.now
        let turn = try await pool.write { db in
            var thread = try ObjectTable.threads.object(threadID, in: db)
            let assistant = try ObjectTable.assistants.object(request.assistantID, in: db)
            if let active = try locks.activeRun(of: threadID, in: db) {
                throw APIError.another(run: active, inThread: threadID)
            }
            try ThreadRepository.append(request.additionalMessages, to: &thread, now: now, in: db)
            let turn = try self.turn(request, of: assistant, in: thread, now: now, db)
            try db.execute(
                sql: """
                    INSERT INTO run (id, thread_id, is_active, holder, lease_until, body) VALUES (?, ?, TRUE, ?, ?, ?)
                    """,
                arguments: [turn.run.id, threadID, holder.name, now + RunLocks.lifetime, try turn.run.body.text()]
            )
            return turn
        }
        if request.additionalMessages.contains(where: { !$0.files.isEmpty }) { indexing.wake() }
        return turn
    }

    private func turn(
        _ request: RunRequest,
        of assistant: JSONValue,
        in thread: JSONValue,
        now: Int,
        _ db: Database
    ) throws -> PreparedRun {
        let run = Run(request, of: assistant, in: thread["id"]?.string ?? "", now: now)
        let ownStores = thread["tool_resources"]?.vectorStoreIDs ?? []
        let stores = (assistant["tool_resources"]?.vectorStoreIDs ?? []) + ownStores
        try VectorStoreRepository.requireUsable(stores, now: now, in: db)
        let assistantTools = try AssistantTools(RequestFields(assistant), maximum: 128)
        let tool = request.allowsTools ? (request.tools ?? assistantTools)?.fileSearch : nil
        let limit = min(request.lastMessages ?? ChatHistory.memory, ChatHistory.memory)
        let messages = try ThreadRepository.lastMessages(of: run.threadID, limit: limit, in: db)
        return PreparedRun(
            run: run,
            dialogue: ChatHistory(
                messages.map(ChatMessage.init(threadMessage:)),
                instructions: run.body["instructions"]?.string
            ),
            messageCount: messages.count,
            search: tool.map { ($0, VectorStoreSearch(storeIDs: stores, threshold: $0.threshold)) },
            maximumCompletionTokens: request.maximumCompletionTokens,
            ownStoreIDs: tool == nil ? [] : ownStores
        )
    }

    /// Whether files that the thread itself brought are still being read.
    func awaitsFiles(_ turn: PreparedRun) async throws -> Bool {
        guard !turn.ownStoreIDs.isEmpty else { return false }
        return try await pool.read { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT 1 FROM store_file s JOIN indexing i USING (file_id)
                    WHERE s.store_id IN (\(databaseQuestionMarks(count: turn.ownStoreIDs.count)))
                        AND s.is_cancelled = 0 AND i.state = 'in_progress'
                    """,
                arguments: StatementArguments(turn.ownStoreIDs)
            ) ?? false
        }
    }

    /// Begins to make a run's answer.
    ///
    /// - Returns: The run in progress and the file search's step, if there is to be one; nil if the run is not to go on.
    func begin(_ turn: PreparedRun) async throws -> (run: Run, search: RunStep?)? {
        let now = clock.now
        return try await pool.write { db in
            guard var run = try held(turn.run.id, in: db), run.status == .queued else { return nil }
            run.begin(at: now)
            try db.execute(
                sql: "UPDATE run SET lease_until = ?, body = ? WHERE id = ?",
                arguments: [now + RunLocks.lease, try run.body.text(), run.id]
            )
            guard turn.search != nil else { return (run, nil) }
            let step = RunStep.fileSearch(of: run, now: now)
            try Self.insert(step, in: db)
            return (run, step)
        }
    }

    /// Makes a run's answer.
    func answer(_ turn: PreparedRun) async throws -> SourcedAnswer {
        try await answering.run(for: turn.run.threadID, turn.dialogue.load) {
            try await pool.read { db in
                try SourcedAnswer(
                    to: turn.dialogue,
                    from: turn.search?.stores,
                    limit: turn.search?.tool.limit ?? 0,
                    maximumTokens: turn.maximumCompletionTokens,
                    meanings: meanings,
                    in: db
                )
            }
        }
    }

    /// Keeps the answer of a run: the step that searched, the message, the step that made it, and the run's end.
    ///
    /// - Returns: What is kept; nil if the run is not to go on.
    func keep(_ answer: RunAnswer, searched: RunStep?, of turn: PreparedRun) async throws -> KeptRun? {
        let now = clock.now
        return try await pool.write { db in
            guard var run = try held(turn.run.id, in: db), run.status == .inProgress else { return nil }
            var search = searched
            search?.found(answer.call)
            search?.complete(answer.searchUsage, at: now)
            if let search { try ObjectTable.steps.replace(search.body, in: db) }
            let message = answer.message(of: run, now: now)
            try ThreadRepository.insert(message, in: db)
            let begun = RunStep.messageCreation(answer.messageID, of: run, now: now)
            var made = begun
            made.complete(answer.messageUsage, at: now)
            try Self.insert(made, in: db)
            let usage = searched == nil ? answer.messageUsage : answer.searchUsage + answer.messageUsage
            try RunLocks.end(&run, answer.isCut ? .incomplete(usage) : .completed(usage), at: now, in: db)
            if let stores = turn.search?.stores.storeIDs { try VectorStoreRepository.touch(stores, now: now, in: db) }
            return KeptRun(run: run, search: search, message: message, begun: begun, made: made)
        }
    }

    /// Ends a run that came to nothing: as cancelled if that was asked for, and else as given.
    ///
    /// Does not depend on the calling task, which may itself be cancelled.
    ///
    /// - Returns: The run and the steps that were open; nil if it is gone, or ended otherwise before.
    func end(_ turn: PreparedRun, _ ending: Run.Ending) async throws -> (run: Run, steps: [RunStep])? {
        let now = clock.now
        return try await withCheckedThrowingContinuation { continuation in
            pool.asyncWrite { db in
                guard var run = try held(turn.run.id, in: db) else { return nil }
                let ending = run.status == .cancelling ? .cancelled : ending
                let steps = try RunLocks.end(&run, ending, at: now, in: db)
                return (run, steps)
            } completion: { _, result in
                continuation.resume(with: result)
            }
        }
    }

    /// A run that is still active, and this engine's.
    private func held(_ id: String, in db: Database) throws -> Run? {
        let sql = "SELECT * FROM run WHERE id = ? AND is_active AND holder = ?"
        return try Row.fetchOne(db, sql: sql, arguments: [id, holder.name]).map(Run.init(row:))
    }

    private static func insert(_ step: RunStep, in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO run_step (id, run_id, body) VALUES (?, ?, ?)",
            arguments: [step.id, step.runID, try step.body.text()]
        )
    }
}
