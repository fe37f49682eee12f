internal import Synchronization

/// Watches over turns: ends those that wait or take too long, and keeps the locks of those that run alive.
///
/// One task looks after all of them, so that a turn costs neither a timer nor calls of Redis of its own.
final class TurnSupervisor: Sendable {
    private let timeout: Duration
    private let threads: ThreadsDatabase
    private let clock: any Clock<Duration>
    private let elapsed: @Sendable () -> Duration
    private let state = Mutex(State())

    private struct State {
        var turns: [ObjectIdentifier: SupervisedTurn] = [:]
        var isPatrolled = false
        var isClosed = false
    }

    /// How long after its last sign of life a lock gets its whole lease again.
    private static let renewal = ThreadsDatabase.lockLease / 3
    /// How far apart the rounds are at least, however many turns there are.
    private static let shortestPause = Duration.milliseconds(250)

    /// - Parameters:
    ///   - timeout: The longest that a turn may wait, and the longest that it may then take.
    ///   - threads: Where its lock is.
    ///   - clock: Tells the time.
    init(timeout: Duration, threads: ThreadsDatabase, clock: some Clock<Duration>) {
        self.timeout = timeout
        self.threads = threads
        self.clock = clock
        let origin = clock.now
        elapsed = { origin.duration(to: clock.now) }
    }

    /// Runs a turn, and cancels it when it must end.
    ///
    /// - Throws: What `body` throws, or ``PolicyAssistantError``.
    func watching<Result: Sendable>(
        _ body: @escaping @Sendable (SupervisedTurn) async throws -> Result
    ) async throws -> Result {
        let turn = SupervisedTurn(elapsed: elapsed)
        add(turn)
        defer { remove(turn) }
        return try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await body(turn) }
            group.addTask { throw await turn.reasonToEnd() ?? CancellationError() as any Error }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }

    /// Ends all turns, and those yet to come, as the program is ended.
    func close() {
        let turns = state.withLock { state in
            state.isClosed = true
            return state.turns.values
        }
        for turn in turns { turn.end(.shuttingDown) }
    }

    private func add(_ turn: SupervisedTurn) {
        let (isClosed, beginsPatrol) = state.withLock { state in
            state.turns[ObjectIdentifier(turn)] = turn
            defer { state.isPatrolled = true }
            return (state.isClosed, !state.isPatrolled)
        }
        if isClosed { turn.end(.shuttingDown) }
        // It is no turn's child, as it looks after all; it ends with the last of them.
        if beginsPatrol { Task { await patrol() } }
    }

    private func remove(_ turn: SupervisedTurn) {
        state.withLock { $0.turns[ObjectIdentifier(turn)] = nil }
    }

    private func patrol() async {
        while let pause = pause() {
            try? await clock.sleep(for: pause)
            await makeRound()
        }
    }

    /// How long it is until a turn is to be looked at; nil where there is none, and the patrol is over.
    ///
    /// All turns have the same intervals: none that comes later is due earlier.
    private func pause() -> Duration? {
        state.withLock { state in
            let due = state.turns.values.lazy.map { $0.due(timeout: self.timeout, renewal: Self.renewal) }.min()
            guard let due else {
                state.isPatrolled = false
                return nil
            }
            return max(due - elapsed(), Self.shortestPause)
        }
    }

    private func makeRound() async {
        let now = elapsed()
        var renewed: [SupervisedTurn] = []
        var locks: [ThreadsDatabase.TurnLock] = []
        for turn in state.withLock({ Array($0.turns.values) }) {
            if let reason = turn.overdue(at: now, timeout: timeout) {
                end(turn, reason)
            } else if let lock = turn.lockToRenew(at: now, renewal: Self.renewal) {
                renewed.append(turn)
                locks.append(lock)
            }
        }
        // An outage of Redis is no loss of the locks: what is written under them checks that they still hold.
        guard let held = try? await threads.renew(locks) else { return }
        // Nor is it one that a turn has just given its lock back.
        for (turn, isHeld) in zip(renewed, held) where !isHeld && turn.reliesOnLock { end(turn, .turnTakenOver) }
    }

    private func end(_ turn: SupervisedTurn, _ reason: PolicyAssistantError) {
        remove(turn)
        turn.end(reason)
    }
}
