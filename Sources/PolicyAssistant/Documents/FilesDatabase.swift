internal import FoundationEssentials
public import Redis

/// The Redis database of the uploaded documents: `corpus`, `file:<path>`, `upload:<path>`, `trash` and `lock:sync`.
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

    /// Returns every tracked document, in the order of their paths.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func files() async throws -> [TrackedFile] {
        try await records(TrackedFile.prefix, TrackedFile.init(key:fields:)).sorted { $0.path < $1.path }
    }

    func uploads() async throws -> [PendingUpload] {
        try await records(PendingUpload.prefix, PendingUpload.init(key:fields:)).sorted { $0.path < $1.path }
    }

    func corpusFields() async throws -> [String: String] {
        try await redis.ask(.hgetall(Corpus.key)).dictionary ?? [:]
    }

    func trash() async throws -> [String] {
        try await redis.ask(.smembers(Self.trashKey)).array?.compactMap(\.string).sorted() ?? []
    }

    /// Writes several keys at once, provided that the lock is still held by `token`.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `syncLockLost`, with nothing written, where it is not.
    func write(_ writes: [Write], holding lease: Lease) async throws {
        guard !writes.isEmpty else { return }
        let commands = try JSONEncoder().encode(writes.map(\.words))
        let written = try await redis.ask(
            Self.guardedWrite,
            keys: [lease.key],
            arguments: [lease.token, String(decoding: commands, as: UTF8.self)]
        )
        guard written.integer == 1 else { throw Lease.lost }
    }

    /// A change of one key.
    enum Write: Sendable {
        case set(key: String, fields: [String: String])
        case unset(key: String, field: String)
        case delete(key: String)
        case discard(fileID: String)
        case forgetDiscarded(fileID: String)

        fileprivate var words: [String] {
            switch self {
            case .set(let key, let fields):
                ["HSET", key] + fields.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
            case .unset(let key, let field): ["HDEL", key, field]
            case .delete(let key): ["DEL", key]
            case .discard(let fileID): ["SADD", FilesDatabase.trashKey, fileID]
            case .forgetDiscarded(let fileID): ["SREM", FilesDatabase.trashKey, fileID]
            }
        }
    }

    private static let trashKey = "trash"
    static let lockKey = "lock:sync"

    /// Runs a list of commands as one, if the caller still holds the lock.
    private static let guardedWrite = RedisScript(
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        for _, command in ipairs(cjson.decode(ARGV[2])) do redis.call(unpack(command)) end
        return 1
        """,
        repeatable: true
    )

    private func records<Record>(
        _ prefix: String,
        _ make: (String, [String: String]) -> Record?
    ) async throws -> [Record] {
        let keys = try await redis.keys(withPrefix: prefix)
        let hashes = try await redis.ask(keys.map { .hgetall($0) })
        return zip(keys, hashes).compactMap { key, hash in hash.dictionary.flatMap { make(key, $0) } }
    }
}
