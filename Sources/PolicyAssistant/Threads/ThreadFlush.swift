internal import Logging
internal import OpenAI

/// Deletes the threads that still carry text of older revisions: upstream first, then the mapping.
///
/// The mapping goes by compare-and-delete, so that a thread which a user's turn has made in the meantime stays.
struct ThreadFlush {
    let threads: ThreadsDatabase
    let backend: ResponsesBackend
    let logger: Logger

    /// - Returns: How many threads were deleted, and how many could not be.
    func run(
        olderThan revision: Int,
        concurrency: Int,
        progress: @escaping @Sendable (SyncProgress) -> Void
    ) async throws -> (flushed: Int, failed: Int) {
        try await threads.requireRevision(revision)
        let outdated = try await threads.threads(olderThan: revision)
        let counter = ProgressCounter(.flushing, of: outdated.count, progress)
        let outcomes = try await outdated.mapConcurrently(limit: concurrency) { thread in
            defer { counter.advance() }
            do {
                try await backend.deleteThread(thread.record.id)
            } catch let error as OpenAIError {
                logger.warning("a thread could not be deleted", metadata: ["error": "\(error)"])
                return false
            }
            try await threads.forget(thread.record.id, of: thread.user)
            return true
        }
        let flushed = outcomes.count(where: \.self)
        return (flushed, outcomes.count - flushed)
    }
}
