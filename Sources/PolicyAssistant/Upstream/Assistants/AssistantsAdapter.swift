internal import OpenAI

/// Assistants, threads and runs: a question and its answer are one run.
///
/// A thread is bound to the vector store of its revision, and the assistant has none, as a run would search both. Model
/// and instructions go with each run, so that those of the assistant itself are never what an answer depends on.
struct AssistantsAdapter: UpstreamAdapter {
    let openAI: OpenAIClient
    let model: String
    let reasoningEffort: String
    /// The assistant that is configured; nil for the one that syncs make.
    let configuredAssistantID: String?
    /// How long a run that is in the way may go on before it is cancelled.
    var patience = Duration.seconds(15)

    let upstreamProtocol = UpstreamProtocol.assistants

    func makeThread(
        for user: UserID,
        over corpus: Corpus,
        beginningWith history: [UpstreamMessage]
    ) async throws -> String {
        let messages = history.map { message in
            InputMessage(role: message.role == .user ? .user : .assistant, content: message.text)
        }
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

    func bind(_ threadID: String, to corpus: Corpus) async throws(OpenAIError) {
        try await openAI.threads.update(threadID, vectorStoreIDs: [corpus.vectorStoreID])
    }

    func ask(_ question: UpstreamQuestion) async throws -> UpstreamAnswer {
        for try await event in try await events(of: question) {
            if case .ended(let answer) = event { return answer }
        }
        throw PolicyAssistantError.noAnswer
    }

    func stream(_ question: UpstreamQuestion) async throws -> any AsyncSequence<UpstreamEvent, any Error> & Sendable {
        try await events(of: question)
    }

    private func events(of question: UpstreamQuestion) async throws -> AssistantsAdapterEvents {
        guard let assistantID = configuredAssistantID ?? question.corpus.assistantID else {
            throw PolicyAssistantError.notSynced
        }
        let turn = RunExecution(openAI: openAI, threadID: question.threadID)
        var request = RunRequest(assistantID: assistantID, additionalMessages: [.user(question.text)])
        request.model = model
        request.instructions = question.instructions
        request.reasoningEffort = reasoningEffort
        request.metadata = turn.metadata
        do throws(OpenAIError) {
            let events = try await openAI.runs.stream(
                request,
                in: question.threadID,
                include: [.runStepSearchContent]
            )
            return AssistantsAdapterEvents(events, of: turn)
        } catch {
            return try await events(of: turn, refusedWith: error)
        }
    }

    /// What follows when a run was not begun, or its beginning was not heard of.
    private func events(of turn: RunExecution, refusedWith error: OpenAIError) async throws -> AssistantsAdapterEvents {
        if error.code == .threadBusy, let obstacle = try await turn.runInTheWay(error) {
            if turn.owns(obstacle) { return AssistantsAdapterEvents(of: turn, begun: obstacle) }
            try await turn.waitOut(obstacle, for: patience)
        } else if error.losesTheThread, let run = await turn.find() {
            return AssistantsAdapterEvents(of: turn, begun: run)
        } else if [.cancelled, .timedOut].contains(error.code) {
            await turn.abandon(nil)
        }
        throw error
    }
}

extension OpenAIThread {
    fileprivate func isBound(to corpus: Corpus) -> Bool { vectorStoreIDs == [corpus.vectorStoreID] }
}

extension PolicyAssistantError {
    /// Without its store a thread would answer from nothing, or from what the assistant was given elsewhere.
    fileprivate static let threadsHaveNoStores = PolicyAssistantError(
        .upstreamRefused,
        "Upstream does not give threads vector stores of their own, which OPENAI_API=assistants needs."
    )
}
