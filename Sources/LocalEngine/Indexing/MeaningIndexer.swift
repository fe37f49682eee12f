internal import Logging
internal import ServiceLifecycle

/// Computes the vectors of passages that were indexed without them, a few at a time, in the background.
///
/// When it starts, it looks at all passages, and then at those of the files that are in part without vectors, whichever process
/// indexed them. Vectors are stored as they are computed, so that work that ends early goes on where it ended.
struct MeaningIndexer: Service, CustomStringConvertible {
    let encoder: PassageEncoder
    let passages: PassageRepository
    let signal: IndexSignal
    let logger: Logger

    /// How many passages are read, encoded and stored at a time.
    private static let batch = 16

    /// The name that the service group logs; without it, the group reads all that the service holds.
    var description: String { "meaning indexer" }

    /// Works whenever it is woken, until the engine shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            let executor = ReadingExecutor()
            await withTaskExecutorPreference(executor) {
                await work { try await encode(fileID: nil) }
                for await _ in signal.wakeUps {
                    await work {
                        for file in try await passages.partlyEncodedFiles() {
                            try await encode(fileID: file)
                            try await passages.noteEncoded(file)
                        }
                    }
                }
            }
        }
    }

    private func work(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch is CancellationError {
        } catch {
            logger.error("cannot encode passages", metadata: ["error": "\(error.kind)"])
        }
    }

    /// Encodes the passages of a file that lack vectors, or of all files.
    private func encode(fileID: String?) async throws {
        var last: Int64 = 0
        // A long table can consist of the same few passages, again and again.
        var known: [UnencodedPassage.Content: PassageVectors] = [:]
        while true {
            let waiting = try await passages.unencoded(in: fileID, after: last, limit: Self.batch)
            guard let end = waiting.last?.passage.id else { return }
            let encoded = try waiting.map { unencoded in
                try Task.checkCancellation()
                let content = unencoded.content
                let vectors = known[content] ?? vectors(of: content)
                if known.count >= Self.batch { known = [:] }
                known[content] = vectors
                return (unencoded.passage, vectors)
            }
            try await passages.insert(encoded)
            last = end
        }
    }

    private func vectors(of content: UnencodedPassage.Content) -> PassageVectors {
        encoder.vectors(of: content.passage, title: content.title, missing: content.missing)
    }
}
