internal import FoundationEssentials
public import Redis

/// The Redis database of the uploaded documents.
///
/// All records are read in two round trips, however many there are: the sets `documents` and `uploads` name the hashes,
/// and a script reads them all at the same instant.
public struct FilesDatabase: Sendable {
    let redis: RedisClient

    /// How long the lock of syncs outlives its last renewal.
    static let lockLease = Duration.seconds(30)
    /// How often records are read anew that were added or removed meanwhile.
    private static let readAttempts = 20

    /// Creates the database on a client that is connected to it.
    public init(redis: RedisClient) {
        self.redis = redis
    }

    /// Returns the corpus in force; nil where no sync has ended yet.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func corpus() async throws -> Corpus? {
        Corpus(fields: try await corpusFields())
    }

    /// Returns every indexed document, in the order of their paths.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func documents() async throws -> [IndexedDocument] {
        try await records(of: .documents, .document, IndexedDocument.init(path:fields:))
            .sorted { ExactPath($0.path) < ExactPath($1.path) }
    }

    /// Returns the uploads that have begun and are not part of the corpus yet, in the order of their paths.
    func uploads() async throws -> [PendingUpload] {
        try await records(of: .uploads, .upload, PendingUpload.init(path:fields:))
            .sorted { ExactPath($0.path) < ExactPath($1.path) }
    }

    /// Returns the fields of the hash `corpus`.
    func corpusFields() async throws -> [String: String] {
        try await redis.ask(.hgetall(RedisKey.corpus.name)).dictionary ?? [:]
    }

    /// Returns the IDs of files to delete upstream.
    func trashedFiles() async throws -> [String] {
        try await members(of: .trashedFiles)
    }

    /// Returns the IDs of vector stores to delete upstream.
    func trashedStores() async throws -> [String] {
        try await members(of: .trashedVectorStores)
    }

    /// Returns what earlier upstreams still hold, or this one for another protocol.
    func orphanedResources() async throws -> [OrphanedResource] {
        (try await redis.ask(.hgetall(RedisKey.orphans.name)).dictionary ?? [:]).compactMap(OrphanedResource.init)
    }

    /// Returns the names of uploads that were given up without an answer.
    func lostUploadNames() async throws -> [String] {
        try await members(of: .lostUploads)
    }

    /// Returns the documents that upstream cannot read, by their paths.
    func rejections() async throws -> [ExactPath: Rejection] {
        let fields = try await redis.ask(.hgetall(RedisKey.rejections.name)).dictionary ?? [:]
        let rejections = fields.compactMap { path, json in Rejection(json: json).map { (ExactPath(path), $0) } }
        return Dictionary(rejections) { first, _ in first }
    }

    /// Adds the names of records that the sets `documents` and `uploads` lack.
    ///
    /// - Returns: How many documents were added.
    @discardableResult
    func rebuildIndex(holding lease: Lease) async throws -> Int {
        let indexed = Set(try await members(of: .documents).map(ExactPath.init))
        let paths = try await redis.keys(withPrefix: RedisKeyPattern.document.prefix)
            .compactMap { RedisKeyPattern.document.value(in: $0.name) }
            .filter { !indexed.contains(ExactPath($0)) }
        let pending = try await redis.keys(withPrefix: RedisKeyPattern.upload.prefix)
            .compactMap { RedisKeyPattern.upload.value(in: $0.name) }
        try await write(paths.map(Write.indexDocument) + pending.map(Write.indexUpload), holding: lease)
        return paths.count
    }

    private func members(of key: RedisKey) async throws -> [String] {
        try await redis.ask(.smembers(key.name)).array?.compactMap(\.string) ?? []
    }

    private func records<Record>(
        of index: RedisKey,
        _ pattern: RedisKeyPattern,
        _ make: (String, [String: String]) -> Record?
    ) async throws -> [Record] {
        // The script declares the keys of the records, which are read from the set: what was read has to be what it
        // finds.
        var names: [String] = []
        for _ in 0..<Self.readAttempts {
            switch try await redis.run(DocumentScripts.read(index, names: names, pattern)) {
            case .records(let records): return zip(names, records).compactMap(make)
            case .changed(let current): names = current
            }
        }
        throw PolicyAssistantError(
            .storeUnavailable,
            "The records of the documents changed while they were read. Try again shortly.",
            retryAfter: .seconds(2)
        )
    }
}
