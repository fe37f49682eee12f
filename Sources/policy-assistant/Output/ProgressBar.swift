internal import PolicyAssistant
internal import Synchronization

/// Shows progress: as a bar on a terminal, or else as a line for each tenth.
final class ProgressBar: Sendable {
    private struct State {
        var label: String?
        var tenth = -1
        var isOpen = false
    }

    private let isInteractive: Bool
    private let state = Mutex(State())
    private static let width = 30

    init(isInteractive: Bool = Terminal.isInteractive) {
        self.isInteractive = isInteractive
    }

    /// Shows that `done` of `total` steps are done; nothing if the total is 0.
    func advance(_ label: String, _ done: Int, of total: Int) {
        guard total > 0 else { return }
        state.withLock { state in
            let isNew = state.label != label
            if isNew { Self.close(&state) }
            state.label = label
            guard !isInteractive else {
                let filled = Self.width * done / total
                let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
                state.isOpen = true
                return Terminal.overwrite("\(label) \(bar) \(done)/\(total)")
            }
            let tenth = 10 * done / total
            guard isNew || tenth > state.tenth else { return }
            state.tenth = tenth
            if done > 0 { Terminal.note("\(label) \(done)/\(total)") }
        }
    }

    /// Ends an open bar, and writes a line.
    func note(_ line: String) {
        state.withLock { state in
            Self.close(&state)
            Terminal.note(line)
        }
    }

    /// Ends an open bar.
    func finish() {
        state.withLock { Self.close(&$0) }
    }

    private static func close(_ state: inout State) {
        if state.isOpen { Terminal.note("") }
        state.isOpen = false
    }
}

/// Shows the progress of a sync.
struct ProgressDisplay: Sendable {
    private let bar = ProgressBar()

    func show(_ event: SyncProgress) {
        switch event {
        case .waiting(let holder): bar.note("waiting for another sync (\(holder.escapingControls()))")
        case .scanned(let documents, let leftOut):
            bar.note("\(documents) documents found\(leftOut > 0 ? ", \(leftOut) files left out" : "")")
        case .advanced(let stage, let done, let total): bar.advance(stage.rawValue, done, of: total)
        case .switched(let revision): bar.note("revision \(revision) is in force")
        }
    }

    /// Ends an open bar.
    func finish() {
        bar.finish()
    }
}
