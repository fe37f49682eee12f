internal import OpenAI

/// The responses protocol: a thread is a conversation, and a question and its answer are a response.
struct ResponsesAdapter: UpstreamAdapter {
    let openAI: OpenAIClient
    let model: String
    let reasoningEffort: Settings.ReasoningEffort
    let upstreamProtocol = UpstreamProtocol.responses
    let bindThread: (@Sendable (_ threadID: String, _ corpus: Corpus) async throws(OpenAIError) -> Void)? = nil

    /// The maximum number of messages that a new conversation takes.
    private static let maximumCarriedMessages = 20

    func makeThread(
        for user: UserID,
        over _: Corpus,
        beginningWith history: [UpstreamMessage]
    ) async throws -> String {
        let items = history.suffix(Self.maximumCarriedMessages).map(\.input)
        return try await openAI.conversations.create(
            metadata: ["app": "policy-assistant", "user": user.pseudonym],
            items: items.isEmpty ? nil : items
        ).id
    }

    func hasThread(_ id: String) async throws(OpenAIError) -> Bool {
        try await ifKnown { () throws(OpenAIError) in try await openAI.conversations.retrieve(id) } != nil
    }

    func mayHaveVectorStore(_ id: String) async throws(OpenAIError) -> Bool {
        try await openAI.vectorStores.mayHave(id)
    }

    func ask(_ question: UpstreamQuestion) async throws -> UpstreamAnswer {
        let response = try await openAI.responses.create(request(question))
        question.onResponse(response.id)
        return try UpstreamAnswer(response, acceptsCut: question.modelSettings.acceptsCut)
    }

    func stream(_ question: UpstreamQuestion) async throws -> any UpstreamEvents {
        ResponsesAdapterEvents(
            try await openAI.responses.stream(request(question)),
            acceptsCut: question.modelSettings.acceptsCut,
            onResponse: question.onResponse
        )
    }

    func messages(of threadID: String, limit: Int) async throws -> [UpstreamMessage] {
        var items: [ConversationItem] = []
        var messages = 0
        let newest = openAI.conversations.allItems(of: threadID, order: .descending, include: [.fileSearchResults])
        for try await item in newest {
            if case .message(let message) = item, message.isUserMessage || message.isFinalAnswer { messages += 1 }
            if messages > limit { break }
            items.append(item)
        }
        return UpstreamMessage.messages(in: items.reversed())
    }

    func deleteThread(
        _ thread: PendingThreadDeletion,
        responses: [String],
        at elsewhere: OpenAIClient?
    ) async throws {
        try await (elsewhere ?? openAI)
            .deleteThread(thread.id, over: thread.upstreamProtocol ?? upstreamProtocol, with: responses)
    }

    private func request(_ question: UpstreamQuestion) -> ResponseRequest {
        var request = ResponseRequest(
            model: question.modelSettings.model ?? model,
            input: [.user(question.text)],
            conversation: question.threadID,
            instructions: question.instructions
        )
        request.tools = [
            .fileSearch(
                FileSearchTool(
                    vectorStoreIDs: [question.corpus.vectorStoreID],
                    filter: RevisionScheme.attributes.filter(forRevision: question.corpus.revision)
                )
            )
        ]
        request.include = [.fileSearchResults]
        let settings = question.modelSettings
        request.reasoningEffort = settings.effort(orElse: reasoningEffort)
        request.verbosity = settings.verbosity
        request.maximumOutputTokens = settings.maximumOutputTokens
        (request.temperature, request.topP) = (settings.temperature, settings.topP)
        request.safetyIdentifier = question.user.pseudonym
        request.promptCacheKey = "policy-assistant:\(question.corpus.revision)"
        return request
    }
}
