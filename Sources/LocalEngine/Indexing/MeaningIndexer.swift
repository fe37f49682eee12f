internal import GRDB
internal import Logging
internal import ServiceLifecycle

/// Makes the vectors of passages that were indexed without the model in force, a few at a time, in the background.
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
                    SELECT p.id, p.file_id, p.title, p.headings, p.text
                    FROM passage p LEFT JOIN passage_meaning m ON m.passage_id = p.id AND m.model = ?
                    WHERE m.passage_id IS NULL LIMIT ?
                    """,
                arguments: [meanings.encoder.model, Self.batch]
            ).map { row in
                ScoredPassage(
                    id: row["id"],
                    fileID: row["file_id"],
                    title: row["title"],
                    headings: (row["headings"] as String).split(separator: "\n").map { String($0) },
                    text: row["text"],
                    score: 0
                )
            }
        }
        guard !waiting.isEmpty else { return false }
        let encoded = try waiting.map { passage in
            try Task.checkCancellation()
            let text = Passage(headings: passage.headings, text: passage.text)
            return (passage, meanings.encoder.meaning(of: text, title: passage.title))
        }
        try await pool.write { db in
            for (passage, meaning) in encoded
            where try Bool.fetchOne(db, sql: "SELECT 1 FROM passage WHERE id = ?", arguments: [passage.id]) != nil {
                try meanings.insert(meaning, passageID: passage.id, fileID: passage.fileID, in: db)
            }
        }
        return true
    }
}
