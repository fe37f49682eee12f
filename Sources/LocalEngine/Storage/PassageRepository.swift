internal import GRDB

/// Which passages a search can find.
struct VectorStoreSearch: Sendable, Hashable {
    /// The stores.
    var storeIDs: [String]
    /// The condition on the attributes of the files.
    var filter: AttributeFilter?
    /// The least score of a result.
    var threshold = 0.0
}

/// A passage that was found, with what the store holds about its file.
struct FoundPassage: Sendable {
    let passage: ScoredPassage
    let filename: String
    let attributes: [String: AttributeValue]
}

/// The passages of the files in vector stores.
struct PassageRepository: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    /// Finds passages by their meaning; nil to find them by their words alone.
    let meanings: MeaningIndex?

    /// Finds passages for any of several queries, each passage once, best first.
    ///
    /// - Throws: `StorageError` if a store does not exist or has expired.
    func find(_ queries: [String], in search: VectorStoreSearch, limit: Int) async throws -> [FoundPassage] {
        let now = clock.now
        return try await pool.read { db in
            try VectorStoreRepository.requireUsable(search.storeIDs, now: now, in: db)
            let reader = try PassageReader(search, meanings, in: db)
            return try reader.found(reader.passages(for: queries, limit: limit))
        }
    }

    /// Reads passages from one state of the database.
    ///
    /// - Parameters:
    ///   - search: Which passages can be found; nil for none.
    ///   - body: Reads them.
    /// - Returns: What `body` returns.
    /// - Throws: `DatabaseError`; what `body` throws.
    func read<Value: Sendable>(
        _ search: VectorStoreSearch?,
        _ body: @escaping @Sendable (PassageReader) throws -> Value
    ) async throws -> Value {
        try await pool.read { db in try body(PassageReader(search, meanings, in: db)) }
    }

    /// Finds passages that lack vectors of a model in use: ``MeaningIndex/unencoded(in:after:limit:in:)``.
    func unencoded(in fileID: String?, after last: Int64, limit: Int) async throws -> [UnencodedPassage] {
        guard let meanings else { return [] }
        return try await pool.read { db in try meanings.unencoded(in: fileID, after: last, limit: limit, in: db) }
    }

    /// Finds the files that were indexed before all of their passages had vectors.
    func partlyEncodedFiles() async throws -> [String] {
        try await pool.read { db in
            try String.fetchAll(db, sql: "SELECT file_id FROM indexing WHERE is_partly_encoded = 1 ORDER BY seq")
        }
    }

    /// Records that the passages of a file have vectors, unless it was indexed again in the meantime.
    func noteEncoded(_ fileID: String) async throws {
        guard let meanings else { return }
        try await pool.write { db in
            guard try meanings.unencoded(in: fileID, limit: 1, in: db).isEmpty else { return }
            try db.execute(sql: "UPDATE indexing SET is_partly_encoded = 0 WHERE file_id = ?", arguments: [fileID])
        }
    }

    /// Stores the vectors of passages that still exist.
    func insert(_ encoded: [(passage: ScoredPassage, vectors: PassageVectors)]) async throws {
        guard let meanings else { return }
        try await pool.write { db in
            for (passage, vectors) in encoded where try PassageIndex.contains(passage.id, in: db) {
                try meanings.insert(vectors, passageID: passage.id, fileID: passage.fileID, in: db)
            }
        }
    }
}

/// Reads passages from one state of the database.
struct PassageReader {
    private let search: VectorStoreSearch?
    /// The files that are searched: indexed, not cancelled, and matched by the filter.
    private let fileIDs: Set<String>
    private let meanings: MeaningIndex?
    private let counts = WordCounts()
    private let db: Database

    fileprivate init(_ search: VectorStoreSearch?, _ meanings: MeaningIndex?, in db: Database) throws {
        self.search = search
        self.meanings = meanings
        self.db = db
        fileIDs = try search.map { try Self.fileIDs($0, in: db) } ?? []
    }

