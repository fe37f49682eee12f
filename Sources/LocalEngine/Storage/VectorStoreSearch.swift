internal import GRDB

/// A search in vector stores: which files may be looked in, and what is found there.
struct VectorStoreSearch: Sendable, Hashable {
    /// The stores.
    var storeIDs: [String]
    /// What the files' attributes have to be.
    var filter: AttributeFilter?
    /// The least score of a result.
    var threshold = 0.0

    /// A passage that was found, with what the store knows of its file.
    struct Hit: Sendable {
        let passage: ScoredPassage
        let filename: String
        let attributes: [String: JSONValue]
    }

    /// The files that may be looked in: indexed, not given up, and passed by the filter.
    func candidates(in db: Database) throws -> Set<String> {
        let sql = """
            SELECT s.file_id, s.attributes FROM store_file s JOIN indexing i USING (file_id)
            WHERE s.store_id IN (\(databaseQuestionMarks(count: storeIDs.count)))
                AND s.is_cancelled = 0 AND i.state = 'completed'
            """
        let rows = try Row.fetchCursor(db, sql: sql, arguments: StatementArguments(storeIDs))
        var candidates: Set<String> = []
        while let row = try rows.next() {
            if let filter, !filter.matches(try Self.attributes(row)) { continue }
            candidates.insert(row["file_id"])
        }
        return candidates
    }

    /// Finds passages, best first.
    func passages(
        _ query: String,
        among candidates: Set<String>,
        limit: Int,
        by counts: WordCounts = WordCounts(),
        in db: Database
    ) throws -> [ScoredPassage] {
        guard !candidates.isEmpty else { return [] }
        return try PassageIndex.search(query, fileIDs: candidates, limit: limit, by: counts, in: db).filter {
            $0.score >= threshold
        }
    }

    /// Ranks passages by their meaning, closest first.
    func ranking(
        _ query: String,
        _ meaning: QueryMeaning,
        among candidates: Set<String>,
        limit: Int,
        by meanings: MeaningIndex,
        in db: Database
    ) throws -> [RankedPassage] {
        guard !candidates.isEmpty, limit > 0 else { return [] }
        let byWords = try PassageIndex.search(
            query,
            fileIDs: candidates,
            limit: limit,
            mostMatches: MeaningIndex.mostWordMatches,
            in: db
        )
        return try meanings.search(meaning, byWords: byWords, fileIDs: candidates, limit: limit, in: db).filter {
            $0.passage.score >= threshold
        }
    }

    /// Finds passages for any of several queries, each passage once, best first.
    func passages(
        _ queries: [String],
        among candidates: Set<String>,
        limit: Int,
        by meanings: MeaningIndex?,
        in db: Database
    ) throws -> [ScoredPassage] {
        var best: [String: ScoredPassage] = [:]
        for query in queries {
            let found =
                if let meanings {
                    try ranking(
                        query,
                        meanings.encoder.query(query),
                        among: candidates,
                        limit: limit,
                        by: meanings,
                        in: db
                    )
                    .map(\.passage)
                } else {
                    try passages(query, among: candidates, limit: limit, in: db)
                }
            for passage in found {
                let key = "\(passage.fileID) \(passage.text)"
                if passage.score > best[key]?.score ?? -1 { best[key] = passage }
            }
        }
        return Array(best.values.sorted { $0.score > $1.score }.prefix(limit))
    }

    /// Adds to passages what the stores know of their files.
    func hits(_ passages: [ScoredPassage], in db: Database) throws -> [Hit] {
        let fileIDs = Set(passages.map(\.fileID))
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT s.file_id, s.attributes, f.filename FROM store_file s JOIN file f ON f.id = s.file_id
                WHERE s.store_id IN (\(databaseQuestionMarks(count: storeIDs.count)))
                    AND s.file_id IN (\(databaseQuestionMarks(count: fileIDs.count)))
                """,
            arguments: StatementArguments(storeIDs) + StatementArguments(fileIDs)
        )
        var files: [String: (filename: String, attributes: [String: JSONValue])] = [:]
        for row in rows { files[row["file_id"]] = (row["filename"], try Self.attributes(row)) }
        return passages.compactMap { passage in
            files[passage.fileID].map { Hit(passage: passage, filename: $0.filename, attributes: $0.attributes) }
        }
    }

    private static func attributes(_ row: Row) throws -> [String: JSONValue] {
        try JSONValue(json: row["attributes"] as String).object ?? [:]
    }
}
