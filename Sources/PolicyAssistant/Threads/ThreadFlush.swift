internal import Logging
internal import OpenAI

/// Deletes the threads that still carry text of older revisions: upstream first, then the mapping.
///
/// The mapping goes by compare-and-delete, so that a thread which a user's turn has made in the meantime stays. A thread
/// that cannot be deleted upstream now is noted before its mapping goes, so that it is never forgotten.
struct ThreadFlush {
    let threads: ThreadsDatabase
    let backend: any ThreadBackend
    /// The thread that the settings name: it stays upstream, whoever else was given it.
    let sharedThread: String?
    let logger: Logger

    /// Deletes the threads made before a revision, 0 for none, and those that were put off.
    func run(
        olderThan revision: Int,
        concurrency: Int,
        progress: @escaping @Sendable (SyncProgress) -> Void
    ) async throws -> FlushReceipt {
        let overdue = Array(try await threads.undeleted())
        let counter = ProgressCounter(.flushing, of: overdue.count, progress)
        var receipt = FlushReceipt()
        receipt += try await overdue.mapConcurrently(limit: concurrency) { id, upstreamProtocol in
            defer { counter.advance() }
            guard await isDeletedUpstream(id, upstreamProtocol) else { return false }
            try await threads.strike(id)
            return true
        }
        guard revision > 0 else { return receipt }
        try await threads.requireRevision(revision)
        try await threads.threads(olderThan: revision) { outdated in
            counter.expect(outdated.count)
            receipt += try await outdated.mapConcurrently(limit: concurrency) { thread in
                defer { counter.advance() }
                guard await isDeletedUpstream(thread.record.id, thread.record.upstreamProtocol) else {
                    try await threads.putOff(thread)
                    return false
                }
                try await threads.forget(thread.record.id, of: thread.user)
                return true
            }
        }
        return receipt
    }

    private func isDeletedUpstream(_ threadID: String, _ upstreamProtocol: String) async -> Bool {
        guard threadID != sharedThread else { return true }
        do {
            try await backend.deleteThread(threadID, madeOver: upstreamProtocol)
            return true
        } catch {
            logger.warning("a thread could not be deleted", metadata: ["error": "\(error)"])
            return false
        }
    }
}

extension FlushReceipt {
    /// Adds outcomes, one for each thread: whether it was deleted.
    fileprivate static func += (receipt: inout FlushReceipt, outcomes: [Bool]) {
        let deleted = outcomes.count(where: \.self)
        receipt.threadsFlushed += deleted
        receipt.threadsNotFlushed += outcomes.count - deleted
    }
}
