internal import Synchronization

/// Watches over a turn: ends it when it waits or takes too long, and keeps its lock alive while it runs.
final class TurnWatch: Sendable {
    private let timeout: Duration
    private let threads: ThreadsDatabase
    private let clock: any Clock<Duration>
    private let isClosed: @Sendable () -> Bool
    private let elapsed: @Sendable () -> Duration
    private let phase = Mutex(Phase.waiting)

    private enum Phase {
        case waiting
        /// Without a lock once it has its outcome and gives the lock back.
        case running(ThreadsDatabase.TurnLock?, since: Duration)
    }

    /// - Parameters:
    ///   - timeout: The longest that the turn may wait, and the longest that it may then take.
    ///   - threads: Where its lock is.
    ///   - clock: Tells the time.
    ///   - isClosed: Whether turns are to end.
    init(
        timeout: Duration,
        threads: ThreadsDatabase,
        clock: some Clock<Duration>,
        isClosed: @escaping @Sendable () -> Bool
    ) {
        self.timeout = timeout
        self.threads = threads
        self.clock = clock
        self.isClosed = isClosed
        let origin = clock.now
        elapsed = { origin.duration(to: clock.now) }
    }

    /// The waiting is over: from now on the lock is kept alive.
    func began(_ lock: ThreadsDatabase.TurnLock) {
        let now = elapsed()
        phase.withLock { $0 = .running(lock, since: now) }
    }

    /// The turn has its outcome: from now on it does not matter what becomes of the lock.
    func ends() {
        phase.withLock { phase in
            if case .running(_, let since) = phase { phase = .running(nil, since: since) }
        }
    }

    /// Runs `body`, and cancels it when it must end.
    ///
    /// - Throws: What `body` throws, or ``PolicyAssistantError``.
    func watching<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await body() }
            group.addTask { throw try await self.reasonToEnd() }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }

    private func reasonToEnd() async throws -> PolicyAssistantError {
        while true {
            let phase = phase.withLock { $0 }
            let begin: Duration = if case .running(_, let since) = phase { since } else { .zero }
            let left = timeout - (elapsed() - begin)
            guard left > .zero else { return Self.timedOut(phase, after: timeout) }
            try await clock.sleep(for: min(left, ThreadsDatabase.lockLease / 3))
            if isClosed() { return .shuttingDown }
            guard case .running(let lock?, _) = self.phase.withLock({ $0 }) else { continue }
            // An outage of Redis is no loss of the lock: what is written under it checks that it still holds.
            guard let isHeld = try? await threads.renew(lock), !isHeld else { continue }
            // Nor is it one that the turn has just given it back.
            if case .running(_?, _) = self.phase.withLock({ $0 }) { return .turnTakenOver }
        }
    }

    private static func timedOut(_ phase: Phase, after timeout: Duration) -> PolicyAssistantError {
        switch phase {
        case .waiting: .userBusy
        case .running:
            PolicyAssistantError(
                .upstreamTimeout,
                "The answer did not come within \(timeout.components.seconds) seconds. Ask again."
            )
        }
    }
}
