public import FoundationEssentials

/// Assistants: `/assistants`.
public struct AssistantsAPI: Sendable {
    let transport: Transport

    /// Creates an assistant.
    ///
    /// Each call creates a new one. If the response is lost, unique metadata identifies it in a list.
    public func create(_ request: AssistantRequest) async throws(OpenAIError) -> OpenAIAssistant {
        try await transport.value(.post("assistants", json: request).ofAssistants)
    }

    /// Retrieves an assistant.
    public func retrieve(_ id: String) async throws(OpenAIError) -> OpenAIAssistant {
        try await transport.value(.get("assistants", id).ofAssistants)
    }

    /// Changes the fields of an assistant that the request sets; runs that have started keep the old ones.
    ///
    /// - Returns: The changed assistant.
    @discardableResult
    public func update(_ id: String, _ request: AssistantRequest) async throws(OpenAIError) -> OpenAIAssistant {
        try await transport.value(.post("assistants", id, json: request).ofAssistants)
    }

    /// Deletes an assistant; its vector stores and its threads remain.
    ///
    /// - Returns: Whether it existed.
    @discardableResult
    public func delete(_ id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("assistants", id).ofAssistants)
    }

    /// One page of the assistants.
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

/// An assistant: a model with instructions, tools and a vector store to search.
public struct OpenAIAssistant: Sendable, Hashable, Decodable {
    /// The assistant's ID.
    public let id: String
    /// Its name, if it has one.
    public let name: String?
    /// Its description, if it has one.
    public let description: String?
    /// The model that answers.
    public let model: String
    /// The instructions to the model.
    public let instructions: String?
    /// The tools that the model may use.
    public let tools: [AssistantTool]
    /// The IDs of the vector stores that its file search searches: one at most.
    public let vectorStoreIDs: [String]
    /// Its metadata.
    public let metadata: [String: String]
    /// When it was created.
    public let createdAt: Date?

    private enum CodingKeys: String, CodingKey {
        case id, name, description, model, instructions, tools, metadata
        case toolResources = "tool_resources"
        case createdAt = "created_at"
    }

    /// Decodes an assistant; only its ID is required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        name = try fields.decodeIfPresent(String.self, forKey: .name)
        description = try fields.decodeIfPresent(String.self, forKey: .description)
        model = try fields.decode(.model, or: "")
        instructions = try fields.decodeIfPresent(String.self, forKey: .instructions)
        tools = try fields.decode(.tools, or: [])
        vectorStoreIDs = try fields.decode(.toolResources, or: ToolResources()).vectorStoreIDs
        metadata = try fields.decodeMap(.metadata)
        createdAt = try fields.decodeDate(.createdAt)
    }
}

extension APICall {
    /// The call with the header that the routes of assistants and threads require.
    var ofAssistants: APICall {
        var call = self
        call.headers["OpenAI-Beta"] = "assistants=v2"
        return call
    }
}
