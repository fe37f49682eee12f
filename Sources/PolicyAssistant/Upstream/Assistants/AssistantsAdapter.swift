internal import OpenAI

/// The assistants protocol: a question and its answer are a run in a thread.
///
/// A thread is bound to the vector store of its revision, and the assistant has none, as a run would search both. Each run
/// names its model and instructions, so that no answer depends on those of the assistant.
struct AssistantsAdapter: UpstreamAdapter {
    let openAI: OpenAIClient
    let model: String
    let reasoningEffort: Settings.ReasoningEffort
    /// The ID of the configured assistant; nil for the one that syncs create.
    let configuredAssistantID: String?
    /// How long a run that blocks the thread may go on before it is cancelled.
    var patience = Duration.seconds(15)

    let upstreamProtocol = UpstreamProtocol.assistants

    func makeThread(
        for user: UserID,
        over corpus: Corpus,
        beginningWith history: [UpstreamMessage]
    ) async throws -> String {
        let messages = history.map(\.input)
        let thread = try await openAI.threads.create(
            messages: messages.isEmpty ? nil : messages,
            vectorStoreIDs: [corpus.vectorStoreID],
            metadata: ["app": "policy-assistant", "user": user.pseudonym]
        )
        guard thread.isBound(to: corpus) else {
            _ = try? await openAI.threads.delete(thread.id)
            throw PolicyAssistantError.threadsHaveNoStores
        }
        return thread.id
    }

    func hasThread(_ id: String) async throws(OpenAIError) -> Bool {
        try await ifKnown { () throws(OpenAIError) in try await openAI.threads.retrieve(id) } != nil
    }

    var bindThread: (@Sendable (_ threadID: String, _ corpus: Corpus) async throws(OpenAIError) -> Void)? {
        { (threadID, corpus) throws(OpenAIError) in
            try await openAI.threads.update(threadID, vectorStoreIDs: [corpus.vectorStoreID])
        }
    }

    func mayHaveVectorStore(_ id: String) async throws(OpenAIError) -> Bool {
        try await openAI.vectorStores.mayHave(id)
    }

    func deleteThread(
        _ thread: PendingThreadDeletion,
        responses: [String],
        at elsewhere: OpenAIClient?
    ) async throws {
        try await (elsewhere ?? openAI)
            .deleteThread(thread.id, over: thread.upstreamProtocol ?? upstreamProtocol, with: responses)
    }

    func ask(_ question: UpstreamQuestion) async throws -> UpstreamAnswer {
        for try await event in try await events(of: question) {
            if case .ended(let answer) = event { return answer }
        }
        throw PolicyAssistantError.noAnswer
    }

    func stream(_ question: UpstreamQuestion) async throws -> any UpstreamEvents {
        try await events(of: question)
    }

    private func events(of question: UpstreamQuestion) async throws -> AssistantsAdapterEvents {
        guard let assistantID = configuredAssistantID ?? question.corpus.assistantID else {
            throw PolicyAssistantError.notSynced
        }
        let settings = question.modelSettings
        let run = RunExecution(openAI: openAI, threadID: question.threadID, acceptsCut: settings.acceptsCut)
        var request = RunRequest(assistantID: assistantID, additionalMessages: [.user(question.text)])
        request.model = settings.model ?? model
        request.instructions = question.instructions
        request.reasoningEffort = settings.effort(orElse: reasoningEffort)
        request.maximumCompletionTokens = settings.maximumOutputTokens
        (request.temperature, request.topP) = (settings.temperature, settings.topP)
        request.metadata = run.metadata
        do throws(OpenAIError) {
            let events = try await openAI.runs.stream(
                request,
                in: question.threadID,
                include: [.runStepSearchContent]
            )
            return AssistantsAdapterEvents(events, of: run)
        } catch {
            return try await recover(run, from: error)
        }
    }

    /// Recovers from a run that was not created, or whose creation was not answered.
    private func recover(_ execution: RunExecution, from error: OpenAIError) async throws -> AssistantsAdapterEvents {
        if error.code == .threadBusy, let blocker = try await execution.blockingRun(error) {
            if execution.owns(blocker) { return AssistantsAdapterEvents(of: execution, created: blocker) }
            try await execution.waitOut(blocker, for: patience)
        } else if error.hidesTheRun, let run = await execution.find() {
            return AssistantsAdapterEvents(of: execution, created: run)
        } else if [.cancelled, .timedOut].contains(error.code) {
            await execution.cancel(nil)
        }
        throw error
    }
}

extension OpenAIThread {
    fileprivate func isBound(to corpus: Corpus) -> Bool { vectorStoreIDs == [corpus.vectorStoreID] }
}

extension PolicyAssistantError {
    /// A thread without its vector store would search nothing, or the stores of the assistant.
    fileprivate static let threadsHaveNoStores = PolicyAssistantError(
        .upstreamRefused,
        "Upstream does not give threads vector stores of their own, which OPENAI_API=assistants needs."
    )
}
