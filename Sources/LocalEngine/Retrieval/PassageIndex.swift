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
    ///   - counts: Counts words; several searches may share it.
    ///   - db: The database.
    /// - Returns: The passages with their scores.
    /// - Throws: `DatabaseError`.
    static func search(
        _ query: String,
        fileIDs: Set<String>,
        limit: Int,
        by counts: WordCounts = WordCounts(),
        in db: Database
    ) throws -> [ScoredPassage] {
        let words = QueryWords(query)
        guard !words.all.isEmpty, !fileIDs.isEmpty, limit > 0 else { return [] }
        let best = try Statistics(of: words.all, by: counts, in: db).bestWeight
        return try matches(words.expression, fileIDs: fileIDs, limit: limit, in: db).map { passage, weight in
            var passage = passage
            passage.score = min(1, max(0, weight / best))
            return passage
        }
    }

    /// Finds the passages that have words of a query, those that fit it best first, without scores.
    ///
    /// - Parameters:
    ///   - query: Words in any order; nothing in it is syntax.
    ///   - fileIDs: The files to look in, any number of them.
    ///   - limit: The maximum number of passages to return.
    ///   - maximumMatches: How many passages are compared, as far as can be: the frequent words of the query are not looked for
    ///     where the rarer ones are in so many passages. The rarest word is looked for however many have it.
    ///   - db: The database.
    /// - Returns: The passages; their scores are 0.
    /// - Throws: `DatabaseError`.
    static func candidates(
        _ query: String,
        fileIDs: Set<String>,
        limit: Int,
        maximumMatches: Int,
        in db: Database
    ) throws -> [ScoredPassage] {
        let words = QueryWords(query)
        guard !words.all.isEmpty, !fileIDs.isEmpty, limit > 0 else { return [] }
        let sought = try rarest(of: words, within: maximumMatches, in: db)
        return try matches(sought.expression, fileIDs: fileIDs, limit: limit, in: db).map(\.passage)
    }

    /// The rarest words that are in so many passages together, and the rarest in any case.
    private static func rarest(of words: QueryWords, within most: Int, in db: Database) throws -> QueryWords {
        guard words.all.count > 1 else { return words }
        // How many more passages have a word matters only if all words are in more.
        var occurrences = try words.all.map { try WordCounts.passages(with: $0, atMost: most + 1, in: db) }
        if occurrences.allSatisfy({ $0 > most }) {
            occurrences = try words.all.map { try WordCounts.passages(with: $0, atMost: .max, in: db) }
        }
        var rest = most
        var places: Set<Int> = []
        for place in occurrences.indices.sorted(by: { (occurrences[$0], $0) < (occurrences[$1], $1) }) {
            guard places.isEmpty || occurrences[place] <= rest else { break }
            rest -= occurrences[place]
            places.insert(place)
        }
        return words.keeping(places)
    }

    /// The passages of some files that match an expression of FTS5, best first, with their bm25.
    ///
    /// Passages are read in the order of their bm25, only until there are enough of them: most that match are never read.
    private static func matches(
        _ expression: String,
        fileIDs: Set<String>,
        limit: Int,
        in db: Database
    ) throws -> [(passage: ScoredPassage, weight: Double)] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT rowid, -bm25(passage_words, 1.0, 2.0, 1.0) AS weight
                FROM passage_words WHERE passage_words MATCH ? ORDER BY weight DESC, rowid
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [expression])
        var found: [(passage: ScoredPassage, weight: Double)] = []
        // The files may have few of the passages that match.
        var size = limit
        while found.count < limit {
            var batch: [(id: Int64, weight: Double)] = []
            while batch.count < size, let row = try rows.next() { batch.append((row[0], row[1])) }
            if batch.isEmpty { break }
            let passages = try passages(batch.map(\.id), of: fileIDs, in: db)
            let places = Dictionary(uniqueKeysWithValues: passages.enumerated().map { ($1.id, $0) })
            for (id, weight) in batch {
                if let place = places[id] { found.append((passages[place], weight)) }
            }
            size = min(2 * size, maximumBatch)
        }
        return Array(found.prefix(limit))
    }

    /// How many passages are read at a time.
    private static let maximumBatch = 5_000

    /// Reads passages, in the order of their numbers; their scores are 0.
    ///
    /// - Parameters:
    ///   - ids: Their numbers.
    ///   - fileIDs: The files to which they have to belong; nil for any.
    ///   - db: The database.
    /// - Returns: The passages.
    /// - Throws: `DatabaseError`.
    static func passages(_ ids: [Int64], of fileIDs: Set<String>? = nil, in db: Database) throws -> [ScoredPassage] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT id, file_id, title, headings, text FROM passage
                WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [ids.jsonText])
        var passages: [ScoredPassage] = []
        while let row = try rows.next() {
            let fileID: String = row[1]
            if let fileIDs, !fileIDs.contains(fileID) { continue }
            passages.append(ScoredPassage(row: row))
        }
        return passages
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
        let count = Double(try Self.passages(with: word, atMost: .max, in: db))
        occurrences[word] = count
        return count
    }

    /// How many passages have a word, counted no further than to a bound.
    static func passages(with word: String, atMost bound: Int, in db: Database) throws -> Int {
        let statement = try db.cachedStatement(
            sql: "SELECT count(*) FROM (SELECT 1 FROM passage_words WHERE passage_words MATCH ? LIMIT ?)"
        )
        return try Int.fetchOne(statement, arguments: [QueryWords.expression(for: word), bound]) ?? 0
    }
}

extension ScoredPassage {
    /// Reads a row of the columns `id`, `file_id`, `title`, `headings` and `text`, in this order; the score is 0.
    init(row: Row) {
        self.init(
            id: row[0],
            fileID: row[1],
            title: row[2],
            headings: (row[3] as String).split(separator: "\n").map { String($0) },
            text: row[4],
            score: 0
        )
    }
}

extension [Int64] {
    /// The numbers as a JSON array, for SQLite's `json_each`.
    var jsonText: String { "[" + map { String($0) }.joined(separator: ",") + "]" }
}
