internal import HTTPTypes
internal import Hummingbird

/// The routes of `/v1/vector_stores/{id}/files`.
struct VectorStoreFileRoutes: Sendable {
    let files: VectorStoreFileRepository
    let reader: FileReader

    /// Adds the routes.
    func add(to book: inout RouteBuilder) {
        book.on(.post, "vector_stores/:store/files") { request, context in
            let body = try await request.fields(known: Attachment.fields)
            return try await files.attach(Attachment(body), to: context.id("store")).wire
        }
        book.on(.get, "vector_stores/:store/files") { request, context in
            let (page, status) = (try request.page(before: true), try request.statusFilter())
            return try await files.list(page, in: context.id("store"), status: status).list(id: \.fileID, \.wire)
        }
        book.on(.get, "vector_stores/:store/files/:file") { _, context in
            try await files.file(context.id("file"), in: context.id("store")).wire
        }
        book.on(.post, "vector_stores/:store/files/:file") { request, context in
            let body = try await request.fields(known: ["attributes"])
            guard let attributes = try body.attributes() ?? (body.isNull("attributes") ? [:] : nil) else {
                throw APIError.missing("attributes")
            }
            return try await files.update(context.id("file"), in: context.id("store"), attributes: attributes).wire
        }
        book.on(.delete, "vector_stores/:store/files/:file") { _, context -> JSONValue in
            let id = try context.id("file")
            try await files.detach(id, from: context.id("store"))
            return ["id": .string(id), "object": "vector_store.file.deleted", "deleted": true]
        }
        book.on(.get, "vector_stores/:store/files/:file/content") { request, context -> JSONValue in
            let file = try await files.file(context.id("file"), in: context.id("store"))
            // A header of the engine's own, which other servers pass over.
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

extension Attachment {
    /// The fields of a request that attaches a file.
    static let fields: Set<String> = ["file_id", "attributes", "chunking_strategy"]

    /// Reads a request, or a part of one, that attaches a file.
    init(_ fields: RequestFields) throws(APIError) {
        self.init(
            fileID: try fields.requiredString("file_id"),
            attributes: try fields.attributes() ?? [:],
            chunking: try fields.chunking() ?? .automatic
        )
    }
}

extension VectorStoreFile {
    /// The file as the API shows it, with `warnings` of the engine's own where there are such.
    var wire: JSONValue {
        var fields: [String: JSONValue] = [
            "id": .string(fileID),
            "object": "vector_store.file",
            "usage_bytes": .integer(usageBytes),
            "created_at": .integer(createdAt),
            "vector_store_id": .string(storeID),
            "status": .string(status.rawValue),
            "last_error": failure.map { ["code": .string($0.code), "message": .string($0.message)] } ?? .null,
            "chunking_strategy": chunking.wire,
            "attributes": .object(attributes),
        ]
        if !warnings.isEmpty { fields["warnings"] = .array(warnings.map { .string($0) }) }
        return .object(fields)
    }
}

extension ChunkingStrategy {
    /// The strategy as the API shows it.
    fileprivate var wire: JSONValue {
        [
            "type": "static",
            "static": ["max_chunk_size_tokens": .integer(size), "chunk_overlap_tokens": .integer(overlap)],
        ]
    }
}
