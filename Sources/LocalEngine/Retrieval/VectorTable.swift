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
        for part in try parts(of: fileIDs, in: db) {
            let products = part.block.vectors.products(of: part.places, with: vector)
            for (id, product) in zip(part.block.ids[part.places], products) { closest.offer(id, product) }
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
    private func parts(of fileIDs: Set<String>, in db: Database) throws -> [PassageBlock.Part] {
        let (known, missing) = cache.withLock { $0.parts(of: fileIDs) }
        guard !missing.isEmpty else { return known }
        var (blocks, block): ([PassageBlock], PassageBlock.Builder) = ([], PassageBlock.Builder())
        // What still gets vectors is not kept.
        var unfinished = PassageBlock.Builder()
        for fileID in missing {
            let passages = try passages(of: fileID, in: db)
            guard passages.areAll else {
                unfinished.append(passages.vectors, of: fileID)
                continue
            }
            block.append(passages.vectors, of: fileID)
            if block.isFull {
                blocks.append(PassageBlock(block))
                block = PassageBlock.Builder()
            }
        }
        blocks.append(PassageBlock(block))
        cache.withLock { $0.keep(blocks) }
        return known + (blocks + [PassageBlock(unfinished)]).map(\.whole)
    }

    /// Reads the vectors of the passages of a file, and whether all of its passages have one.
    private func passages(of fileID: String, in db: Database) throws
        -> (vectors: [(id: Int64, vector: QuantizedVectors)], areAll: Bool)
    {
        let statement = try db.cachedStatement(
            sql: """
                SELECT p.id, m.vector
                FROM passage p LEFT JOIN \(name) m ON m.passage_id = p.id AND m.model = ?
                WHERE p.file_id = ? ORDER BY p.id
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [model, fileID])
        var vectors: [(id: Int64, vector: QuantizedVectors)] = []
        var areAll = true
        while let row = try rows.next() {
            if let vector = try Self.vectors(in: row, 1) { vectors.append((row[0], vector)) } else { areAll = false }
        }
        return (vectors, areAll)
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
