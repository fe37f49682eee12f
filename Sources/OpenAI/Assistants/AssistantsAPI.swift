/// Assistants: `/assistants`.
public struct AssistantsAPI: Sendable {
    let transport: Transport

    /// Makes an assistant.
    ///
    /// Every call makes a new one; metadata that is ours alone lets it be found again if the answer is lost.
    ///
    /// - Throws: ``OpenAIError``
    public func create(_ request: AssistantRequest) async throws(OpenAIError) -> OpenAIAssistant {
        try await transport.value(.post("assistants", json: request).ofAssistants)
    }

    /// What the API knows of an assistant.
    ///
    /// - Throws: ``OpenAIError``
    public func retrieve(_ id: String) async throws(OpenAIError) -> OpenAIAssistant {
        try await transport.value(.get("assistants", id).ofAssistants)
    }

    /// Changes what the request sets of an assistant; runs that have begun go on with what it was.
    ///
    /// - Returns: The assistant as it is now.
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func update(_ id: String, _ request: AssistantRequest) async throws(OpenAIError) -> OpenAIAssistant {
        try await transport.value(.post("assistants", id, json: request).ofAssistants)
    }

    /// Deletes an assistant; its vector store and its threads remain.
    ///
    /// - Returns: Whether it was still there.
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func delete(_ id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("assistants", id).ofAssistants)
    }

    /// One page of the assistants.
    ///
    /// - Throws: ``OpenAIError``
    public func list(
        limit: Int? = nil,
        order: ListOrder? = nil,
        after: String? = nil
    ) async throws(OpenAIError) -> Page<OpenAIAssistant> {
        let query: APICall.Query = .list(limit: limit, order: order, after: after)
        return try await transport.value(.get("assistants", query: query).ofAssistants)
    }

    /// All assistants, newest first.
    public func all() -> PagedSequence<OpenAIAssistant> {
        PagedSequence(after: \.data.last?.id) { cursor throws(OpenAIError) in
            try await list(limit: 100, after: cursor)
        }
    }
}
