internal import Logging
internal import ServiceLifecycle

/// Computes the vectors of passages that were indexed without a model in use, a few at a time, in the background.
struct MeaningIndexer: Service, CustomStringConvertible {
    let encoder: PassageEncoder
    let passages: PassageRepository
    let logger: Logger

    /// How many passages are read, encoded and stored at a time.
    private static let batch = 16

    /// The name that the service group logs; without it, the group reads all that the service holds.
    var description: String { "meaning indexer" }

    /// Works until all passages have vectors, and then waits for the engine's shutdown.
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
        let waiting = try await passages.unencoded(limit: Self.batch)
        guard !waiting.isEmpty else { return false }
        let encoded = try waiting.map { unencoded in
            try Task.checkCancellation()
            let passage = unencoded.passage
            let text = Passage(headings: passage.headings, text: passage.text)
            return (passage, encoder.vectors(of: text, title: passage.title, missing: unencoded.missing))
        }
        try await passages.insert(encoded)
        return true
    }
}
