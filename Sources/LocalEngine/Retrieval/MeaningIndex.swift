internal import GRDB
internal import SentenceEncoder

/// Finds passages by their meaning.
///
/// The vectors of whole passages are compared with the question's in memory. The statements and tokens of those that are
/// closest, and of those that have the question's words, are then read from the database and compared as well.
///
/// A question in English is compared with passages in English by the English model, and those that it finds are compared by the
/// multilingual model as well, if there is one: two models that agree are right more often than either. What is in another
/// language, question or passage, is compared by the multilingual model alone.
final class MeaningIndex: Sendable {
    /// Computes the vectors.
    let encoder: PassageEncoder
    private let english: VectorTable
    private let multilingual: VectorTable?

    /// How many passages are compared by their statements and tokens.
    private static let closest = 60
    /// How many of those that have the question's words are compared in the same way.
    private static let closestByWords = 20
    /// How many passages are compared by their words, to find those.
    static let maximumWordMatches = 1_500
    /// If there are passages in other languages, fewer English passages than this are compared by the multilingual model
    /// alone, as standard deviations of a few mean little.
    private static let fewInEnglish = 20

    init(encoder: PassageEncoder) {
        self.encoder = encoder
        english = VectorTable("passage_meaning", model: encoder.model, tokenWidth: TokenProjection.width)
        multilingual = encoder.multilingual.map {
            VectorTable("passage_multilingual", model: $0.model, tokenWidth: $0.width)
        }
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

    /// Creates the table of the vectors by the multilingual model.
    static func addMultilingual(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE passage_multilingual (
                    passage_id INTEGER PRIMARY KEY REFERENCES passage (id) ON DELETE CASCADE,
                    file_id TEXT NOT NULL,
                    model TEXT NOT NULL,
                    is_english INTEGER, -- NULL if it cannot be told
                    vector BLOB NOT NULL,
                    statements BLOB NOT NULL,
                    tokens BLOB NOT NULL, -- of windows of a few tokens
                    owners BLOB NOT NULL -- two bytes for each window
                );
                CREATE INDEX passage_multilingual_foreign ON passage_multilingual (file_id) WHERE is_english = 0;
                """
        )
    }

    /// Stores the vectors of a passage.
    func insert(_ vectors: PassageVectors, passageID: Int64, fileID: String, in db: Database) throws {
        if let meaning = vectors.english {
            try english.insert(meaning, passageID: passageID, fileID: fileID, in: db)
        }
        if let meaning = vectors.multilingual, let multilingual {
            try multilingual.insert(meaning.vectors, passageID: passageID, fileID: fileID, in: db)
            try db.execute(
                sql: "UPDATE passage_multilingual SET is_english = ? WHERE passage_id = ?",
                arguments: [meaning.isEnglish, passageID]
            )
        }
    }

    /// Finds passages that lack vectors of a model in use, in the order of their numbers.
    ///
    /// - Parameters:
    ///   - fileID: Their file; nil for those of all files.
    ///   - last: Only passages with greater numbers are looked at.
    ///   - limit: The maximum number of passages.
    ///   - db: The database.
    /// - Returns: The passages.
    /// - Throws: `DatabaseError`.
    func unencoded(
        in fileID: String?,
        after last: Int64 = 0,
        limit: Int,
        in db: Database
    ) throws -> [UnencodedPassage] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT p.id, p.file_id, p.title, p.headings, p.text,
                    o.passage_id IS NULL AS lacks_multilingual,
                    m.passage_id IS NULL AND o.is_english IS NOT 0 AS lacks_english
                FROM passage p
                    LEFT JOIN passage_meaning m ON m.passage_id = p.id AND m.model = :english
                    LEFT JOIN passage_multilingual o ON o.passage_id = p.id AND o.model = :multilingual
                WHERE p.id > :last \(fileID == nil ? "" : "AND p.file_id = :file")
                    AND ((:multilingual IS NOT NULL AND lacks_multilingual) OR lacks_english)
                ORDER BY p.id LIMIT :limit
                """,
            arguments: [
                "english": encoder.model, "multilingual": encoder.multilingual?.model, "last": last, "limit": limit,
            ] + (fileID.map { ["file": $0] } ?? [:])
        )
        return rows.map { row in
            let missing: Set<EncoderModel> = row["lacks_english"] ? [.english] : []
            return UnencodedPassage(
                passage: ScoredPassage(row: row),
                missing: row["lacks_multilingual"] ? missing.union([.multilingual]) : missing
            )
        }
    }

