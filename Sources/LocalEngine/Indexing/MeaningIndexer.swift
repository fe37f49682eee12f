internal import GRDB
internal import Logging
internal import ServiceLifecycle

/// Makes the vectors of passages that were indexed without a model in force, a few at a time, in the background.
struct MeaningIndexer: Service {
    let meanings: MeaningIndex
    let pool: DatabasePool
    let logger: Logger

    /// How many passages are read, encoded and kept at once.
    private static let batch = 16

    /// Works until all passages have vectors, and then waits for the engine's end.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            do {
                let executor = ReadingExecutor()
                try await withTaskExecutorPreference(executor) {
                    while try await encodeBatch() { try Task.checkCancellation() }
                }
            } catch is CancellationError {
                return
            } catch {
                logger.error("cannot encode passages", metadata: ["error": "\(error.kind)"])
            }
            try? await gracefulShutdown()
        }
    }

    /// Encodes some passages; false if there were none left.
    private func encodeBatch() async throws -> Bool {
        let waiting = try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT p.id, p.file_id, p.title, p.headings, p.text,
                        o.passage_id IS NULL AS lacks_multilingual,
                        m.passage_id IS NULL AND o.is_english IS NOT 0 AS lacks_english
                    FROM passage p
                        LEFT JOIN passage_meaning m ON m.passage_id = p.id AND m.model = :english
                        LEFT JOIN passage_multilingual o ON o.passage_id = p.id AND o.model = :multilingual
                    WHERE (:multilingual IS NOT NULL AND lacks_multilingual) OR lacks_english LIMIT :batch
                    """,
                arguments: [
                    "english": meanings.encoder.model, "multilingual": meanings.encoder.multilingual?.model,
                    "batch": Self.batch,
                ]
            ).map { row in
                let passage = ScoredPassage(
                    id: row["id"],
                    fileID: row["file_id"],
                    title: row["title"],
                    headings: (row["headings"] as String).split(separator: "\n").map { String($0) },
                    text: row["text"],
                    score: 0
                )
                let missing: Set<Model> = row["lacks_english"] ? [.english] : []
                return (passage, row["lacks_multilingual"] ? missing.union([.multilingual]) : missing)
            }
        }
        guard !waiting.isEmpty else { return false }
        let encoded = try waiting.map { passage, missing in
            try Task.checkCancellation()
            let text = Passage(headings: passage.headings, text: passage.text)
            return (passage, meanings.encoder.vectors(of: text, title: passage.title, missing: missing))
        }
        try await pool.write { db in
            for (passage, vectors) in encoded
            where try Bool.fetchOne(db, sql: "SELECT 1 FROM passage WHERE id = ?", arguments: [passage.id]) != nil {
                try meanings.insert(vectors, passageID: passage.id, fileID: passage.fileID, in: db)
            }
        }
        return true
    }
}
