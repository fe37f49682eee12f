/// Conversations and their items: `/conversations`.
public struct ConversationsAPI: Sendable {
    let transport: Transport

    /// Makes a conversation.
    ///
    /// - Parameters:
    ///   - metadata: Our own notes on it: at most 16 pairs.
    ///   - items: What it begins with: at most 20 messages.
    /// - Returns: The new conversation.
    /// - Throws: ``OpenAIError``
    public func create(
        metadata: [String: String]? = nil,
        items: [InputMessage]? = nil
    ) async throws(OpenAIError) -> Conversation {
        try await transport.value(
            .post("conversations", json: ConversationCreation(metadata: metadata, items: items))
        )
    }

    /// What the API knows of a conversation.
    ///
    /// - Throws: ``OpenAIError``
    public func retrieve(_ id: String) async throws(OpenAIError) -> Conversation {
        try await transport.value(.get("conversations", id))
    }

    /// Deletes a conversation, but **not its items**: whoever wants those gone deletes them first.
    ///
    /// - Returns: Whether it was still there.
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func delete(_ id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("conversations", id))
    }

    /// One page of a conversation's items.
    ///
    /// - Throws: ``OpenAIError``
    public func items(
        of id: String,
        order: ListOrder? = nil,
        limit: Int? = nil,
        after: String? = nil,
        include: [Include] = []
    ) async throws(OpenAIError) -> Page<ConversationItem> {
        let query = .list(limit: limit, order: order, after: after) + .include(include)
        return try await transport.value(.get("conversations", id, "items", query: query))
    }

    /// All items of a conversation.
    public func allItems(
        of id: String,
        order: ListOrder? = nil,
        include: [Include] = []
    ) -> PagedSequence<ConversationItem> {
        PagedSequence(after: { $0.lastID ?? $0.data.last?.id }) { cursor throws(OpenAIError) in
            try await items(of: id, order: order, limit: 100, after: cursor, include: include)
        }
    }

    /// Adds messages to a conversation: at most 20 at a time.
    ///
    /// - Returns: The items as the API keeps them.
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func createItems(
        _ items: [InputMessage],
        in id: String
    ) async throws(OpenAIError) -> [ConversationItem] {
        try await transport.value(
            .post("conversations", id, "items", json: ["items": items]),
            as: Page<ConversationItem>.self
        ).data
    }

    /// Deletes an item of a conversation.
    ///
    /// - Returns: Whether it was still there.
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func deleteItem(_ itemID: String, of id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("conversations", id, "items", itemID))
    }
}

private struct ConversationCreation: Encodable {
    let metadata: [String: String]?
    let items: [InputMessage]?
}
