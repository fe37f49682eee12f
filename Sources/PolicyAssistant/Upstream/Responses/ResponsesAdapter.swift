internal import OpenAI

/// Conversations and responses, as the domain uses them: threads that can be made, asked, read and deleted.
struct ResponsesAdapter: UpstreamAdapter {
    let openAI: OpenAIClient
    let model: String
    let reasoningEffort: String
    let upstreamProtocol = UpstreamProtocol.responses

    /// The most messages that a new conversation can begin with.
    private static let mostCarriedMessages = 20

    /// Instructions and model go with each response: there is nothing to prepare.
    func prepare(
        _: SyncedAssistant.Record,
        instructions _: String,
        noting _: (_ tag: String) async throws -> Void
    ) async throws -> SyncedAssistant? { nil }

    func makeThread(
        for user: UserID,
        over _: Corpus,
        beginningWith history: [UpstreamMessage]
    ) async throws -> String {
        let items = history.suffix(Self.mostCarriedMessages).map { message in
            InputMessage(role: message.role == .user ? .user : .assistant, content: message.text)
        }
        return try await openAI.conversations.create(
            metadata: ["app": "policy-assistant", "user": user.pseudonym],
            items: items.isEmpty ? nil : items
        ).id
    }

    func hasThread(_ id: String) async throws(OpenAIError) -> Bool {
        try await ifKnown { () throws(OpenAIError) in try await openAI.conversations.retrieve(id) } != nil
    }

    /// Each question says where to search: there is nothing to bind.
    func bind(_: String, to _: Corpus) {}

    func ask(_ question: UpstreamQuestion) async throws -> UpstreamAnswer {
        let response = try await openAI.responses.create(request(question))
        question.onResponse(response.id)
        return try UpstreamAnswer(response)
    }

    func stream(_ question: UpstreamQuestion) async throws -> any AsyncSequence<UpstreamEvent, any Error> & Sendable {
        ResponsesAdapterEvents(
            try await openAI.responses.stream(request(question)),
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

    private func request(_ question: UpstreamQuestion) -> ResponseRequest {
        var request = ResponseRequest(
            model: model,
            input: [.user(question.text)],
            conversation: question.threadID,
            instructions: question.instructions
        )
        request.tools = [
            .fileSearch(
                FileSearchTool(
                    vectorStoreIDs: [question.corpus.vectorStoreID],
                    filter: SharedStoreIndex.filter(forRevision: question.corpus.revision)
                )
            )
        ]
        request.include = [.fileSearchResults]
        request.reasoningEffort = reasoningEffort
        request.safetyIdentifier = question.user.pseudonym
        request.promptCacheKey = "policy-assistant:\(question.corpus.revision)"
        return request
    }
}

extension OpenAIClient {
    /// Deletes a conversation with all that was said in it; what is gone already is as good.
    func deleteConversationAndItems(_ id: String) async throws {
        // Deleting the conversation alone would leave its items behind.
        var items: [String] = []
        try await ignoringAbsence {
            items = try await conversations.allItems(of: id).collect().compactMap(\.id)
        }
        _ = try await items.mapConcurrently(limit: Self.deletionsAtOnce) { item in
            try await ignoringAbsence { _ = try await conversations.deleteItem(item, of: id) }
        }
        try await ignoringAbsence { try await conversations.delete(id) }
    }

    /// Deletes responses, which outlive the conversation that they were made in.
    func deleteResponses(_ ids: [String]) async throws {
        _ = try await ids.mapConcurrently(limit: Self.deletionsAtOnce) { id in
            try await ignoringAbsence { try await responses.delete(id) }
        }
    }

    /// How many parts of a thread are deleted at a time.
    private static let deletionsAtOnce = 4
}
