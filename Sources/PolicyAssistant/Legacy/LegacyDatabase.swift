internal import FoundationEssentials
internal import Redis

/// A Redis database as an older deployment left it: keys without a prefix, whose values are plain strings.
///
/// What is done with each of them is recorded in the hash `imported` by the script that removes it, and stays there
/// until it has been reported: a run that is killed takes no knowledge with it.
struct LegacyDatabase: Sendable {
    let redis: RedisClient
    let kind: LegacyOutcome.Kind

    private static let pageSize = 500

    /// Returns every old key that is still there, in the order of the keys.
    func items() async throws -> [LegacyItem] {
        let keys = try await redis.keys(withPrefix: "").map(\.name).filter { !DatabaseUse.isOwn($0) }
        var items: [LegacyItem] = []
        for start in stride(from: 0, to: keys.count, by: Self.pageSize) {
            let page = keys[start..<min(start + Self.pageSize, keys.count)]
            let values = try await redis.ask(.mget(Array(page))).array ?? []
            items += zip(page, values).compactMap { key, value in
                value.string.flatMap { LegacyItem(key: key, value: $0, kind: kind) }
            }
        }
        return items.sorted { ExactPath($0.key) < ExactPath($1.key) }
    }

    /// Returns what was done with keys of this kind and has not been reported yet.
    ///
    /// Where both databases are one, they share the hash.
    func journal() async throws -> [LegacyOutcome] {
        let records = try await redis.ask(.hgetall(RedisKey.imported.name)).dictionary ?? [:]
        return try records.values
            .map { try JSONDecoder().decode(LegacyOutcome.self, from: Data($0.utf8)) }
            .filter { $0.kind == kind }
            .sorted { ExactPath($0.key) < ExactPath($1.key) }
    }

    /// Deletes what has been reported.
    func deleteJournal() async throws {
        _ = try await redis.ask(.del(RedisKey.imported.name).repeatable())
    }

    /// Deletes a thread's old key, if its value is unchanged, and with it makes the thread a user's where `record` is
    /// given.
    ///
    /// - Returns: Whether that was done: nothing is where the key was changed, the user has a thread by now, or the
    ///   record's revision has been flushed.
    func settle(_ outcome: LegacyOutcome, recording record: ThreadRecord? = nil) async throws -> Bool {
        let thread = record.map { (UserID(recorded: outcome.key), $0) }
        return try await redis.run(ImportScripts.settle(entry(of: outcome), thread: thread))
    }

    /// Deletes a file's old key, if its value is unchanged, and with it makes other changes of the database.
    ///
    /// - Returns: Whether that was done.
    /// - Throws: The lease's ``Lease/lossError``, with nothing done, where it is not held.
    func settle(_ outcome: LegacyOutcome, _ writes: [FilesDatabase.Write], holding lease: Lease) async throws -> Bool {
        let call = try ImportScripts.settle(entry(of: outcome), writes.flatMap(\.commands), holding: lease)
        switch try await redis.run(call) {
        case .settled: return true
        case .changed: return false
        case .leaseLost: throw lease.lossError
        }
    }

    private func entry(of outcome: LegacyOutcome) throws -> ImportScripts.Entry {
        let text = String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self)
        return ImportScripts.Entry(key: RedisKey(name: outcome.key), value: outcome.id, record: text)
    }
}

/// A key of an older deployment: a user with a thread's ID, or a file's name with an uploaded file's ID.
struct LegacyItem: Sendable, Hashable {
    /// The user or the file's name.
    let key: String
    /// The ID, which is the value.
    let id: String

    /// Reads a value; nil where it is not an ID of that kind.
    init?(key: String, value: String, kind: LegacyOutcome.Kind) {
        guard let rest = value.suffix(afterPrefix: kind.idPrefix), (1...128).contains(rest.utf8.count),
            rest.utf8.allSatisfy(Self.isPartOfID)
        else { return nil }
        self.key = key
        id = value
    }

    private static func isPartOfID(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension LegacyOutcome.Kind {
    fileprivate var idPrefix: String {
        switch self {
        case .thread: "thread_"
        case .file: "file-"
        }
    }
}