    /// Ranks passages by how close they are to a question, closest first.
    ///
    /// - Parameters:
    ///   - query: The question.
    ///   - byWords: What a search for the question's words has found, best first.
    ///   - fileIDs: The files to look in.
    ///   - limit: The maximum number of passages to return.
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
        guard limit > 0 else { return [] }
        let candidates = try candidates(for: query, byWords: byWords, fileIDs: fileIDs, limit: limit, in: db)
        return Array(RankedPassage.ranked(candidates, for: query.language).prefix(limit))
    }

    /// The passages that are ranked for a question, in no order: those that are closest, and those that have its words.
    ///
    /// The parameters are those of ``search(_:byWords:fileIDs:limit:in:)``; there may be more passages than `limit`.
    func candidates(
        for query: QueryMeaning,
        byWords: [ScoredPassage],
        fileIDs: Set<String>,
        limit: Int,
        in db: Database
    ) throws -> [RankedPassage] {
        guard !fileIDs.isEmpty else { return [] }
        let models = models(for: query, byWords: byWords)
        let inEnglish = models.contains(.english) ? encoder.vectors(of: query.text) : nil
        let inAnyLanguage = models.contains(.multilingual) ? encoder.multilingual?.query(query.text) : nil
        let most = max(limit, Self.closest)
        var ids: [Int64] = []
        func add(_ others: [Int64]) {
            let known = Set(ids)
            ids += others.filter { !known.contains($0) }
        }
        if let vectors = inEnglish { add(try english.closest(to: vectors.vector, in: fileIDs, limit: most, db)) }
        if let vectors = inAnyLanguage, let multilingual {
            // What is in English has been found by the other model.
            let foreign = inEnglish == nil ? fileIDs : fileIDs.intersection(try Self.filesWithForeignPassages(in: db))
            add(try multilingual.closest(to: vectors.vector, in: foreign, limit: most, db))
        }
        add(byWords.prefix(Self.closestByWords).map(\.id))
        let places = Dictionary(byWords.enumerated().map { ($1.id, $0) }) { first, _ in first }
        return try candidates(ids, inEnglish, inAnyLanguage, in: db).map { candidate in
            var candidate = candidate
            candidate.wordPlace = places[candidate.passage.id]
            return candidate
        }
    }

    /// The files with passages in other languages than English.
    private static func filesWithForeignPassages(in db: Database) throws -> Set<String> {
        try Set(String.fetchAll(db, sql: "SELECT DISTINCT file_id FROM passage_multilingual WHERE is_english = 0"))
    }

    /// The models by which a question is compared with passages.
    ///
    /// The language of a short question is assumed to be that of the passage that has most of its words.
    private func models(for query: QueryMeaning, byWords: [ScoredPassage]) -> Set<EncoderModel> {
        guard multilingual != nil else { return [.english] }
        let language = query.language ?? byWords.first.flatMap { TextLanguage(of: $0.text) }
        return language == .english ? [.english, .multilingual] : [.multilingual]
    }

    /// Passages with how close they are to a question by the models in use.
    private func candidates(
        _ ids: [Int64],
        _ inEnglish: QueryVectors?,
        _ inAnyLanguage: QueryVectors?,
        in db: Database
    ) throws -> [RankedPassage] {
        let passages = try PassageIndex.passages(ids, in: db)
        let english = try inEnglish.map { try self.english.closeness(of: ids, to: $0, by: .english, in: db) }
        let references = try inAnyLanguage.flatMap {
            try multilingual?.closeness(of: ids, to: $0, by: .multilingual, in: db)
        }
        guard let english, let references else {
            return passages.map { RankedPassage($0, closeness: (english ?? references)?[$0.id]) }
        }
        let hasForeign = references.keys.contains { english[$0] == nil }
        let hasFewInEnglish = hasForeign && english.count < Self.fewInEnglish
        return passages.map { passage in
            let (closeness, reference) = (english[passage.id], references[passage.id])
            return RankedPassage(
                passage,
                closeness: hasFewInEnglish ? reference ?? closeness : closeness ?? reference,
                reference: reference
            )
        }
    }
}

/// A passage that lacks vectors of some models.
struct UnencodedPassage: Sendable {
    let passage: ScoredPassage
    let missing: Set<EncoderModel>

    /// What its vectors are computed from.
    struct Content: Hashable {
        let passage: Passage
        let title: String
        let missing: Set<EncoderModel>
    }

    var content: Content {
        let text = Passage(headings: passage.headings, text: passage.text)
        return Content(passage: text, title: passage.title, missing: missing)
    }
}
