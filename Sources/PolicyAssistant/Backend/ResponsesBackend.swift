internal import OpenAI

/// Conversations and responses, as the domain uses them: threads that can be made, asked and deleted.
struct ResponsesBackend: Sendable {
    let openAI: OpenAIClient
    let model: String
    let reasoningEffort: String

    /// The name of the protocol in records.
    static let name = Settings.UpstreamProtocol.responses.rawValue

    /// Makes an empty thread and returns its ID.
    func makeThread(for user: UserID) async throws -> String {
        try await openAI.conversations.create(metadata: ["app": "policy-assistant", "user": user.pseudonym]).id
    }

    /// Asks in a thread, over the documents of one revision, and waits for the whole answer.
    func ask(
        _ question: String,
        by user: UserID,
        in threadID: String,
        of corpus: Corpus,
        instructions: String
    ) async throws -> Response {
        var request = ResponseRequest(
            model: model,
            input: [.user(question)],
            conversation: threadID,
            instructions: instructions
        )
        request.tools = [
            .fileSearch(
                FileSearchTool(
                    vectorStoreIDs: [corpus.vectorStoreID],
                    filter: DocumentIndex.filter(forRevision: corpus.revision)
                )
            )
        ]
        request.include = [.fileSearchResults]
        request.reasoningEffort = reasoningEffort
        request.safetyIdentifier = user.pseudonym
        request.promptCacheKey = "policy-assistant:\(corpus.revision)"
        return try await openAI.responses.create(request)
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
}
