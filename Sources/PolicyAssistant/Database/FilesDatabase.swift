internal import FoundationEssentials
public import Redis

/// The Redis database of the uploaded documents; docs/ARCHITECTURE.md lists its keys.
///
/// Whatever is read here is read in one round trip, however many documents there are: the sets `documents` and
/// `uploads` name the hashes, and a script reads them all.
public struct FilesDatabase: Sendable {
    let redis: RedisClient

    /// Creates the database's door.
    public init(redis: RedisClient) {
        self.redis = redis
    }

    /// Returns the corpus in force; nil where no sync has ended yet.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func corpus() async throws -> Corpus? {
        Corpus(fields: try await corpusFields())
    }

    /// Returns the corpus in force, where it is held as the settings say.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `notSynced` where it was not, or with `storeUnavailable`.
    func corpus(heldAsIn settings: Settings) async throws -> Corpus {
        guard let corpus = try await corpus(), corpus.isHeld(asIn: settings) else {
            throw PolicyAssistantError.notSynced
        }
        return corpus
    }

    /// Returns every tracked document, in the order of their paths.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func documents() async throws -> [IndexedDocument] {
        try await records(of: Self.documentsKey, IndexedDocument.prefix, IndexedDocument.init(path:fields:))
            .sorted { ExactPath($0.path) < ExactPath($1.path) }
    }

    func uploads() async throws -> [PendingUpload] {
        try await records(of: Self.uploadsKey, PendingUpload.prefix, PendingUpload.init(path:fields:))
            .sorted { ExactPath($0.path) < ExactPath($1.path) }
    }

    func corpusFields() async throws -> [String: String] {
        try await redis.ask(.hgetall(Corpus.key)).dictionary ?? [:]
    }

    /// The IDs of files to delete upstream.
    func trashedFiles() async throws -> [String] {
        try await members(of: Self.trashKey)
    }

    /// The IDs of vector stores to delete upstream.
    func trashedStores() async throws -> [String] {
        try await members(of: Self.trashedStoresKey)
    }

    /// What earlier upstreams hold still, or this one held for another protocol: each thing's upstream.
    func orphanedResources() async throws -> [OrphanedResource] {
        (try await redis.ask(.hgetall(OrphanedResource.key)).dictionary ?? [:]).compactMap(OrphanedResource.init)
    }

    /// The names of uploads that were given up without knowing what became of them.
    func lostUploadNames() async throws -> [String] {
        try await members(of: Self.lostKey)
    }

    /// The documents that upstream could not read, by their paths.
    func rejections() async throws -> [ExactPath: Rejection] {
        let fields = try await redis.ask(.hgetall(Rejection.key)).dictionary ?? [:]
        let rejections = fields.compactMap { path, json in Rejection(json: json).map { (ExactPath(path), $0) } }
        return Dictionary(rejections) { first, _ in first }
    }

    /// Finds the hashes that the sets do not name, and names them.
    ///
    /// - Returns: How many documents were not named.
    @discardableResult
    func rebuildIndex(holding lease: Lease) async throws -> Int {
        let indexed = Set(try await members(of: Self.documentsKey).map(ExactPath.init))
        let paths = try await redis.keys(withPrefix: IndexedDocument.prefix)
            .compactMap { $0.suffix(afterPrefix: IndexedDocument.prefix) }
            .filter { !indexed.contains(ExactPath($0)) }
        let pending = try await redis.keys(withPrefix: PendingUpload.prefix)
            .compactMap { $0.suffix(afterPrefix: PendingUpload.prefix) }
        try await write(paths.map(Write.indexDocument) + pending.map(Write.indexUpload), holding: lease)
        return paths.count
    }

    static let documentsKey = "documents"
    static let uploadsKey = "uploads"
    static let trashKey = "trash"
    static let trashedStoresKey = "trash_stores"
    static let lostKey = "lost"
    static let lockKey = "sync:lock"
    /// The lock's key in earlier versions; where both databases are one, it is the lock of a user called `sync`.
    static let formerLockKey = "lock:sync"

    private func members(of key: String) async throws -> [String] {
        try await redis.ask(.smembers(key)).array?.compactMap(\.string) ?? []
    }

    private func records<Record>(
        of index: String,
        _ prefix: String,
        _ make: (String, [String: String]) -> Record?
    ) async throws -> [Record] {
        let reply = try await redis.ask(Self.readAll, keys: [index], arguments: [prefix]).array ?? []
        return stride(from: 0, to: reply.count - 1, by: 2).compactMap { position in
            guard let path = reply[position].string, let fields = reply[position + 1].dictionary else { return nil }
            return make(path, fields)
        }
    }

    /// Returns the members of a set, each followed by the hash that it names.
    private static let readAll = RedisScript(
        """
        local found = {}
        for _, name in ipairs(redis.call('SMEMBERS', KEYS[1])) do
            found[#found + 1] = name
            found[#found + 1] = redis.call('HGETALL', ARGV[1] .. name)
        end
        return found
        """,
        repeatable: true
    )
}
