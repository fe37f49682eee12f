internal import Synchronization

/// Counts what several tasks get done, and tells it.
final class ProgressCounter: Sendable {
    private struct State {
        var done = 0
        var total: Int
    }

    private let stage: SyncProgress.Stage
    private let tell: @Sendable (SyncProgress) -> Void
    private let state: Mutex<State>

    init(_ stage: SyncProgress.Stage, of total: Int, _ tell: @escaping @Sendable (SyncProgress) -> Void) {
        self.stage = stage
        self.tell = tell
        state = Mutex(State(total: total))
        if total > 0 { tell(.advanced(stage, done: 0, of: total)) }
    }

    /// Adds to what is to be done.
    func expect(_ more: Int) {
        state.withLock { $0.total += more }
    }

    func advance() {
        let state = state.withLock { state in
            state.done += 1
            return state
        }
        tell(.advanced(stage, done: state.done, of: state.total))
    }
}
