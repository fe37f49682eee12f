internal import DocumentText
internal import GRDB

/// Documents in memory, and what the engine observes of them for a question.
///
/// It reads, splits, encodes and ranks as the engine does. Programs that fit ``MeaningWeights`` use it; the engine does not.
package struct AnswerTrial: Sendable {
    private let database: DatabaseQueue
    private let meanings: MeaningIndex
    private var fileIDs: Set<String> = []

    /// Opens the sentence encoders of a folder.
    ///
    /// - Throws: `LocalEngineError` if they are missing or damaged; `DatabaseError`.
    package init(encoderDirectory: String) throws {
        meanings = MeaningIndex(encoder: try PassageEncoder(folder: encoderDirectory))
        database = try DatabaseQueue()
        try EngineSchema.migrator.migrate(database)
    }

    /// Reads and encodes a document.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - fileID: Its ID in citations.
    ///   - filename: Its name.
    /// - Throws: `LocalEngineError` if it cannot be read; `DatabaseError`.
    package mutating func add(fileAt path: String, as fileID: String, named filename: String) async throws {
        let passages: [Passage]
        do {
            passages = try await ExtractedText.read(fileAt: path, filename: filename).passages
        } catch {
            throw LocalEngineError(code: .storageUnusable, detail: "\(fileID) cannot be read: \(error.message)")
        }
        let title = DocumentTitle.title(of: filename)
        let vectors = passages.map { meanings.encoder.vectors(of: $0, title: title) }
        try await database.write { [meanings] db in
            let ids = try PassageIndex.insert(passages, fileID: fileID, filename: filename, in: db)
            for (id, vectors) in zip(ids, vectors) {
                try meanings.insert(vectors, passageID: id, fileID: fileID, in: db)
            }
        }
        fileIDs.insert(fileID)
    }

    /// Asks a question.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - earlier: The earlier questions of the same conversation, oldest first.
    /// - Returns: The observations, from which the question can be answered by any weights.
    /// - Throws: `DatabaseError`.
    package func observe(_ question: String, after earlier: [String]) throws -> ObservedQuestion {
        try database.read { db in
            var candidates: [String: [RankedPassage]] = [:]
            let history = earlier.map { Answerer.Exchange(question: $0, answer: "") }
            _ = try MeaningAnswerer(encoder: meanings.encoder).answer(
                question,
                history: history,
                instructions: nil,
                maximumResults: ObservedQuestion.results
            ) { query, meaning, limit in
                let byWords = try PassageIndex.candidates(
                    query,
                    fileIDs: fileIDs,
                    limit: limit,
                    maximumMatches: MeaningIndex.maximumWordMatches,
                    in: db
                )
                let found = try meanings.candidates(
                    for: meaning,
                    byWords: byWords,
                    fileIDs: fileIDs,
                    limit: limit,
                    in: db
                )
                candidates[query] = found
                return RankedPassage.ranked(found, for: meaning.language)
            }
            return ObservedQuestion(
                question: question,
                history: history,
                candidates: candidates,
                encoder: meanings.encoder
            )
        }
    }
}
