internal import Foundation
internal import GRDB
internal import SentenceEncoder
internal import Synchronization

/// Finds passages by their meaning.
///
/// The vectors of whole passages are compared with the question's in memory. The statements and tokens of those that are
/// closest, and of those that have the question's words, are then read from the database and compared as well.
final class MeaningIndex: Sendable {
    /// Makes the vectors.
    let encoder: PassageEncoder
    private let cache = Mutex(VectorCache())

    /// How many passages are compared by their statements and tokens.
    private static let closest = 60
    /// How many of those that have the question's words are.
    private static let wordHits = 20

    init(encoder: PassageEncoder) {
        self.encoder = encoder
    }

    /// Creates the table of vectors.
    static func migrate(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE passage_meaning (
                    passage_id INTEGER PRIMARY KEY REFERENCES passage (id) ON DELETE CASCADE,
                    file_id TEXT NOT NULL,
                    model TEXT NOT NULL,
                    vector BLOB NOT NULL,
                    statements BLOB NOT NULL,
                    tokens BLOB NOT NULL,
                    owners BLOB NOT NULL -- two bytes for each token
                );
                CREATE INDEX passage_meaning_by_file ON passage_meaning (file_id);
                """
        )
    }

    /// Keeps the vectors of a passage.
    func insert(_ meaning: PassageMeaning, passageID: Int64, fileID: String, in db: Database) throws {
        let keep = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO passage_meaning (passage_id, file_id, model, vector, statements, tokens, owners)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        )
        try keep.execute(arguments: [
            passageID, fileID, encoder.model, Data(meaning.vector.bytes), Data(meaning.statements.bytes),
            Data(meaning.tokens.bytes),
            Data(meaning.owners.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }),
        ])
    }

    /// Ranks passages by how close they are to a question, closest first.
    ///
    /// - Parameters:
    ///   - query: The question's vectors.
    ///   - byWords: What a search for the question's words has found, best first.
    ///   - fileIDs: The files to look in.
    ///   - limit: The most passages to return.
    ///   - db: The database.
    /// - Returns: The passages, with scores that never grow from one to the next.
    /// - Throws: `DatabaseError`.
    func search(
        _ query: QueryMeaning,
        byWords: [ScoredPassage],
        fileIDs: Set<String>,
        limit: Int,
        in db: Database
    ) throws -> [RankedPassage] {
        guard !fileIDs.isEmpty, limit > 0 else { return [] }
        var ids = try closest(to: query, in: fileIDs, limit: max(limit, Self.closest), db)
        for passage in byWords.prefix(Self.wordHits) where !ids.contains(passage.id) { ids.append(passage.id) }
        return Array(RankedPassage.ranked(try candidates(ids, for: query, in: db)).prefix(limit))
    }

    private func closest(to query: QueryMeaning, in fileIDs: Set<String>, limit: Int, _ db: Database) throws -> [Int64]
    {
        var scores: [(id: Int64, product: Float)] = []
        for (ids, vectors) in try vectors(of: fileIDs, in: db) {
            scores += zip(ids, vectors.products(with: query.vector)).map { ($0, $1) }
        }
        scores.sort { ($0.product, $1.id) > ($1.product, $0.id) }
        return scores.prefix(limit).map(\.id)
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
                FROM passage p LEFT JOIN passage_meaning m ON m.passage_id = p.id AND m.model = ?
                WHERE p.file_id IN (SELECT value FROM json_each(?)) ORDER BY p.id
                """,
            arguments: [encoder.model, JSONValue.array(missing.map(JSONValue.string)).text()]
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

    private func candidates(_ ids: [Int64], for query: QueryMeaning, in db: Database) throws -> [RankedPassage] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT p.id, p.file_id, p.title, p.headings, p.text, m.vector, m.statements, m.tokens, m.owners
                FROM passage p LEFT JOIN passage_meaning m ON m.passage_id = p.id AND m.model = ?
                WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY p.id
                """,
            arguments: [encoder.model, JSONValue.array(ids.map { .integer(Int($0)) }).text()]
        )
        return rows.map { row in
            let passage = ScoredPassage(
                id: row["id"],
                fileID: row["file_id"],
                title: row["title"],
                headings: (row["headings"] as String).split(separator: "\n").map { String($0) },
                text: row["text"],
                score: 0
            )
            return RankedPassage(passage, closeness: Self.meaning(in: row)?.closeness(to: query))
        }
    }

    private static func meaning(in row: Row) -> PassageMeaning? {
        guard let vector = row["vector"] as Data?, let statements = row["statements"] as Data?,
            let tokens = row["tokens"] as Data?, let owners = row["owners"] as Data?,
            let vector = QuantizedVectors(bytes: vector, width: vector.count - 4),
            let statements = QuantizedVectors(bytes: statements, width: vector.width),
            let tokens = QuantizedVectors(bytes: tokens, width: TokenProjection.width),
            owners.count == 2 * tokens.count
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

/// The vectors of the files that were looked in lately.
///
/// A file's passages never change once they can be found, so that nothing in here becomes wrong.
private struct VectorCache {
    typealias Entry = (ids: [Int64], vectors: QuantizedVectors)

    /// The most passages kept: about 400 bytes each.
    private static let mostPassages = 150_000

    private var files: [String: (entry: Entry, lastUse: UInt64)] = [:]
    private var uses: UInt64 = 0
    private var passages = 0

    mutating func entries(of fileIDs: Set<String>) -> (known: [Entry], missing: [String]) {
        uses += 1
        var (known, missing): ([Entry], [String]) = ([], [])
        for fileID in fileIDs {
            if let entry = files[fileID]?.entry {
                files[fileID]?.lastUse = uses
                known.append(entry)
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
        while passages > Self.mostPassages, let oldest = files.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            passages -= oldest.value.entry.ids.count
            files[oldest.key] = nil
        }
    }
}
