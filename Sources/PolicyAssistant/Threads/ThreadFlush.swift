internal import Logging
internal import OpenAI

/// Deletes the threads that still carry text of older revisions: upstream first, then the mapping.
///
/// The mapping goes by compare-and-delete, so that a thread which a user's turn has made in the meantime stays. A thread
/// that cannot be deleted upstream now is noted before its mapping goes, so that it is never forgotten. So is one that an
/// earlier upstream has, where a flush has no business: it is left to a sync that cleans there.
struct ThreadFlush {
    let threads: ThreadsDatabase
    let backend: any ThreadBackend
    let settings: Settings
    let logger: Logger

    /// Deletes the threads made before a revision, 0 for none, and those that were put off.
    func run(
        olderThan revision: Int,
        concurrency: Int,
        progress: @escaping @Sendable (SyncProgress) -> Void
    ) async throws -> FlushReceipt {
        let overdue = try await threads.undeleted().filter { $0.isHeld(asIn: settings) }
        let counter = ProgressCounter(.flushing, of: overdue.count, progress)
        var receipt = FlushReceipt()
        receipt += try await overdue.mapConcurrently(limit: concurrency) { thread in
            defer { counter.advance() }
            guard await isDeletedUpstream(thread) else { return false }
            try await threads.strike(thread.id)
            return true
        }
        guard revision > 0 else { return receipt }
        try await threads.requireRevision(revision)
        try await threads.threads(olderThan: revision) { outdated in
            counter.expect(outdated.count)
            receipt += try await outdated.mapConcurrently(limit: concurrency) { thread -> Bool? in
                defer { counter.advance() }
                guard thread.record.isHeld(asIn: settings) else {
                    try await threads.putOff(thread)
                    return nil
                }
                guard await isDeletedUpstream(UndeletedThread(thread.record)) else {
                    try await threads.putOff(thread)
                    return false
                }
                try await threads.forget(thread.record.id, of: thread.user)
                return true
            }
        }
        return receipt
    }

    private func isDeletedUpstream(_ thread: UndeletedThread) async -> Bool {
        // The thread that the settings name stays upstream, whoever else was given it.
        guard thread.id != settings.sharedThread else { return true }
        do {
            try await backend.deleteThread(thread.id, madeOver: thread.upstreamProtocol)
            return true
        } catch {
            logger.warning("a thread could not be deleted", metadata: ["error": "\(error)"])
            return false
        }
    }
}

extension FlushReceipt {
    /// Adds outcomes, one for each thread: whether it was deleted; nil where that was left to others.
    fileprivate static func += (receipt: inout FlushReceipt, outcomes: [Bool?]) {
        receipt.threadsFlushed += outcomes.count { $0 == true }
        receipt.threadsNotFlushed += outcomes.count { $0 == false }
    }
}
