/// Threads: `/threads`.
public struct ThreadsAPI: Sendable {
    let transport: Transport

    /// Makes a thread.
    ///
    /// - Parameters:
    ///   - messages: What it begins with.
    ///   - vectorStoreIDs: A vector store of its own, one at most.
    ///   - metadata: Our own notes on it: at most 16 pairs.
    /// - Returns: The new thread.
    /// - Throws: ``OpenAIError``
    public func create(
        messages: [InputMessage]? = nil,
        vectorStoreIDs: [String]? = nil,
        metadata: [String: String]? = nil
    ) async throws(OpenAIError) -> OpenAIThread {
        let creation = ThreadDescription(
            messages: messages,
            toolResources: vectorStoreIDs.map(ToolResources.init),
            metadata: metadata
        )
        return try await transport.value(.post("threads", json: creation).ofAssistants)
    }

    /// What the API knows of a thread.
    ///
    /// - Throws: ``OpenAIError``
    public func retrieve(_ id: String) async throws(OpenAIError) -> OpenAIThread {
        try await transport.value(.get("threads", id).ofAssistants)
    }

    /// Changes a thread; what is nil stays as it is.
    ///
    /// - Parameters:
    ///   - id: The thread's ID.
    ///   - vectorStoreIDs: The vector store of its own, one at most.
    ///   - metadata: Our own notes on it, which replace the earlier ones.
    /// - Returns: The thread as it is now.
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func update(
        _ id: String,
        vectorStoreIDs: [String]? = nil,
        metadata: [String: String]? = nil
    ) async throws(OpenAIError) -> OpenAIThread {
        let change = ThreadDescription(toolResources: vectorStoreIDs.map(ToolResources.init), metadata: metadata)
        return try await transport.value(.post("threads", id, json: change).ofAssistants)
    }

    /// Deletes a thread with its messages.
    ///
    /// - Returns: Whether it was still there.
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func delete(_ id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("threads", id).ofAssistants)
    }
}

private struct ThreadDescription: Encodable {
    var messages: [InputMessage]?
    var toolResources: ToolResources?
    var metadata: [String: String]?

    enum CodingKeys: String, CodingKey {
        case messages, metadata
        case toolResources = "tool_resources"
    }
}
