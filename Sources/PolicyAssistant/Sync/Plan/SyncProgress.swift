internal import Synchronization

/// How far a sync has come.
public enum SyncProgress: Sendable, Hashable {
    /// A part of the sync with a known number of items.
    public enum Stage: String, Sendable {
        /// Documents are uploaded.
        case uploading
        /// Uploaded documents are indexed.
        case indexing
        /// The documents of the new revision are searched for.
        case checking
        /// Threads with text of older revisions are deleted.
        case flushing
        /// Unused files are deleted.
        case cleaning
    }

    /// The sync waits for another one: its host, process and start.
    case waiting(for: String)
    /// The assets folder was read.
    case scanned(documents: Int, leftOut: Int)
    /// A number of a stage's items is done.
    case advanced(Stage, done: Int, of: Int)
    /// The new revision is in force.
    case switched(revision: Int)
}

/// Counts the items of a stage that several tasks finish, and reports each.
final class ProgressCounter: Sendable {
    private struct State {
        var done = 0
        var total: Int
    }

    private let stage: SyncProgress.Stage
    private let report: @Sendable (SyncProgress) -> Void
    private let state: Mutex<State>

    init(_ stage: SyncProgress.Stage, of total: Int, _ report: @escaping @Sendable (SyncProgress) -> Void) {
        self.stage = stage
        self.report = report
        state = Mutex(State(total: total))
        if total > 0 { report(.advanced(stage, done: 0, of: total)) }
    }

    /// Adds to the number of items.
    func expect(_ more: Int) {
        state.withLock { $0.total += more }
    }

    /// Counts one more item as done.
    func advance() {
        let state = state.withLock { state in
            state.done += 1
            return state
        }
        report(.advanced(stage, done: state.done, of: state.total))
    }
}
