public import FoundationEssentials

/// Threads: `/threads`.
public struct ThreadsAPI: Sendable {
    let transport: Transport

    /// Creates a thread.
    ///
    /// - Parameters:
    ///   - messages: The messages that it starts with.
    ///   - vectorStoreIDs: The IDs of its own vector stores: one at most.
    ///   - metadata: Its metadata: at most 16 pairs.
    /// - Returns: The new thread.
    /// - Throws: ``OpenAIError``; after a lost response the thread may exist all the same.
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

    /// Retrieves a thread.
    public func retrieve(_ id: String) async throws(OpenAIError) -> OpenAIThread {
        try await transport.value(.get("threads", id).ofAssistants)
    }

    /// Changes a thread; what is nil stays unchanged.
    ///
    /// - Parameters:
    ///   - id: The thread's ID.
    ///   - vectorStoreIDs: The IDs of its own vector stores: one at most.
    ///   - metadata: Its metadata, which replaces the present metadata.
    /// - Returns: The changed thread.
    /// - Throws: ``OpenAIError`` with code `notFound` for an unknown thread, or as any call.
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
    /// - Returns: Whether it existed.
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

/// A thread: the messages that assistants' runs read and add to.
public struct OpenAIThread: Sendable, Hashable, Decodable {
    /// The thread's ID.
    public let id: String
    /// The IDs of its own vector stores, which runs search in addition to the assistant's: one at most.
    public let vectorStoreIDs: [String]
    /// Its metadata.
    public let metadata: [String: String]
    /// When it was created.
    public let createdAt: Date?

    private enum CodingKeys: String, CodingKey {
        case id, metadata
        case toolResources = "tool_resources"
        case createdAt = "created_at"
    }

    /// Decodes a thread; only its ID is required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        vectorStoreIDs = try fields.decode(.toolResources, or: ToolResources()).vectorStoreIDs
        metadata = try fields.decodeMap(.metadata)
        createdAt = try fields.decodeDate(.createdAt)
    }
}
