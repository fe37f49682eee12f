private import Foundation
internal import GRDB
internal import SentenceEncoder
internal import Synchronization

/// The table of the vectors that one model has made of passages.
final class VectorTable: Sendable {
    private let name: String
    private let model: String
    private let tokenWidth: Int
    private let cache = Mutex(VectorCache())

    /// Speaks of a table of the database.
    ///
    /// - Parameters:
    ///   - name: The table's name.
    ///   - model: The model in force; vectors that another one has made count as missing.
    ///   - tokenWidth: How many numbers the vector of a token has.
    init(_ name: String, model: String, tokenWidth: Int) {
        self.name = name
        self.model = model
        self.tokenWidth = tokenWidth
    }

    /// Keeps the vectors of a passage.
    func insert(_ meaning: PassageMeaning, passageID: Int64, fileID: String, in db: Database) throws {
        let keep = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO \(name) (passage_id, file_id, model, vector, statements, tokens, owners)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        )
        try keep.execute(arguments: [
            passageID, fileID, model, Data(meaning.vector.bytes), Data(meaning.statements.bytes),
            Data(meaning.tokens.bytes),
            Data(meaning.owners.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }),
        ])
    }

    /// The passages of some files whose vectors are closest to another one, closest first.
    func closest(to vector: QuantizedVectors, in fileIDs: Set<String>, limit: Int, _ db: Database) throws -> [Int64] {
        var closest = Closest(limit: limit)
        for (ids, vectors) in try vectors(of: fileIDs, in: db) {
            for (id, product) in zip(ids, vectors.products(with: vector)) { closest.offer(id, product) }
        }
        return closest.ids
    }

    /// How close some passages are to a question.
    ///
    /// Their vectors are read one after another, so that few are in memory at a time.
    func closeness(
        of ids: [Int64],
        to query: QueryVectors,
        by kind: EncoderModel,
        in db: Database
    ) throws -> [Int64: Closeness] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT passage_id, vector, statements, tokens, owners FROM \(name)
                WHERE model = ? AND passage_id IN (SELECT value FROM json_each(?))
                """,
            arguments: [model, ids.jsonText()]
        )
        var closeness: [Int64: Closeness] = [:]
        while let row = try rows.next() {
            closeness[row["passage_id"]] = meaning(in: row)?.closeness(to: query, by: kind)
        }
        return closeness
    }

    /// The vectors of the passages of some files; those of files that were looked in lately are in memory.
    private func vectors(of fileIDs: Set<String>, in db: Database) throws -> [VectorCache.Entry] {
        var (known, missing) = cache.withLock { $0.entries(of: fileIDs) }
        guard !missing.isEmpty else { return known }
        var loaded: [String: VectorCache.Entry] = [:]
        var unfinished: Set<String> = []
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT p.id, p.file_id, m.vector
                FROM passage p LEFT JOIN \(name) m ON m.passage_id = p.id AND m.model = ?
                WHERE p.file_id IN (SELECT value FROM json_each(?)) ORDER BY p.id
                """,
            arguments: [model, missing.jsonText()]
        )
        while let row = try rows.next() {
            let fileID: String = row["file_id"]
            guard let data = row["vector"] as Data?, let vector = QuantizedVectors(bytes: data, width: data.count - 4)
            else {
                unfinished.insert(fileID)
                continue
            }
            var entry = loaded[fileID] ?? ([], QuantizedVectors(width: vector.width))
            entry.ids.append(row["id"])
            entry.vectors.append(vector)
            loaded[fileID] = entry
        }
        known += loaded.values
        cache.withLock { $0.keep(loaded.filter { !unfinished.contains($0.key) }) }
        return known
    }

    private func meaning(in row: Row) -> PassageMeaning? {
        guard let vector = row["vector"] as Data?, let statements = row["statements"] as Data?,
            let tokens = row["tokens"] as Data?, let owners = row["owners"] as Data?,
            let vector = QuantizedVectors(bytes: vector, width: vector.count - 4),
            let statements = QuantizedVectors(bytes: statements, width: vector.width),
            let tokens = QuantizedVectors(bytes: tokens, width: tokenWidth), owners.count == 2 * tokens.count
        else { return nil }
        let bytes = Array(owners)
        return PassageMeaning(
            vector: vector,
            statements: statements,
            tokens: tokens,
            owners: (0..<tokens.count).map { UInt16(bytes[2 * $0]) | UInt16(bytes[2 * $0 + 1]) << 8 }
        )
    }
}

/// The passages of the greatest products of many, of which few are kept at any time.
struct Closest {
    private let limit: Int
    private var kept: [(id: Int64, product: Float)] = []
    /// What is not greater than this is not among the greatest.
    private var least = -Float.infinity

    /// Creates a collection of so many passages at most.
    init(limit: Int) {
        self.limit = limit
    }

    /// The passages, the greatest product first, and of equal ones the one with the lower number.
    var ids: [Int64] { ordered.prefix(limit).map(\.id) }

    /// Keeps a passage if its product is among the greatest so far.
    mutating func offer(_ id: Int64, _ product: Float) {
        guard product >= least else { return }
        kept.append((id, product))
        guard kept.count >= 4 * limit + 64 else { return }
        kept = Array(ordered.prefix(limit))
        least = kept.last?.product ?? .infinity
    }

    private var ordered: [(id: Int64, product: Float)] {
        kept.sorted { ($0.product, $1.id) > ($1.product, $0.id) }
    }
}

/// The vectors of the files that were looked in lately.
///
/// A file's passages never change once they can be found, so that nothing in here becomes wrong.
private struct VectorCache {
    typealias Entry = (ids: [Int64], vectors: QuantizedVectors)

    /// The maximum number of passages kept: 400 to 520 bytes each.
    private static let maximumPassages = 150_000

    private var files: [String: (entry: Entry, lastUse: UInt64)] = [:]
    private var uses: UInt64 = 0
    private var passages = 0

    mutating func entries(of fileIDs: Set<String>) -> (known: [Entry], missing: [String]) {
        uses += 1
        var (known, missing): ([Entry], [String]) = ([], [])
        for fileID in fileIDs {
            if let place = files.index(forKey: fileID) {
                files.values[place].lastUse = uses
                known.append(files.values[place].entry)
            } else {
                missing.append(fileID)
            }
        }
        return (known, missing)
    }

    mutating func keep(_ loaded: [String: Entry]) {
        for (fileID, entry) in loaded where files[fileID] == nil {
            files[fileID] = (entry, uses)
            passages += entry.ids.count
        }
        while passages > Self.maximumPassages, let oldest = files.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            passages -= oldest.value.entry.ids.count
            files[oldest.key] = nil
        }
    }
}
