internal import Synchronization

/// Holds the turns that run in this process, ends those that wait or take too long, and renews the locks of the others.
///
/// One task supervises all turns, so that a turn costs neither a timer nor calls of Redis of its own.
final class TurnSupervisor: Sendable {
    /// Returns the time since the supervisor was created.
    let elapsed: @Sendable () -> Duration
    private let limits: TurnMachine.Limits
    private let threads: ThreadsDatabase
    private let clock: any Clock<Duration>
    private let state = Mutex(State())

    private struct State {
        var turns: [TurnID: RunningTurn] = [:]
        var isSupervising = false
        var isClosing = false
        var isClosed = false
        /// Those who wait until no turn runs.
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// The shortest time between two ticks, however many turns there are.
    private static let shortestPause = Duration.milliseconds(250)

    /// Creates a supervisor without turns.
    ///
    /// - Parameters:
    ///   - timeout: The longest that a turn may be queued, and the longest that it may then take.
    ///   - threads: The database of the turns' locks.
    ///   - clock: Tells the time.
    init(timeout: Duration, threads: ThreadsDatabase, clock: some Clock<Duration>) {
        limits = TurnMachine.Limits(timeout: timeout, renewal: ThreadsDatabase.lockLease / 3)
        self.threads = threads
        self.clock = clock
        let origin = clock.now
        elapsed = { origin.duration(to: clock.now) }
    }

    // MARK: Turns

    /// The turn of an ID, if it runs here.
    subscript(id: TurnID) -> RunningTurn? { state.withLock { $0.turns[id] } }

    /// All turns that run here.
    var turns: [RunningTurn] { state.withLock { Array($0.turns.values) } }

    /// Whether turns are ended since the program ends.
    var isClosed: Bool { state.withLock(\.isClosed) }

    /// Starts a turn, which runs until `body` returns.
    ///
    /// - Parameters:
    ///   - turn: The turn.
    ///   - executor: Where its task runs; nil for the global pool.
    ///   - body: What its task does.
    /// - Throws: ``PolicyAssistantError`` with the code `shuttingDown`.
    func start(
        _ turn: RunningTurn,
        on executor: (any TaskExecutor)? = nil,
        _ body: @escaping @Sendable () async -> Void
    ) throws(PolicyAssistantError) {
        let isFirst = try state.withLock { state throws(PolicyAssistantError) in
            guard !state.isClosing else { throw .shuttingDown }
            state.turns[turn.id] = turn
            defer { state.isSupervising = true }
            return !state.isSupervising
        }
        turn.start(on: executor) {
            await body()
            self.remove(turn)
        }
        // A child of no turn, as it supervises all; it ends with the last of them.
        if isFirst { Task { await superviseUntilIdle() } }
    }

    /// Starts a turn and waits for what `body` returns; a caller that is cancelled ends the turn.
    ///
    /// - Throws: What `body` throws, or ``PolicyAssistantError`` where the turn is ended.
    func run<Result: Sendable>(
        _ turn: RunningTurn,
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let outcome = Mutex<Swift.Result<Result, any Error>>(.failure(CancellationError()))
        try start(turn) {
            do {
                let result = try await body()
                try turn.checkEnd()
                outcome.withLock { $0 = .success(result) }
            } catch {
                let error = self.error(ending: turn, with: error)
                outcome.withLock { $0 = .failure(error) }
            }
        }
        await withTaskCancellationHandler {
            await turn.wait()
        } onCancel: {
            turn.end(.cancelled)
        }
        return try outcome.withLock(\.self).get()
    }

    /// The error of a turn whose task failed with `error`: the reason to end it, if there is one.
    func error(ending turn: RunningTurn, with error: any Error) -> any Error {
        switch turn.endReason {
        case .cancelled: CancellationError()
        case .waitedTooLong: PolicyAssistantError.userBusy
        case .tookTooLong: PolicyAssistantError.answerTimedOut(after: limits.timeout)
        case .lockLost: PolicyAssistantError.lockLost
        case .shuttingDown: PolicyAssistantError.shuttingDown
        case nil: error
        }
    }

    private func remove(_ turn: RunningTurn) {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.turns[turn.id] = nil
            guard state.turns.isEmpty else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    // MARK: Shutdown

    /// Starts no more turns, waits for those that run, and ends those that take longer than `grace`.
    func close(within grace: Duration) async {
        state.withLock { $0.isClosing = true }
        await withDiscardingTaskGroup { group in
            group.addTask { [clock] in
                guard (try? await clock.sleep(for: grace)) != nil else { return }
                self.endAll()
            }
            await waitUntilIdle()
            group.cancelAll()
        }
        endAll()
    }

    private func endAll() {
        let turns = state.withLock { state in
            state.isClosed = true
            return state.turns.values
        }
        for turn in turns { turn.end(.shuttingDown) }
    }

    private func waitUntilIdle() async {
        await withCheckedContinuation { continuation in
            let waits = state.withLock { state in
                guard !state.turns.isEmpty else { return false }
                state.waiting.append(continuation)
                return true
            }
            if !waits { continuation.resume() }
        }
    }

    // MARK: Supervision

    private func superviseUntilIdle() async {
        while let pause = nextPause() {
            try? await clock.sleep(for: pause)
            await tick()
        }
    }

    /// How long it is until the next tick; nil where there are no turns, and the supervision ends.
    ///
    /// All turns have the same limits: none that starts later is due earlier.
    private func nextPause() -> Duration? {
        state.withLock { state in
            let due = state.turns.values.lazy.compactMap { $0.nextTick(self.limits) }.min()
            guard let due else {
                state.isSupervising = false
                return nil
            }
            return max(due - elapsed(), Self.shortestPause)
        }
    }

    private func tick() async {
        let now = elapsed()
        var renewed: [RunningTurn] = []
        var locks: [ThreadsDatabase.TurnLock] = []
        for turn in turns {
            switch turn.tick(now: now, limits) {
            case .nothing: break
            case .end(let reason): turn.end(reason)
            case .renewLock:
                guard let lock = turn.lock else { continue }
                renewed.append(turn)
                locks.append(lock)
            }
        }
        // An outage of Redis does not mean that the locks are lost: writes under a lock check that it still holds. Nor
        // does it where a turn has just released its lock.
        guard let held = try? await threads.renew(locks) else { return }
        for (turn, isHeld) in zip(renewed, held) where !isHeld && turn.lock != nil { turn.end(.lockLost) }
    }
}
