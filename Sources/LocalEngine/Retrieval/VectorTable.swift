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
        var products: [Float] = []
        for file in try files(fileIDs, in: db) {
            file.vectors.products(with: vector, into: &products)
            for (id, product) in zip(file.ids, products) { closest.offer(id, product) }
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
        let statement = try db.cachedStatement(
            sql: """
                SELECT passage_id, vector, statements, tokens, owners FROM \(name)
                WHERE model = ? AND passage_id IN (SELECT value FROM json_each(?))
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [model, ids.jsonText])
        var closeness: [Int64: Closeness] = [:]
        while let row = try rows.next() {
            let id: Int64 = row[0]
            closeness[id] = try meaning(in: row)?.closeness(to: query, by: kind)
        }
        return closeness
    }

    /// The passages of some files; those of files that were looked in lately are in memory.
    private func files(_ fileIDs: Set<String>, in db: Database) throws -> [FilePassages] {
        let (known, missing) = cache.withLock { $0.files(fileIDs) }
        guard !missing.isEmpty else { return known }
        let loaded = try missing.map { ($0, try passages(of: $0, in: db)) }
        cache.withLock { cache in
            cache.keep(loaded.filter { _, passages in passages.areAll && !passages.ids.isEmpty })
        }
        return known + loaded.map { $1 }
    }

    /// Reads the vectors of the passages of a file.
    private func passages(of fileID: String, in db: Database) throws -> FilePassages {
        let statement = try db.cachedStatement(
            sql: """
                SELECT p.id, m.vector
                FROM passage p LEFT JOIN \(name) m ON m.passage_id = p.id AND m.model = ?
                WHERE p.file_id = ? ORDER BY p.id
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [model, fileID])
        var (ids, vectors): ([Int64], [QuantizedVectors]) = ([], [])
        var areAll = true
        while let row = try rows.next() {
            if let vector = try Self.vectors(in: row, 1) {
                ids.append(row[0])
                vectors.append(vector)
            } else {
                areAll = false
            }
        }
        let joined = QuantizedVectors(width: vectors.first?.width ?? 0, joining: vectors)
        return FilePassages(ids: ids, vectors: joined, areAll: areAll)
    }

    private func meaning(in row: Row) throws -> PassageMeaning? {
        guard let vector = try Self.vectors(in: row, 1),
            let statements = try Self.vectors(in: row, 2, width: vector.width),
            let tokens = try Self.vectors(in: row, 3, width: tokenWidth)
        else { return nil }
        let owners = try row.withUnsafeData(atIndex: 4) { data in data.map { Array($0) } ?? [] }
        guard owners.count == 2 * tokens.count else { return nil }
        return PassageMeaning(
            vector: vector,
            statements: statements,
            tokens: tokens,
            owners: (0..<tokens.count).map { UInt16(owners[2 * $0]) | UInt16(owners[2 * $0 + 1]) << 8 }
        )
    }

    /// The vectors in a column, which has a single one where no width is given; nil if there are none.
    private static func vectors(in row: Row, _ column: Int, width: Int? = nil) throws -> QuantizedVectors? {
        try row.withUnsafeData(atIndex: column) { data in
            data.flatMap { QuantizedVectors(bytes: $0, width: width ?? $0.count - 4) }
        }
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

/// The passages of a file that have vectors.
private final class FilePassages: Sendable {
    let ids: [Int64]
    /// Their vectors, in the same order.
    let vectors: QuantizedVectors
    /// Whether these are all passages of the file.
    let areAll: Bool

    init(ids: [Int64], vectors: QuantizedVectors, areAll: Bool) {
        self.ids = ids
        self.vectors = vectors
        self.areAll = areAll
    }
}

/// The passages of the files that were looked in lately.
///
/// A file's passages never change once they can be found, so that nothing in here becomes wrong.
private struct VectorCache {
    /// The maximum number of passages kept: 400 to 520 bytes each.
    private static let maximumPassages = 150_000

    private var files: [String: (passages: FilePassages, lastUse: UInt64)] = [:]
    private var uses: UInt64 = 0
    private var passages = 0

    mutating func files(_ fileIDs: Set<String>) -> (known: [FilePassages], missing: [String]) {
        uses += 1
        var (known, missing): ([FilePassages], [String]) = ([], [])
        known.reserveCapacity(fileIDs.count)
        for fileID in fileIDs {
            if let place = files.index(forKey: fileID) {
                files.values[place].lastUse = uses
                known.append(files.values[place].passages)
            } else {
                missing.append(fileID)
            }
        }
        return (known, missing)
    }

    mutating func keep(_ loaded: [(fileID: String, passages: FilePassages)]) {
        for (fileID, file) in loaded where files[fileID] == nil {
            files[fileID] = (file, uses)
            passages += file.ids.count
        }
        while passages > Self.maximumPassages, let oldest = files.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            passages -= oldest.value.passages.ids.count
            files[oldest.key] = nil
        }
    }
}
