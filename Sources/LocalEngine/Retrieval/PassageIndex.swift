internal import DocumentText

private import Foundation
internal import GRDB

/// The searchable passages of all files.
///
/// A passage belongs to a file, and a search names the files that it covers; vector stores are unknown here. SQLite's FTS5
/// indexes the words, stemmed and without accents, and ranks by `bm25`, where a word in a heading counts double.
enum PassageIndex {
    /// Returns the texts of passages for quotes, by their numbers; those whose own text is quoted are left out.
    static func quotableTexts(of passages: some Sequence<Int64>, in db: Database) throws -> [Int64: String] {
        let ids = Array(passages)
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, quotable FROM passage
                WHERE quotable IS NOT NULL AND id IN (\(databaseQuestionMarks(count: ids.count)))
                """,
            arguments: StatementArguments(ids)
        )
        return Dictionary(rows.map { ($0["id"], $0["quotable"]) }) { first, _ in first }
    }

    static let insertWords = "INSERT INTO passage_words (rowid, title, headings, text) VALUES (?, ?, ?, ?)"
    static let deleteWords =
        "INSERT INTO passage_words (passage_words, rowid, title, headings, text) VALUES ('delete', ?, ?, ?, ?)"

    /// The indexed words of a passage, which have to be repeated to remove it from the index.
    static func words(of passage: Row) -> StatementArguments {
        words(passage["id"], passage["title"], passage["headings"], passage["text"])
    }

    static func words(_ id: Int64, _ title: String, _ headings: String, _ text: String) -> StatementArguments {
        [id, UnspacedScript.separated(title), UnspacedScript.separated(headings), UnspacedScript.separated(text)]
    }

    /// Adds the passages of a file.
    ///
    /// - Returns: Their numbers, in the same order.
    @discardableResult
    static func insert(_ passages: [Passage], fileID: String, filename: String, in db: Database) throws -> [Int64] {
        let title = DocumentTitle.title(of: filename)
        let keep = try db.cachedStatement(
            sql: "INSERT INTO passage (file_id, title, headings, text, quotable) VALUES (?, ?, ?, ?, ?)"
        )
        let index = try db.cachedStatement(sql: insertWords)
        return try passages.map { passage in
            let headings = passage.headings.joined(separator: "\n")
            try keep.execute(arguments: [fileID, title, headings, passage.text, passage.quotable])
            let id = db.lastInsertedRowID
            try index.execute(arguments: words(id, title, headings, passage.text))
            return id
        }
    }

    /// Whether a passage exists.
    static func contains(_ id: Int64, in db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT 1 FROM passage WHERE id = ?", arguments: [id]) ?? false
    }

    /// Removes the passages of a file.
    static func remove(fileID: String, in db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT id, title, headings, text FROM passage WHERE file_id = ?",
            arguments: [fileID]
        )
        let delete = try db.cachedStatement(sql: deleteWords)
        for row in rows { try delete.execute(arguments: words(of: row)) }
        try db.execute(sql: "DELETE FROM passage WHERE file_id = ?", arguments: [fileID])
    }

    /// Finds the passages that fit a query best, best first.
    ///
    /// A score is the passage's bm25 as a share of the most that any passage could reach for the query. Words that are in
    /// no passage count towards that most, so a score shows how well the query is met, not only which passage meets it best.
    ///
    /// - Parameters:
    ///   - query: Words in any order; nothing in it is syntax.
    ///   - fileIDs: The files to look in, any number of them.
    ///   - limit: The maximum number of passages to return.
    ///   - maximumMatches: How many passages are compared, as far as can be: the frequent words of the query are not looked for
    ///     where the rarer ones are in so many passages. The rarest word is looked for however many have it.
    ///   - counts: Counts words; several searches may share it.
    ///   - db: The database.
    /// - Returns: The passages with their scores.
    /// - Throws: `DatabaseError`.
    static func search(
        _ query: String,
        fileIDs: Set<String>,
        limit: Int,
        maximumMatches: Int = .max,
        by counts: WordCounts = WordCounts(),
        in db: Database
    ) throws -> [ScoredPassage] {
        let words = QueryWords(query)
        guard !words.all.isEmpty, !fileIDs.isEmpty, limit > 0 else { return [] }
        let statistics = try Statistics(of: words.all, by: counts, in: db)
        let sought = words.keeping(statistics.rarest(within: maximumMatches))
        let candidates = try fileIDs.jsonText()
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT passage.id, passage.file_id, passage.title, passage.headings, passage.text,
                    -bm25(passage_words, 1.0, 2.0, 1.0) AS weight
                FROM passage_words JOIN passage ON passage.id = passage_words.rowid
                WHERE passage_words MATCH ? AND passage.file_id IN (SELECT value FROM json_each(?))
                ORDER BY weight DESC, passage.id LIMIT ?
                """,
            arguments: [sought.expression, candidates, limit]
        )
        return rows.map { row in
            ScoredPassage(
                id: row["id"],
                fileID: row["file_id"],
                title: row["title"],
                headings: (row["headings"] as String).split(separator: "\n").map { String($0) },
                text: row["text"],
                score: min(1, max(0, (row["weight"] as Double) / statistics.bestWeight))
            )
        }
    }

    /// How rare each word is among all passages: 0 for a word that is everywhere, 1 for one that is nowhere.
    static func rarity(of words: [String], by counts: WordCounts = WordCounts(), in db: Database) throws -> [Double] {
        try Statistics(of: words, by: counts, in: db).rarities
    }

    /// In how many passages words are.
    private struct Statistics {
        private let passages: Double
        private let occurrences: [Double]

        /// A small collection is judged as if it were part of one of this size, where a word means more by being there.
        private static let leastPassages = 50.0

        init(of words: [String], by counts: WordCounts, in db: Database) throws {
            passages = try counts.passages(in: db)
            occurrences = try words.map { try counts.passages(with: $0, in: db) }
        }

        var rarities: [Double] {
            let all = max(passages, Self.leastPassages)
            let most = log(1 + (all + 0.5) / 0.5)
            return occurrences.map { log(1 + (all - $0 + 0.5) / ($0 + 0.5)) / most }
        }

        /// The places of the rarest words that are in so many passages together, and of the rarest in any case.
        func rarest(within most: Int) -> Set<Int> {
            var rest = Double(most)
            var places: Set<Int> = []
            for place in occurrences.indices.sorted(by: { (occurrences[$0], $0) < (occurrences[$1], $1) }) {
                guard places.isEmpty || occurrences[place] <= rest else { break }
                rest -= occurrences[place]
                places.insert(place)
            }
            return places
        }

        /// What bm25 would be for a passage of these words only: each word's weight times k1 + 1, which is 2.2 in FTS5.
        var bestWeight: Double {
            occurrences.reduce(0) { $0 + max(1e-6, log((passages - $1 + 0.5) / ($1 + 0.5))) } * 2.2
        }
    }
}

/// The numbers of passages that have a word, counted once for all searches of an answer, as counting takes longer than they.
final class WordCounts {
    private var passages: Double?
    private var occurrences: [String: Double] = [:]

    /// The number of passages.
    func passages(in db: Database) throws -> Double {
        if let passages { return passages }
        let count = try Double.fetchOne(db, sql: "SELECT count(*) FROM passage") ?? 0
        passages = count
        return count
    }

    /// How many passages have a word.
    func passages(with word: String, in db: Database) throws -> Double {
        if let count = occurrences[word] { return count }
        let statement = try db.cachedStatement(
            sql: "SELECT count(*) FROM passage_words WHERE passage_words MATCH ?"
        )
        let count = try Double.fetchOne(statement, arguments: [QueryWords.expression(for: word)]) ?? 0
        occurrences[word] = count
        return count
    }
}

extension Sequence where Self: Encodable {
    /// The elements as a JSON array, for SQLite's `json_each`.
    func jsonText() throws -> String {
        String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    }
}
