public import FoundationEssentials

/// Conversations and their items: `/conversations`.
public struct ConversationsAPI: Sendable {
    let transport: Transport

    /// Creates a conversation.
    ///
    /// - Parameters:
    ///   - metadata: Its metadata: at most 16 pairs.
    ///   - items: The messages that it starts with: at most 20.
    /// - Returns: The new conversation.
    /// - Throws: ``OpenAIError``; after a lost response the conversation may exist all the same.
    public func create(
        metadata: [String: String]? = nil,
        items: [InputMessage]? = nil
    ) async throws(OpenAIError) -> Conversation {
        try await transport.value(
            .post("conversations", json: ConversationCreation(metadata: metadata, items: items))
        )
    }

    /// Retrieves a conversation.
    public func retrieve(_ id: String) async throws(OpenAIError) -> Conversation {
        try await transport.value(.get("conversations", id))
    }

    /// Deletes a conversation, but **not its items**, which have to be deleted before it.
    ///
    /// - Returns: Whether it existed.
    @discardableResult
    public func delete(_ id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("conversations", id))
    }

    /// One page of a conversation's items.
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
    /// - Returns: The new items.
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
    /// - Returns: Whether it existed.
    @discardableResult
    public func deleteItem(_ itemID: String, of id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("conversations", id, "items", itemID))
    }
}

private struct ConversationCreation: Encodable {
    let metadata: [String: String]?
    let items: [InputMessage]?
}

/// A conversation that the API stores.
public struct Conversation: Sendable, Hashable, Decodable {
    /// The conversation's ID.
    public let id: String
    /// When it was created.
    public let createdAt: Date?
    /// Its metadata.
    public let metadata: [String: String]

    private enum CodingKeys: String, CodingKey {
        case id, metadata
        case createdAt = "created_at"
    }

    /// Decodes a conversation; only its ID is required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        createdAt = try fields.decodeDate(.createdAt)
        metadata = try fields.decodeMap(.metadata)
    }
}

/// An item of a conversation: output of responses, and messages of all roles.
public typealias ConversationItem = OutputItem
