internal import FoundationEssentials
internal import Redis

/// Changes of the files database: several keys at once, and only by the holder of the sync's lock.
extension FilesDatabase {
    /// A change that leaves the sets and the hashes they name in step.
    enum Write: Sendable {
        /// Sets fields of the hash `corpus`.
        case corpus(fields: [String: String])
        case unsetCorpus(field: String)
        /// Makes or replaces a document's record.
        case track(IndexedDocument)
        /// Sets fields of a record that is there.
        case amend(path: String, fields: [String: String])
        case unmarkRetirement(path: String)
        case untrack(path: String)
        /// Makes or replaces the record of an upload.
        case begin(PendingUpload)
        case uploaded(path: String, fileID: String)
        case settle(path: String)
        /// Puts a file into the trash, or takes one out that is gone.
        case discard(fileID: String)
        case erased(fileID: String)
        /// Puts a vector store into the trash, or takes one out that is gone.
        case discardStore(id: String)
        case erasedStore(id: String)
        /// Notes what stays at an upstream that is no longer used, or strikes it off once it is gone.
        case leave(OrphanedResource)
        case left(OrphanedResource)
        /// Notes the name of an upload that may turn up yet, or that need not be looked for any more.
        case lose(name: String)
        case found(name: String)
        /// Notes that upstream could not read a document, or strikes that off.
        case reject(path: String, Rejection)
        case unreject(path: String)
        case indexDocument(path: String)
        case indexUpload(path: String)

        /// The commands that make the change.
        var commands: [[String]] {
            switch self {
            case .corpus(let fields): [["HSET", Corpus.key] + fields.words]
            case .unsetCorpus(let field): [["HDEL", Corpus.key, field]]
            case .track(let file):
                [
                    ["DEL", file.key], ["HSET", file.key] + file.fields.words,
                    ["SADD", FilesDatabase.documentsKey, file.path],
                ]
            case .amend(let path, let fields): [["HSET", IndexedDocument.prefix + path] + fields.words]
            case .unmarkRetirement(let path): [["HDEL", IndexedDocument.prefix + path, "retiring_at"]]
            case .untrack(let path):
                [["DEL", IndexedDocument.prefix + path], ["SREM", FilesDatabase.documentsKey, path]]
            case .begin(let upload):
                [
                    ["DEL", upload.key], ["HSET", upload.key] + upload.fields.words,
                    ["SADD", FilesDatabase.uploadsKey, upload.path],
                ]
            case .uploaded(let path, let fileID): [["HSET", PendingUpload.prefix + path, "file_id", fileID]]
            case .settle(let path):
                [["DEL", PendingUpload.prefix + path], ["SREM", FilesDatabase.uploadsKey, path]]
            case .discard(let fileID): [["SADD", FilesDatabase.trashKey, fileID]]
            case .erased(let fileID): [["SREM", FilesDatabase.trashKey, fileID]]
            case .discardStore(let id): [["SADD", FilesDatabase.trashedStoresKey, id]]
            case .erasedStore(let id): [["SREM", FilesDatabase.trashedStoresKey, id]]
            case .leave(let thing): [["HSET", OrphanedResource.key, thing.field, thing.upstream]]
            case .left(let thing): [["HDEL", OrphanedResource.key, thing.field]]
            case .lose(let name): [["SADD", FilesDatabase.lostKey, name]]
            case .found(let name): [["SREM", FilesDatabase.lostKey, name]]
            case .reject(let path, let rejection): [["HSET", Rejection.key, path, rejection.json]]
            case .unreject(let path): [["HDEL", Rejection.key, path]]
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