    private static func fileIDs(_ search: VectorStoreSearch, in db: Database) throws -> Set<String> {
        let sql = """
            SELECT s.file_id, s.attributes FROM store_file s JOIN indexing i USING (file_id)
            WHERE s.store_id IN (\(databaseQuestionMarks(count: search.storeIDs.count)))
                AND s.is_cancelled = 0 AND i.state = 'completed'
            """
        let rows = try Row.fetchCursor(db, sql: sql, arguments: StatementArguments(search.storeIDs))
        var fileIDs: Set<String> = []
        while let row = try rows.next() {
            if let filter = search.filter, !filter.matches(try (row[1] as JSONText).decoded()) { continue }
            fileIDs.insert(row[0])
        }
        return fileIDs
    }

    /// The model that encodes queries; nil where passages are found by their words alone.
    var encoder: PassageEncoder? { meanings?.encoder }

    /// Finds passages by their words, best first.
    func passages(_ query: String, limit: Int) throws -> [ScoredPassage] {
        guard let search, !fileIDs.isEmpty else { return [] }
        return try PassageIndex.search(query, fileIDs: fileIDs, limit: limit, by: counts, in: db).filter {
            $0.score >= search.threshold
        }
    }

    /// Ranks passages by their meaning, closest first.
    func ranking(_ query: String, _ meaning: QueryMeaning, limit: Int) throws -> [RankedPassage] {
        guard let search, let meanings, !fileIDs.isEmpty, limit > 0 else { return [] }
        let byWords = try PassageIndex.candidates(
            query,
            fileIDs: fileIDs,
            limit: limit,
            maximumMatches: MeaningIndex.maximumWordMatches,
            in: db
        )
        return try meanings.search(meaning, byWords: byWords, fileIDs: fileIDs, limit: limit, in: db).filter {
            $0.passage.score >= search.threshold
        }
    }

    /// How rare each word is among all passages: 0 for a word that all have, 1 for one that none has.
    func rarity(of words: [String]) throws -> [Double] {
        try PassageIndex.rarity(of: words, by: counts, in: db)
    }

    /// Finds passages for any of several queries, each passage once, best first.
    func passages(for queries: [String], limit: Int) throws -> [ScoredPassage] {
        let searches = try queries.map { query in
            if let encoder {
                try ranking(query, encoder.query(query), limit: limit).map(\.passage)
            } else {
                try passages(query, limit: limit)
            }
        }
        return Array(Self.merged(searches).prefix(limit))
    }

    /// The results of some searches, each passage once, by their scores; those of equal scores in the order in which they were
    /// found.
    static func merged(_ searches: [[ScoredPassage]]) -> [ScoredPassage] {
        var best: [String: (passage: ScoredPassage, place: Int)] = [:]
        for (place, passage) in searches.lazy.flatMap({ $0.enumerated() }) {
            let key = "\(passage.fileID) \(passage.text)"
            if let known = best[key], (known.passage.score, place) >= (passage.score, known.place) { continue }
            best[key] = (passage, place)
        }
        return best.values.sorted {
            ($0.passage.score, $1.place, $1.passage.id) > ($1.passage.score, $0.place, $0.passage.id)
        }.map(\.passage)
    }

    /// The texts of passages for quotes, by their numbers; those whose own text is quoted are left out.
    func quotableTexts(of passages: [ScoredPassage]) throws -> [Int64: String] {
        try PassageIndex.quotableTexts(of: passages.map(\.id), in: db)
    }

    /// Adds to passages what the stores hold about their files.
    func found(_ passages: [ScoredPassage]) throws -> [FoundPassage] {
        guard let search else { return [] }
        let fileIDs = Set(passages.map(\.fileID))
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT s.file_id, s.attributes, f.filename FROM store_file s JOIN file f ON f.id = s.file_id
                WHERE s.store_id IN (\(databaseQuestionMarks(count: search.storeIDs.count)))
                    AND s.file_id IN (\(databaseQuestionMarks(count: fileIDs.count)))
                """,
            arguments: StatementArguments(search.storeIDs) + StatementArguments(fileIDs)
        )
        var files: [String: (filename: String, attributes: [String: AttributeValue])] = [:]
        for row in rows {
            files[row["file_id"]] = (row["filename"], try (row["attributes"] as JSONText).decoded())
        }
        return passages.compactMap { passage in
            files[passage.fileID].map {
                FoundPassage(passage: passage, filename: $0.filename, attributes: $0.attributes)
            }
        }
    }
}
