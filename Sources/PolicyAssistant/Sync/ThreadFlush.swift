/// Deletes the threads that still carry text of older revisions, and those that could not be deleted earlier.
///
/// The mapping goes by compare-and-delete, so that a thread which a user's turn has made in the meantime stays. A thread
/// that an earlier upstream has is left to a sync that cleans there.
struct ThreadFlush {
    let disposal: ThreadDeletion

    private var threads: ThreadsDatabase { disposal.threads }

    /// Deletes the threads made before a revision, 0 for none, and those that were put off.
    func run(
        olderThan revision: Int,
        concurrency: Int,
        progress: @escaping @Sendable (SyncProgress) -> Void
    ) async throws -> FlushReceipt {
        let overdue = try await threads.pendingDeletions().filter { $0.isHeld(asIn: disposal.settings) }
        let counter = ProgressCounter(.flushing, of: overdue.count, progress)
        var receipt = FlushReceipt()
        receipt += try await overdue.mapConcurrently(limit: concurrency) { thread in
            defer { counter.advance() }
            return try await disposal.delete(thread)
        }
        guard revision > 0 else { return receipt }
        try await threads.requireRevision(revision)
        try await threads.threads(olderThan: revision) { outdated in
            counter.expect(outdated.count)
            receipt += try await outdated.mapConcurrently(limit: concurrency) { thread -> Bool? in
                defer { counter.advance() }
                return try await disposal.dispose(of: thread)
            }
        }
        return receipt
    }
}

extension FlushReceipt {
    /// Adds outcomes, one for each thread: whether it was deleted; nil where that was left to others.
    fileprivate static func += (receipt: inout FlushReceipt, outcomes: [Bool?]) {
        receipt.threadsFlushed += outcomes.count { $0 == true }
        receipt.threadsNotFlushed += outcomes.count { $0 == false }
    }
}
