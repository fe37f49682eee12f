extension Page {
    /// The page as the API's list object.
    func list(id: (Element) -> String, _ json: (Element) throws -> JSONValue) rethrows -> JSONValue {
        [
            "object": "list",
            "data": .array(try elements.map(json)),
            "first_id": .optional(elements.first.map(id)),
            "last_id": .optional(elements.last.map(id)),
            "has_more": .bool(hasMore),
        ]
    }
}

extension Page<StoredObject> {
    /// The page of objects as the API's list object.
    var list: JSONValue {
        get throws { try list(id: \.id) { try JSONValue($0.body) } }
    }
}

extension UploadedFile {
    /// The file as JSON.
    var json: JSONValue {
        [
            "id": .string(id),
            "object": "file",
            "bytes": .integer(bytes),
            "created_at": .integer(createdAt),
            "expires_at": .optional(expiresAt),
            "filename": .string(filename),
            "purpose": .string(purpose),
            "status": "processed",
            "status_details": nil,
        ]
    }
}

extension VectorStore {
    /// The store as JSON at a time.
    func json(at now: Int) -> JSONValue {
        [
            "id": .string(id),
            "object": "vector_store",
            "created_at": .integer(createdAt),
            // OpenAI sends null for a store without a name; its OpenAPI document and its SDKs require a string.
            "name": .string(description.name ?? ""),
            "description": .optional(description.text),
            "usage_bytes": .integer(usageBytes),
            "file_counts": counts.json,
            "status": .string(status(at: now).rawValue),
            "expires_after": description.expiresAfterDays.map { ["anchor": "last_active_at", "days": .integer($0)] }
                ?? .null,
            "expires_at": .optional(expiresAt),
            "last_active_at": .integer(lastActiveAt),
            "metadata": description.metadata.json,
        ]
    }
}

extension FileCounts {
    /// The counts as JSON.
    var json: JSONValue {
        [
            "in_progress": .integer(inProgress),
            "completed": .integer(completed),
            "failed": .integer(failed),
            "cancelled": .integer(cancelled),
            "total": .integer(total),
        ]
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
    /// The file as JSON, with the engine's own field `warnings` if there are any.
    var json: JSONValue {
        var fields: [String: JSONValue] = [
            "id": .string(fileID),
            "object": "vector_store.file",
            "usage_bytes": .integer(usageBytes),
            "created_at": .integer(createdAt),
            "vector_store_id": .string(storeID),
            "status": .string(status.rawValue),
            "last_error": failure.map { ["code": .string($0.code), "message": .string($0.message)] } ?? .null,
            "chunking_strategy": chunking.json,
            "attributes": attributes.json,
        ]
        if !warnings.isEmpty { fields["warnings"] = .array(warnings.map { .string($0) }) }
        return .object(fields)
    }
}

extension ChunkingStrategy {
    /// The strategy as JSON.
    fileprivate var json: JSONValue {
        [
            "type": "static",
            "static": ["max_chunk_size_tokens": .integer(size), "chunk_overlap_tokens": .integer(overlap)],
        ]
    }
}

extension FileBatch {
    /// The batch as JSON, with the engine's own field `warned_files` if there are any.
    var json: JSONValue {
        var fields: [String: JSONValue] = [
            "id": .string(id),
            "object": "vector_store.files_batch",
            "created_at": .integer(createdAt),
            "vector_store_id": .string(storeID),
            "status": .string(status.rawValue),
            "file_counts": counts.json,
        ]
        if !warnedFiles.isEmpty { fields["warned_files"] = .array(warnedFiles.map { .string($0) }) }
        return .object(fields)
    }
}
