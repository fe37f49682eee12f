private import Foundation
internal import GRDB
internal import SentenceEncoder

/// A vector store of generated passages, to measure the time of a search.
///
/// Words are generated with the frequencies of a natural language, and vectors are random; both are the same each time. The
/// engine does not use it.
package struct SearchTrial: Sendable {
    private let pool: DatabasePool
    private let meanings: MeaningIndex
    private let repository: PassageRepository

    /// Opens a database, which is created if it is missing.
    ///
    /// - Throws: `LocalEngineError` or `DatabaseError`.
    package init(databasePath: String, encoderDirectory: String) async throws {
        meanings = MeaningIndex(encoder: try PassageEncoder(folder: encoderDirectory))
        pool = try await EngineDatabase.open(at: databasePath)
        repository = PassageRepository(pool: pool, clock: .system, meanings: meanings)
    }

    /// The number of passages.
    package func passages() async throws -> Int {
        try await pool.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM passage") ?? 0 }
    }

    /// Adds documents of 20 passages, each of 100 words.
    ///
    /// - Parameter documents: Which of all documents; each number stands for one document.
    /// - Throws: `DatabaseError`.
    package func add(documents: Range<Int>) async throws {
        try await pool.write { db in
            try db.execute(
                sql: """
                    INSERT OR IGNORE INTO vector_store (id, metadata, created_at, last_active_at)
                    VALUES ('vs_trial', '{}', 0, 0)
                    """
            )
            for number in documents {
                var random = SeededNumbers(seed: UInt64(number))
                let fileID = "file-\(number)"
                try db.execute(
                    sql: """
                        INSERT INTO file (id, filename, bytes, purpose, created_at) VALUES (:id, :name, 0, 'assistants', 0);
                        INSERT INTO indexing (file_id, state) VALUES (:id, 'completed');
                        INSERT INTO store_file (store_id, file_id, attributes, chunk_size, chunk_overlap, created_at)
                        VALUES ('vs_trial', :id, '{"since":1}', 800, 400, 0);
                        """,
                    arguments: ["id": fileID, "name": "\(fileID).md"]
                )
                let passages = (0..<20).map { _ in
                    Passage(headings: [Self.words(4, &random)], text: Self.words(100, &random) + ".")
                }
                let ids = try PassageIndex.insert(passages, fileID: fileID, filename: "\(fileID).md", in: db)
                for id in ids {
                    let vectors = PassageVectors(
                        english: Self.meaning(width: 384, tokens: 125, tokenWidth: TokenProjection.width, &random),
                        multilingual: meanings.encoder.multilingual.map { model in
                            let (width, windows) = (model.width, 40)
                            return MultilingualMeaning(
                                isEnglish: true,
                                vectors: Self.meaning(width: width, tokens: windows, tokenWidth: width, &random)
                            )
                        }
                    )
                    try meanings.insert(vectors, passageID: id, fileID: fileID, in: db)
                }
            }
        }
    }

    /// A question with four words of the passages, another one for each number; about 20 tokens.
    package static func question(_ number: Int) -> String {
        var random = SeededNumbers(seed: UInt64(number) << 32)
        return "How many \(words(4, &random)) do I get?"
    }

    /// Searches as the engine does for `POST /v1/vector_stores/{id}/search`.
    ///
    /// - Returns: How many passages were found.
    /// - Throws: `DatabaseError`.
    package func search(_ question: String) async throws -> Int {
        try await repository.find([question], in: VectorStoreSearch(storeIDs: ["vs_trial"]), limit: 10).count
    }

    /// Words with the frequencies that words of content have in a language (Zipf's law): the most frequent ones are in two
    /// of five passages, most of them in few.
    private static func words(_ count: Int, _ random: inout SeededNumbers) -> String {
        (0..<count).map { _ in "w\(Int(30 * pow(700, Double.random(in: 0..<1, using: &random))))x" }
            .joined(separator: " ")
    }

    /// The vectors of a passage of five statements, with the same number of tokens or windows each.
    private static func meaning(
        width: Int,
        tokens: Int,
        tokenWidth: Int,
        _ random: inout SeededNumbers
    ) -> PassageMeaning {
        func vectors(_ count: Int, width: Int) -> QuantizedVectors {
            var vectors = QuantizedVectors(width: width)
            vectors.append((0..<count * width).map { _ in random.small() })
            return vectors
        }
        return PassageMeaning(
            vector: vectors(1, width: width),
            statements: vectors(5, width: width),
            tokens: vectors(tokens, width: tokenWidth),
            owners: (0..<tokens).map { UInt16($0 * 5 / tokens) }
        )
    }
}

/// Pseudorandom numbers, the same for each seed (SplitMix64).
private struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number of the size that those of a vector of length 1 have.
    mutating func small() -> Float { Float(Int64(truncatingIfNeeded: next() >> 40) - 1 << 23) / Float(1 << 27) }
}
