/// A run that is queued, with what its answer needs.
struct PreparedRun: Sendable {
    let run: Run
    /// The IDs of its message and its search.
    let ids = RunAnswerIDs()
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
    let answerer: ChatAnswerer

    /// How often a run that a model answers is looked at, to stop the model if the run is cancelled.
    private static let interval = Duration.milliseconds(100)

    /// Queues a run, which makes its thread busy until the run has ended.
    ///
    /// - Throws: `StorageError` if something named does not exist or has expired, or the thread is busy.
    func queue(_ request: RunRequest, in threadID: String) async throws -> PreparedRun {
        let queued = try await runs.queue(
            assistantID: request.assistantID,
            in: threadID,
            adding: try request.additionalMessages.map { try $0.stored() },
            lastMessages: min(request.lastMessages ?? ChatHistory.maximumMessages, ChatHistory.maximumMessages),
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
    ///
    /// - Parameters:
    ///   - prepared: The run.
    ///   - onProgress: Receives an answer while a model writes it.
    /// - Returns: The answer, and whether `onProgress` has received it; nil if the run was cancelled meanwhile.
    /// - Throws: What answering throws.
    func answer(
        _ prepared: PreparedRun,
        onProgress: @escaping @Sendable (AnswerProgress) -> Void
    ) async throws -> (answer: RunAnswer, isStreamed: Bool)? {
        let request = AnswerRequest(
            asker: prepared.run.threadID,
            search: prepared.search?.stores,
            limit: prepared.search?.tool.limit ?? 0,
            maximumTokens: prepared.maximumCompletionTokens
        )
        let result = try await whileInProgress(prepared.run.id) {
            try await answerer.answer(to: prepared.history, request, onProgress: onProgress)
        }
        return result.map { answer, isStreamed in
            let answer = RunAnswer(
                answer,
                ids: prepared.ids,
                to: prepared.history,
                messageCount: prepared.messageCount,
                tool: prepared.search?.tool
            )
            return (answer, isStreamed)
        }
    }

    /// Runs an operation, which may take as long as a model does, until the run is cancelled.
    ///
    /// - Returns: Its result; nil if the run is no longer in progress.
    private func whileInProgress<Value: Sendable>(
        _ id: String,
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        guard answerer.writer != nil else { return try await operation() }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await operation() }
            group.addTask {
                while try await runs.isInProgress(id) { try await Task.sleep(for: Self.interval) }
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    /// Stores the answer of a run and ends it.
    ///
    /// - Parameters:
    ///   - prepared: The run.
    ///   - answer: Its answer, and whether its events have been sent.
    ///   - search: The step of its file search, if there is one.
    ///   - progress: The events that have been sent.
    ///   - events: Creates the events.
    /// - Returns: The events; nil if the run has been cancelled or ended.
    /// - Throws: `DatabaseError`.
    func complete(
        _ prepared: PreparedRun,
        with answer: (answer: RunAnswer, isStreamed: Bool),
        search: RunStep?,
        _ progress: RunProgress,
        _ events: RunEvents
    ) async throws -> [RunEvent]? {
        let (answer, isStreamed) = answer
        let now = runs.clock.now
        let message = answer.message(of: prepared.run, now: now)
        let begun = progress.step ?? RunStep.messageCreation(answer.messageID, of: prepared.run, now: now)
        let step = try begun.completed(answer.messageUsage, at: now)
        let call = try answer.call.stored()
        let result = RunResult(
            search: search.map { ($0.id, call, answer.searchUsage) },
            message: StoredObject(id: answer.messageID, body: try message.stored()),
            messageStep: try step.stored(),
            ending: answer.ending(searched: search != nil),
            storeIDs: prepared.search?.stores.storeIDs ?? []
        )
        guard let completed = try await runs.complete(prepared.run.id, result, at: now) else { return nil }
        var sent: [RunEvent] = []
        if !isStreamed {
            let search = try completed.search.map { (step: try RunStep($0), call: answer.call) }
            var begunMessage = prepared.run.begunMessage(answer.messageID, now: now)
            begunMessage["metadata"] = message["metadata"]
            sent = events.message(begunMessage, after: search, in: begun)
            sent += events.text(answer.chunks, of: answer.messageID, after: 0)
        }
        return sent + (try events.completed(message, step, completed.run))
    }

    /// Ends a run without an answer: as cancelled if that was requested, and otherwise as given.
    ///
    /// - Returns: The events; nil if the run is gone or has already ended.
    func end(_ prepared: PreparedRun, _ ending: Run.Ending, _ events: RunEvents) async throws -> [RunEvent]? {
        try await runs.end(prepared.run.id, ending).map { try events.ending($0.run, steps: $0.steps) }
    }
}
