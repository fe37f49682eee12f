internal import Hummingbird

/// The routes of `/v1/vector_stores`.
struct VectorStoreRoutes: Sendable {
    let stores: VectorStoreRepository

    /// Adds the routes.
    func add(to builder: inout RouteBuilder) {
        builder.on(.post, "vector_stores") { request, _ in try await json(create(request)) }
        builder.on(.get, "vector_stores") { request, _ in
            try await stores.list(request.page(before: true)).list(id: \.id, json)
        }
        builder.on(.get, "vector_stores/:store") { _, context in
            try await json(stores.store(context.id("store")))
        }
        builder.on(.post, "vector_stores/:store") { request, context in
            try await json(update(context.id("store"), request))
        }
        builder.on(.delete, "vector_stores/:store") { _, context -> JSONValue in
            let id = try context.id("store")
            try await stores.delete(id)
            return ["id": .string(id), "object": "vector_store.deleted", "deleted": true]
        }
    }

    private func create(_ request: Request) async throws -> VectorStore {
        let fields = try await request.fields(
            known: ["file_ids", "name", "description", "expires_after", "chunking_strategy", "metadata"],
            optional: true
        )
        let description = VectorStore.Description(
            name: try fields.string("name"),
            text: try fields.string("description"),
            metadata: try fields.metadata() ?? [:],
            expiresAfterDays: try fields.expirationDays()
        )
        let chunking = try fields.chunking() ?? .automatic
        let files = try fields.strings("file_ids", maximum: 500) ?? []
        return try await stores.create(description, files: files.map { Attachment(fileID: $0, chunking: chunking) })
    }

    private func update(_ id: String, _ request: Request) async throws -> VectorStore {
        let fields = try await request.fields(known: ["name", "expires_after", "metadata"])
        let (name, metadata, days) = (try fields.string("name"), try fields.metadata(), try fields.expirationDays())
        return try await stores.update(id) { description in
            if name != nil || fields.isNull("name") { description.name = name }
            if metadata != nil || fields.isNull("metadata") { description.metadata = metadata ?? [:] }
            if days != nil || fields.isNull("expires_after") { description.expiresAfterDays = days }
        }
    }

    private func json(_ store: VectorStore) -> JSONValue {
        store.json(at: stores.clock.now)
    }
}
