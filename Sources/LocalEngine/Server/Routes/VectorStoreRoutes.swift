internal import Hummingbird

/// The routes of `/v1/vector_stores`.
struct VectorStoreRoutes: Sendable {
    let stores: VectorStoreRepository

    /// Adds the routes.
    func add(to book: inout RouteBuilder) {
        book.on(.post, "vector_stores") { request, _ in try await wire(create(request)) }
        book.on(.get, "vector_stores") { request, _ in
            try await stores.list(request.page(before: true)).list(id: \.id, wire)
        }
        book.on(.get, "vector_stores/:store") { _, context in
            try await wire(stores.store(context.id("store")))
        }
        book.on(.post, "vector_stores/:store") { request, context in
            try await wire(update(context.id("store"), request))
        }
        book.on(.delete, "vector_stores/:store") { _, context -> JSONValue in
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

    private func wire(_ store: VectorStore) -> JSONValue {
        store.wire(at: stores.clock.now)
    }
}

extension VectorStore {
    /// The store as the API shows it at a time.
    func wire(at now: Int) -> JSONValue {
        [
            "id": .string(id),
            "object": "vector_store",
            "created_at": .integer(createdAt),
            // OpenAI itself says null of a store without a name; its document and its SDKs want a string.
            "name": .string(description.name ?? ""),
            "description": .optional(description.text),
            "usage_bytes": .integer(usageBytes),
            "file_counts": counts.wire,
            "status": .string(status(at: now).rawValue),
            "expires_after": description.expiresAfterDays.map { ["anchor": "last_active_at", "days": .integer($0)] }
                ?? .null,
            "expires_at": .optional(expiresAt),
            "last_active_at": .integer(lastActiveAt),
            "metadata": description.metadata.wire,
        ]
    }
}

extension FileCounts {
    /// The counts as the API shows them.
    var wire: JSONValue {
        [
            "in_progress": .integer(inProgress),
            "completed": .integer(completed),
            "failed": .integer(failed),
            "cancelled": .integer(cancelled),
            "total": .integer(total),
        ]
    }
}
