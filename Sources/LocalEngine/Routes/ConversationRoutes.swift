internal import Hummingbird

/// The routes of `/v1/conversations` and their items.
struct ConversationRoutes: Sendable {
    /// The maximum number of items that one request adds.
    private static let maximumItems = 20

    let conversations: ConversationRepository

    /// Adds the routes.
    func add(to builder: inout RouteBuilder) {
        builder.on(.post, "conversations") { request, _ in
            let body = try await request.fields(known: ["metadata", "items"], optional: true)
            let (metadata, items) = (try body.metadata() ?? [:], try items(body) ?? [])
            return try await conversations.create(metadata: metadata, items: items.map { try $0.stored() }).json
        }
        builder.on(.get, "conversations/:conversation") { _, context in
            try await conversations.conversation(context.id("conversation")).json
        }
        builder.on(.post, "conversations/:conversation") { request, context in
            let body = try await request.fields(known: ["metadata"])
            guard let metadata = try body.metadata() ?? (body.isNull("metadata") ? [:] : nil) else {
                throw APIError.missing("metadata")
            }
            return try await conversations.update(context.id("conversation"), metadata: metadata).json
        }
        builder.on(.delete, "conversations/:conversation") { _, context -> JSONValue in
            let id = try context.id("conversation")
            try await conversations.delete(id)
            return ["id": .string(id), "object": "conversation.deleted", "deleted": true]
        }
        addItems(to: &builder)
    }

    private func addItems(to builder: inout RouteBuilder) {
        builder.on(.post, "conversations/:conversation/items") { request, context in
            let (body, options) = (try await request.fields(known: ["items"]), try request.include())
            guard let items = try items(body) else { throw APIError.missing("items") }
            try await conversations.add(items.map { try $0.stored() }, to: context.id("conversation"))
            return Page(elements: items, hasMore: false).list(id: \.id) { $0.json(including: options) }
        }
        builder.on(.get, "conversations/:conversation/items") { request, context in
            let (page, options) = (try request.page(), try request.include())
            return try await conversations.items(page, of: context.id("conversation"))
                .list(id: \.id) { try ResponseItem($0).json(including: options) }
        }
        builder.on(.get, "conversations/:conversation/items/:item") { request, context in
            let options = try request.include()
            let item = try await conversations.item(context.id("item"), of: context.id("conversation"))
            return try ResponseItem(item).json(including: options)
        }
        builder.on(.delete, "conversations/:conversation/items/:item") { _, context in
            try await conversations.deleteItem(context.id("item"), of: context.id("conversation")).json
        }
    }

    private func items(_ body: RequestFields) throws(APIError) -> [ResponseItem]? {
        guard let elements = try body.elements("items", maximum: Self.maximumItems) else { return nil }
        var items: [ResponseItem] = []
        for (value, param) in elements { items.append(try ResponseItem(request: value, at: param)) }
        return items
    }
}
