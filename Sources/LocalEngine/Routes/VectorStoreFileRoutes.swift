internal import HTTPTypes
internal import Hummingbird

/// The routes of `/v1/vector_stores/{id}/files`.
struct VectorStoreFileRoutes: Sendable {
    let files: VectorStoreFileRepository
    let reader: FileReader

    /// Adds the routes.
    func add(to builder: inout RouteBuilder) {
        builder.on(.post, "vector_stores/:store/files") { request, context in
            let body = try await request.fields(known: Attachment.fields)
            return try await files.attach(Attachment(body), to: context.id("store")).json
        }
        builder.on(.get, "vector_stores/:store/files") { request, context in
            let (page, status) = (try request.page(before: true), try request.statusFilter())
            return try await files.list(page, in: context.id("store"), status: status).list(id: \.fileID, \.json)
        }
        builder.on(.get, "vector_stores/:store/files/:file") { _, context in
            try await files.file(context.id("file"), in: context.id("store")).json
        }
        builder.on(.post, "vector_stores/:store/files/:file") { request, context in
            let body = try await request.fields(known: ["attributes"])
            guard let attributes = try body.attributes() ?? (body.isNull("attributes") ? [:] : nil) else {
                throw APIError.missing("attributes")
            }
            return try await files.update(context.id("file"), in: context.id("store"), attributes: attributes).json
        }
        builder.on(.delete, "vector_stores/:store/files/:file") { _, context -> JSONValue in
            let id = try context.id("file")
            try await files.detach(id, from: context.id("store"))
            return ["id": .string(id), "object": "vector_store.file.deleted", "deleted": true]
        }
        builder.on(.get, "vector_stores/:store/files/:file/content") { request, context -> JSONValue in
            let file = try await files.file(context.id("file"), in: context.id("store"))
            // A header of the engine's own, which other servers ignore.
            let asMarkdown = request.headers.contains {
                $0.name.canonicalName == "x-text-format" && $0.value == "markdown"
            }
            let texts =
                file.status == .completed ? [try await reader.text(of: file.fileID, asMarkdown: asMarkdown)] : []
            return [
                "object": "vector_store.file_content.page",
                "data": .array(texts.map { ["type": "text", "text": .string($0)] }),
                "has_more": false,
                "next_page": nil,
            ]
        }
    }
}
