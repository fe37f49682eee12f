internal import FoundationEssentials
internal import Redis

/// Changes of the files database: several keys at once, and only by the holder of the sync's lock.
extension FilesDatabase {
    /// A change that leaves the sets and the hashes they name in step.
    enum Write: Sendable {
        /// Sets fields of the hash `corpus`.
        case setCorpus(fields: [String: String])
        case unsetCorpus(field: String)
        /// Makes or replaces a document's record.
        case saveDocument(IndexedDocument)
        /// Sets fields of a record that is there.
        case updateDocument(path: String, fields: [String: String])
        case clearRetirement(path: String)
        case removeDocument(path: String)
        /// Makes or replaces the record of an upload.
        case saveUpload(PendingUpload)
        case setUploadedFile(path: String, fileID: String)
        case removeUpload(path: String)
        /// Puts a file into the trash, or takes one out that is gone.
        case trashFile(id: String)
        case untrashFile(id: String)
        /// Puts a vector store into the trash, or takes one out that is gone.
        case trashVectorStore(id: String)
        case untrashVectorStore(id: String)
        /// Notes what stays at an upstream that is no longer used, or strikes it off once it is gone.
        case addOrphan(OrphanedResource)
        case removeOrphan(OrphanedResource)
        /// Notes the name of an upload that may turn up yet, or that need not be looked for any more.
        case addLostUpload(name: String)
        case removeLostUpload(name: String)
        /// Notes that upstream could not read a document, or strikes that off.
        case addRejection(path: String, Rejection)
        case removeRejection(path: String)
        case indexDocument(path: String)
        case indexUpload(path: String)

        /// The commands that make the change.
        var commands: [[String]] {
            switch self {
            case .setCorpus(let fields): [["HSET", Corpus.key] + fields.words]
            case .unsetCorpus(let field): [["HDEL", Corpus.key, field]]
            case .saveDocument(let file):
                [
                    ["DEL", file.key], ["HSET", file.key] + file.fields.words,
                    ["SADD", FilesDatabase.documentsKey, file.path],
                ]
            case .updateDocument(let path, let fields): [["HSET", IndexedDocument.prefix + path] + fields.words]
            case .clearRetirement(let path): [["HDEL", IndexedDocument.prefix + path, "retiring_at"]]
            case .removeDocument(let path):
                [["DEL", IndexedDocument.prefix + path], ["SREM", FilesDatabase.documentsKey, path]]
            case .saveUpload(let upload):
                [
                    ["DEL", upload.key], ["HSET", upload.key] + upload.fields.words,
                    ["SADD", FilesDatabase.uploadsKey, upload.path],
                ]
            case .setUploadedFile(let path, let fileID): [["HSET", PendingUpload.prefix + path, "file_id", fileID]]
            case .removeUpload(let path):
                [["DEL", PendingUpload.prefix + path], ["SREM", FilesDatabase.uploadsKey, path]]
            case .trashFile(let fileID): [["SADD", FilesDatabase.trashKey, fileID]]
            case .untrashFile(let fileID): [["SREM", FilesDatabase.trashKey, fileID]]
            case .trashVectorStore(let id): [["SADD", FilesDatabase.trashedStoresKey, id]]
            case .untrashVectorStore(let id): [["SREM", FilesDatabase.trashedStoresKey, id]]
            case .addOrphan(let thing): [["HSET", OrphanedResource.key, thing.field, thing.upstream]]
            case .removeOrphan(let thing): [["HDEL", OrphanedResource.key, thing.field]]
            case .addLostUpload(let name): [["SADD", FilesDatabase.lostKey, name]]
            case .removeLostUpload(let name): [["SREM", FilesDatabase.lostKey, name]]
            case .addRejection(let path, let rejection): [["HSET", Rejection.key, path, rejection.json]]
            case .removeRejection(let path): [["HDEL", Rejection.key, path]]
            case .indexDocument(let path): [["SADD", FilesDatabase.documentsKey, path]]
            case .indexUpload(let path): [["SADD", FilesDatabase.uploadsKey, path]]
            }
        }
    }

    /// Writes several keys at once, provided that the lock is still held.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `syncLockLost`, with nothing written, where it is not.
    func write(_ writes: [Write], holding lease: Lease) async throws {
        guard !writes.isEmpty else { return }
        let commands = try JSONEncoder().encode(writes.flatMap(\.commands))
        let written = try await redis.ask(
            Self.guardedWrite,
            keys: lease.keys,
            arguments: [lease.token, String(decoding: commands, as: UTF8.self)]
        )
        guard written.integer == 1 else { throw Lease.lost }
    }

    /// Runs a list of commands as one, if the caller still holds the lock.
    private static let guardedWrite = RedisScript(
        """
        for _, key in ipairs(KEYS) do
            if redis.call('GET', key) ~= ARGV[1] then return 0 end
        end
        for _, command in ipairs(cjson.decode(ARGV[2])) do redis.call(unpack(command)) end
        return 1
        """,
        repeatable: true
    )
}

extension [String: String] {
    /// Fields and values in turn, in the order of the fields.
    fileprivate var words: [String] { sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] } }
}
