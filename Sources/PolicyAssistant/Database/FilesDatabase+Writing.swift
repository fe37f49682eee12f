internal import Redis

/// Changes of the files database: several keys at once, and only by the holder of the sync's lock.
extension FilesDatabase {
    /// A change that keeps the sets and the hashes they name consistent.
    enum Write: Sendable {
        /// Sets fields of the hash `corpus`.
        case setCorpus(fields: [String: String])
        case unsetCorpus(field: String)
        /// Creates or replaces a document's record.
        case saveDocument(IndexedDocument)
        /// Sets fields of an existing record.
        case updateDocument(path: String, fields: [String: String])
        case clearRetirement(path: String)
        case removeDocument(path: String)
        /// Creates or replaces the record of an upload.
        case saveUpload(PendingUpload)
        case setUploadedFile(path: String, fileID: String)
        case removeUpload(path: String)
        /// Lists a file for deletion upstream, or removes a deleted one from the list.
        case trashFile(id: String)
        case untrashFile(id: String)
        /// Lists a vector store for deletion upstream, or removes a deleted one from the list.
        case trashVectorStore(id: String)
        case untrashVectorStore(id: String)
        /// Records what stays at an upstream that is no longer used, or that it is deleted.
        case addOrphan(OrphanedResource)
        case removeOrphan(OrphanedResource)
        /// Records the name of an upload that may still appear upstream, or that it is no longer looked for.
        case addLostUpload(name: String)
        case removeLostUpload(name: String)
        /// Records that upstream cannot read a document, or that this no longer holds.
        case addRejection(path: String, Rejection)
        case removeRejection(path: String)
        case indexDocument(path: String)
        case indexUpload(path: String)

        /// The commands that make the change, each of one key.
        var commands: [RedisCommand] {
            switch self {
            case .setCorpus(let fields): [.hset(RedisKey.corpus.name, fields)]
            case .unsetCorpus(let field): [.hdel(RedisKey.corpus.name, [field])]
            case .saveDocument(let document):
                [
                    .del(RedisKey.document(document.path).name),
                    .hset(RedisKey.document(document.path).name, document.fields),
                    .sadd(RedisKey.documents.name, [document.path]),
                ]
            case .updateDocument(let path, let fields): [.hset(RedisKey.document(path).name, fields)]
            case .clearRetirement(let path): [.hdel(RedisKey.document(path).name, ["retiring_at"])]
            case .removeDocument(let path):
                [.del(RedisKey.document(path).name), .srem(RedisKey.documents.name, [path])]
            case .saveUpload(let upload):
                [
                    .del(RedisKey.upload(upload.path).name),
                    .hset(RedisKey.upload(upload.path).name, upload.fields),
                    .sadd(RedisKey.uploads.name, [upload.path]),
                ]
            case .setUploadedFile(let path, let fileID): [.hset(RedisKey.upload(path).name, ["file_id": fileID])]
            case .removeUpload(let path):
                [.del(RedisKey.upload(path).name), .srem(RedisKey.uploads.name, [path])]
            case .trashFile(let id): [.sadd(RedisKey.trashedFiles.name, [id])]
            case .untrashFile(let id): [.srem(RedisKey.trashedFiles.name, [id])]
            case .trashVectorStore(let id): [.sadd(RedisKey.trashedVectorStores.name, [id])]
            case .untrashVectorStore(let id): [.srem(RedisKey.trashedVectorStores.name, [id])]
            case .addOrphan(let resource): [.hset(RedisKey.orphans.name, [resource.field: resource.upstream])]
            case .removeOrphan(let resource): [.hdel(RedisKey.orphans.name, [resource.field])]
            case .addLostUpload(let name): [.sadd(RedisKey.lostUploads.name, [name])]
            case .removeLostUpload(let name): [.srem(RedisKey.lostUploads.name, [name])]
            case .addRejection(let path, let rejection): [.hset(RedisKey.rejections.name, [path: rejection.json])]
            case .removeRejection(let path): [.hdel(RedisKey.rejections.name, [path])]
            case .indexDocument(let path): [.sadd(RedisKey.documents.name, [path])]
            case .indexUpload(let path): [.sadd(RedisKey.uploads.name, [path])]
            }
        }
    }

    /// Writes several changes in one step, provided that the lease is still held.
    ///
    /// - Throws: The lease's ``Lease/lossError``, with nothing written, where it is not held;
    ///   ``PolicyAssistantError`` with the code `storeUnavailable`.
    func write(_ writes: [Write], holding lease: Lease) async throws {
        guard !writes.isEmpty else { return }
        let isHeld = try await redis.run(DocumentScripts.write(writes.flatMap(\.commands), holding: lease))
        guard isHeld else { throw lease.lossError }
    }
}
