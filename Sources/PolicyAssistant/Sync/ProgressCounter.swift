internal import Synchronization

/// Counts what several tasks get done, and tells it.
final class ProgressCounter: Sendable {
    private let stage: SyncProgress.Stage
    private let total: Int
    private let tell: @Sendable (SyncProgress) -> Void
    private let done = Mutex(0)

    init(_ stage: SyncProgress.Stage, of total: Int, _ tell: @escaping @Sendable (SyncProgress) -> Void) {
        self.stage = stage
        self.total = total
        self.tell = tell
        if total > 0 { tell(.advanced(stage, done: 0, of: total)) }
    }

    func advance() {
        let done = done.withLock { done in
            done += 1
            return done
        }
        tell(.advanced(stage, done: done, of: total))
    }
}
