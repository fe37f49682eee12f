/// A run that is queued, with what its answer needs.
struct PreparedRun: Sendable {
    let run: Run
    /// The question and the messages before it.
    let history: ChatHistory
    /// How many messages were read.
    let messageCount: Int
    /// The file search and the passages that it can find; nil if there is none or `tool_choice` excludes it.
    let search: (tool: AssistantTools.FileSearch, stores: VectorStoreSearch)?
    let maximumCompletionTokens: Int?
    /// The thread's own stores, whose files the run waits for.
    let awaitedStoreIDs: [String]
}

/// Executes runs: queues one, moves it into progress, answers its question, and ends it.
struct RunLifecycle: Sendable {
    let runs: RunRepository
    let passages: PassageRepository
    /// Bounds the answers that are computed at a time, and alternates between threads.
    let answering: FairScheduler

    /// Queues a run, which makes its thread busy until the run has ended.
    ///
    /// - Throws: `StorageError` if something named does not exist or has expired, or the thread is busy.
    func queue(_ request: RunRequest, in threadID: String) async throws -> PreparedRun {
        let queued = try await runs.queue(
            assistantID: request.assistantID,
            in: threadID,
            adding: try request.additionalMessages.map { try $0.stored() },
            lastMessages: min(request.lastMessages ?? ChatHistory.mostMessages, ChatHistory.mostMessages),
            fields: { assistant in try request.newFields(for: assistant) }
        )
        let tool = try request.fileSearch(for: queued.assistant)
        let storeIDs = queued.assistantStoreIDs + queued.threadStoreIDs
        return PreparedRun(
            run: queued.run,
            history: ChatHistory(
                try queued.messages.map { try ChatMessage(threadMessage: $0) },
                instructions: try JSONValue(queued.run.body)["instructions"]?.string
            ),
            messageCount: queued.messages.count,
            search: tool.map { ($0, VectorStoreSearch(storeIDs: storeIDs, threshold: $0.threshold)) },
            maximumCompletionTokens: request.maximumCompletionTokens,
            awaitedStoreIDs: tool == nil ? [] : queued.threadStoreIDs
        )
    }

    /// Whether files of the thread's own stores are still being read.
    func awaitsFiles(_ prepared: PreparedRun) async throws -> Bool {
        try await runs.awaitsFiles(of: prepared.awaitedStoreIDs)
    }

    /// Moves a run into progress.
    ///
    /// - Returns: The run and the step of its file search, if there is one; nil if the run has been cancelled or ended.
    func begin(_ prepared: PreparedRun) async throws -> (run: Run, search: RunStep?)? {
        let now = runs.clock.now
        let step = prepared.search.map { _ in RunStep.fileSearch(of: prepared.run, now: now) }
        return try await runs.begin(prepared.run.id, with: step?.stored(), at: now).map { ($0, step) }
    }

    /// Answers the question of a run.
    func answer(_ prepared: PreparedRun) async throws -> RunAnswer {
        let answer = try await answering.run(for: prepared.run.threadID, prepared.history.load) {
            try await passages.read(prepared.search?.stores) { reader in
                try CitedAnswer(
                    to: prepared.history,
                    from: reader,
                    limit: prepared.search?.tool.limit ?? 0,
                    maximumTokens: prepared.maximumCompletionTokens
                )
            }
        }
        return RunAnswer(
            answer,
            to: prepared.history,
            messageCount: prepared.messageCount,
            tool: prepared.search?.tool
        )
    }

    /// Stores the answer of a run and ends it.
    ///
    /// - Parameters:
    ///   - prepared: The run.
    ///   - answer: Its answer.
    ///   - search: The step of its file search, if there is one.
    ///   - events: Creates the events.
    /// - Returns: The events; nil if the run has been cancelled or ended.
    /// - Throws: `DatabaseError`.
    func complete(
        _ prepared: PreparedRun,
        with answer: RunAnswer,
        search: RunStep?,
        _ events: RunEvents
    ) async throws -> [RunEvent]? {
        let now = runs.clock.now
        let message = answer.message(of: prepared.run, now: now)
        let begun = RunStep.messageCreation(answer.messageID, of: prepared.run, now: now)
        let step = (begun: begun, completed: try begun.completed(answer.messageUsage, at: now))
        let call = try answer.call.stored()
        let result = RunResult(
            search: search.map { ($0.id, call, answer.searchUsage) },
            message: StoredObject(id: answer.messageID, body: try message.stored()),
            messageStep: try step.completed.stored(),
            ending: answer.ending(searched: search != nil),
            storeIDs: prepared.search?.stores.storeIDs ?? []
        )
        guard let completed = try await runs.complete(prepared.run.id, result, at: now) else { return nil }
        return try events.answer(
            answer,
            completed.run,
            search: completed.search.map { try RunStep($0) },
            message: message,
            step: step
        )
    }

    /// Ends a run without an answer: as cancelled if that was requested, and otherwise as given.
    ///
    /// - Returns: The events; nil if the run is gone or has already ended.
    func end(_ prepared: PreparedRun, _ ending: Run.Ending, _ events: RunEvents) async throws -> [RunEvent]? {
        try await runs.end(prepared.run.id, ending).map { try events.ending($0.run, steps: $0.steps) }
    }
}
