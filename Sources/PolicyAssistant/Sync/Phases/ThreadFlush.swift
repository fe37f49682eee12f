/// What a flush has done.
public struct FlushReceipt: Sendable, Hashable, Codable {
    /// The number of threads that were deleted, upstream and in Redis.
    public var threadsFlushed = 0
    /// The number of threads that could not be deleted upstream: no question uses them, and the next flush tries again.
    public var threadsNotFlushed = 0

    /// Adds outcomes, one for each thread: whether it was deleted; nil where that is left to a later sync.
    fileprivate mutating func add(_ outcomes: [Bool?]) {
        threadsFlushed += outcomes.count { $0 == true }
        threadsNotFlushed += outcomes.count { $0 == false }
    }
}

/// Deletes the threads that have text of older revisions, and those whose deletion was deferred.
///
/// A user's record is compared before it is deleted, so that a thread stays that a turn has created meanwhile. A thread at
/// an earlier upstream is left to ``PreviousCleanup``.
struct ThreadFlush: Sendable {
    let deletion: ThreadDeletion
    /// How many threads are deleted at a time.
    let concurrency: Int
    let progress: @Sendable (SyncProgress) -> Void

    /// Deletes the threads that were created before a revision, 0 for none, and those whose deletion was deferred.
    func run(olderThan revision: Int) async throws -> FlushReceipt {
        let threads = deletion.threads
        let deferred = try await threads.pendingDeletions().filter { $0.isAtUpstream(of: deletion.settings) }
        let counter = ProgressCounter(.flushing, of: deferred.count, progress)
        var receipt = FlushReceipt()
        receipt.add(
            try await deferred.mapConcurrently(limit: concurrency) { thread in
                defer { counter.advance() }
                return try await deletion.delete(thread)
            }
        )
        guard revision > 0 else { return receipt }
        try await threads.requireRevision(revision)
        try await threads.threads(olderThan: revision) { outdated in
            counter.expect(outdated.count)
            receipt.add(
                try await outdated.mapConcurrently(limit: concurrency) { thread in
                    defer { counter.advance() }
                    return try await deletion.dispose(of: thread)
                }
            )
        }
        return receipt
    }
}
