/// Tries again to delete the threads whose deletion upstream failed.
///
/// Any number of servers may do so at once: a thread that one has deleted is gone for the others.
struct OverdueDeletions: Sendable {
    let threadDeletion: ThreadDeletion
    let clock: any Clock<Duration>

    /// How many threads one attempt deletes, and how many at a time.
    private static let (maximumThreads, concurrency) = (200, 4)
    /// The pause between attempts; it doubles while upstream deletes nothing.
    private static let (shortestPause, longestPause) = (Duration.seconds(15), Duration.seconds(600))

    /// Tries after each pause, until it is cancelled.
    func run() async {
        var pause = Self.shortestPause
        while (try? await clock.sleep(for: pause)) != nil {
            let isComplete = (try? await deleteSome()) ?? false
            pause = isComplete ? Self.shortestPause : min(pause * 2, Self.longestPause)
        }
    }

    /// Deletes a random part of the threads, up to the first that upstream does not delete: it is most likely unreachable.
    ///
    /// - Returns: Whether upstream deleted all of them.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func deleteSome() async throws -> Bool {
        let overdue = try await threadDeletion.threads.pendingDeletions().filter {
            $0.isAtUpstream(of: threadDeletion.settings)
        }
        let chosen = overdue.shuffled().prefix(Self.maximumThreads)
        for start in stride(from: 0, to: chosen.count, by: Self.concurrency) {
            let outcomes = try await chosen.dropFirst(start).prefix(Self.concurrency)
                .mapConcurrently(limit: Self.concurrency) { [threadDeletion] in try await threadDeletion.delete($0) }
            guard outcomes.allSatisfy(\.self) else { return false }
        }
        return true
    }
}
