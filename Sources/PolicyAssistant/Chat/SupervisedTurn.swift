internal import Synchronization

/// A turn under a ``TurnSupervisor``: how long it has waited or run, the lock that it holds, and why it is to end.
final class SupervisedTurn: Sendable {
    private let elapsed: @Sendable () -> Duration
    private let state: Mutex<State>

    private struct State {
        var phase = Phase.waiting
        /// When the phase began.
        var since: Duration
        /// When the lock was last given its whole lease.
        var renewed: Duration
        var reasonToEnd: PolicyAssistantError?
        var waiting: CheckedContinuation<Void, Never>?
    }

    private enum Phase {
        case waiting
        /// Without a lock once it has its outcome and gives the lock back.
        case running(ThreadsDatabase.TurnLock?)
    }

    /// - Parameter elapsed: Tells how long the watch has been there.
    init(elapsed: @escaping @Sendable () -> Duration) {
        self.elapsed = elapsed
        let now = elapsed()
        state = Mutex(State(since: now, renewed: now))
    }

    /// The waiting is over: from now on the lock is kept alive.
    func began(_ lock: ThreadsDatabase.TurnLock) {
        let now = elapsed()
        state.withLock { state in
            state.phase = .running(lock)
            (state.since, state.renewed) = (now, now)
        }
    }

    /// The turn has its outcome: from now on it does not matter what becomes of the lock.
    func ends() {
        state.withLock { state in
            if case .running = state.phase { state.phase = .running(nil) }
        }
    }

    /// Ends the turn, unless it is to end already.
    func end(_ reason: PolicyAssistantError) {
        state.withLock { state in
            if state.reasonToEnd == nil { state.reasonToEnd = reason }
            return state.waiting.take()
        }?.resume()
    }

    /// Waits until the turn is to end; nil for a caller that was cancelled first.
    func reasonToEnd() async -> PolicyAssistantError? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard state.reasonToEnd == nil, !Task.isCancelled else { return false }
                    state.waiting = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.take() }?.resume()
        }
        return state.withLock(\.reasonToEnd)
    }

    /// When the turn is to be looked at again.
    func due(timeout: Duration, renewal: Duration) -> Duration {
        state.withLock { min($0.since + timeout, $0.renewed + renewal) }
    }

    /// Why the turn is to end at a moment: it has waited or run for longer than `timeout`.
    func overdue(at now: Duration, timeout: Duration) -> PolicyAssistantError? {
        state.withLock { state in
            guard now - state.since >= timeout else { return nil }
            return switch state.phase {
            case .waiting: .userBusy
            case .running:
                PolicyAssistantError(
                    .upstreamTimeout,
                    "The answer did not come within \(timeout.components.seconds) seconds. Ask again."
                )
            }
        }
    }

    /// The lock, if it is to get its whole lease again.
    func lockToRenew(at now: Duration, renewal: Duration) -> ThreadsDatabase.TurnLock? {
        state.withLock { state in
            guard now - state.renewed >= renewal else { return nil }
            state.renewed = now
            return if case .running(let lock) = state.phase { lock } else { nil }
        }
    }

    /// Whether the turn relies on its lock.
    var reliesOnLock: Bool {
        state.withLock { if case .running(_?) = $0.phase { true } else { false } }
    }
}
