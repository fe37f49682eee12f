internal import Hummingbird

/// The routes of `/v1/conversations` and their items.
struct ConversationRoutes: Sendable {
    /// The most items that one request adds.
    private static let maximumItems = 20

    let conversations: ConversationRepository

    /// Adds the routes.
    func add(to book: inout RouteBuilder) {
        book.on(.post, "conversations") { request, _ in
            let body = try await request.fields(known: ["metadata", "items"], optional: true)
            let (metadata, items) = (try body.metadata() ?? [:], try items(body) ?? [])
            return try await conversations.create(metadata: metadata, items: items).wire
        }
        book.on(.get, "conversations/:conversation") { _, context in
            try await conversations.conversation(context.id("conversation")).wire
        }
        book.on(.post, "conversations/:conversation") { request, context in
            let body = try await request.fields(known: ["metadata"])
            guard let metadata = try body.metadata() ?? (body.isNull("metadata") ? [:] : nil) else {
                throw APIError.missing("metadata")
            }
            return try await conversations.update(context.id("conversation"), metadata: metadata).wire
        }
        book.on(.delete, "conversations/:conversation") { _, context -> JSONValue in
            let id = try context.id("conversation")
            try await conversations.delete(id)
            return ["id": .string(id), "object": "conversation.deleted", "deleted": true]
        }
        addItems(to: &book)
    }

    private func addItems(to book: inout RouteBuilder) {
        book.on(.post, "conversations/:conversation/items") { request, context in
            let (body, inclusions) = (try await request.fields(known: ["items"]), try request.include())
            guard let items = try items(body) else { throw APIError.missing("items") }
            try await conversations.add(items, to: context.id("conversation"))
            return Page(elements: items, hasMore: false).list(id: \.id) { $0.wire(including: inclusions) }
        }
        book.on(.get, "conversations/:conversation/items") { request, context in
            let (page, inclusions) = (try request.page(), try request.include())
            return try await conversations.items(page, of: context.id("conversation"))
                .list(id: \.id) { $0.wire(including: inclusions) }
        }
        book.on(.get, "conversations/:conversation/items/:item") { request, context in
            let inclusions = try request.include()
            return try await conversations.item(context.id("item"), of: context.id("conversation"))
                .wire(including: inclusions)
        }
        book.on(.delete, "conversations/:conversation/items/:item") { _, context in
            try await conversations.deleteItem(context.id("item"), of: context.id("conversation")).wire
        }
    }

    private func items(_ body: RequestFields) throws(APIError) -> [ConversationItem]? {
        guard let elements = try body.elements("items", maximum: Self.maximumItems) else { return nil }
        var items: [ConversationItem] = []
        for (value, param) in elements { items.append(try ConversationItem(request: value, at: param)) }
        return items
    }
}

extension Conversation {
    /// The conversation as the API shows it.
    var wire: JSONValue {
        [
            "id": .string(id),
            "object": "conversation",
            "created_at": .integer(createdAt),
            "metadata": metadata.wire,
        ]
    }
}
