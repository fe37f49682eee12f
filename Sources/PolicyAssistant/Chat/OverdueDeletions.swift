/// Tries again to delete the threads that upstream could not delete when they were to be deleted.
///
/// Any number of servers may do so at once: what one has deleted, another finds gone.
struct OverdueDeletions: Sendable {
    let disposal: ThreadDeletion
    let clock: any Clock<Duration>

    /// How many threads are looked at in one round, and how many at a time.
    private static let (mostPerRound, concurrency) = (200, 4)
    /// The pause between rounds; it doubles while upstream deletes nothing.
    private static let (shortestPause, longestPause) = (Duration.seconds(15), Duration.seconds(600))

    /// Makes a round after each pause, until it is cancelled.
    func run() async {
        var pause = Self.shortestPause
        while (try? await clock.sleep(for: pause)) != nil {
            let isAllGone = (try? await makeRound()) ?? false
            pause = isAllGone ? Self.shortestPause : min(pause * 2, Self.longestPause)
        }
    }

    /// Deletes what can be deleted now, of a part of the threads that is another each time.
    ///
    /// The first that upstream does not delete ends the round: it is most likely away.
    ///
    /// - Returns: Whether upstream deleted all that it was asked to.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func makeRound() async throws -> Bool {
        let overdue = try await disposal.threads.pendingDeletions().filter { $0.isHeld(asIn: disposal.settings) }
        let chosen = overdue.shuffled().prefix(Self.mostPerRound)
        for start in stride(from: 0, to: chosen.count, by: Self.concurrency) {
            let outcomes = try await chosen.dropFirst(start).prefix(Self.concurrency)
                .mapConcurrently(limit: Self.concurrency) { [disposal] in try await disposal.delete($0) }
            guard outcomes.allSatisfy(\.self) else { return false }
        }
        return true
    }
}
