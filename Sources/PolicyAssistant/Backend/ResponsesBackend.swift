internal import OpenAI

/// Conversations and responses, as the domain uses them: threads that can be made, asked, read and deleted.
struct ResponsesBackend: Sendable {
    let openAI: OpenAIClient
    let model: String
    let reasoningEffort: String

    /// The name of the protocol in records.
    static let name = Settings.UpstreamProtocol.responses.rawValue
    /// The most messages that a new conversation can begin with.
    private static let mostCarriedMessages = 20

    /// A question in a thread, over the documents of one revision.
    struct Question: Sendable {
        let text: String
        let user: UserID
        let threadID: String
        let corpus: Corpus
        let instructions: String
    }

    /// Makes a thread that begins with the newest part of what was said before, and returns its ID.
    func makeThread(for user: UserID, beginningWith history: [UpstreamMessage] = []) async throws -> String {
        let items = history.suffix(Self.mostCarriedMessages).map { message in
            InputMessage(
                role: message.role == .user ? .user : .assistant,
                content: CitationMarks.removed(from: message.text)
            )
        }
        return try await openAI.conversations.create(
            metadata: ["app": "policy-assistant", "user": user.pseudonym],
            items: items.isEmpty ? nil : items
        ).id
    }

    /// Asks, and waits for the whole answer.
    func ask(_ question: Question) async throws -> UpstreamAnswer {
        try UpstreamAnswer(try await openAI.responses.create(request(question)))
    }

    /// Asks, and returns once upstream has begun to answer.
    func stream(_ question: Question) async throws -> ResponsesBackendEvents {
        ResponsesBackendEvents(try await openAI.responses.stream(request(question)))
    }

    /// Returns what was said in a thread, oldest first: the newest `limit` messages of it.
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

    /// Deletes a thread with all that was said in it.
    ///
    /// What is gone already is as good.
    func deleteThread(_ id: String) async throws {
        // Deleting the conversation alone would leave its items behind.
        var items: [String] = []
        try await ignoringAbsence {
            items = try await openAI.conversations.allItems(of: id).collect().compactMap(\.id)
        }
        for item in items {
            try await ignoringAbsence { _ = try await openAI.conversations.deleteItem(item, of: id) }
        }
        try await ignoringAbsence { try await openAI.conversations.delete(id) }
    }

    private func request(_ question: Question) -> ResponseRequest {
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
                    filter: DocumentIndex.filter(forRevision: question.corpus.revision)
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
