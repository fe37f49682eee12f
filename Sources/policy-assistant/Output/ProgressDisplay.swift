internal import PolicyAssistant
internal import Synchronization

/// Shows how far a sync has come: a bar on a terminal, a plain line for each tenth elsewhere.
final class ProgressDisplay: Sendable {
    private struct State {
        var stage: SyncProgress.Stage?
        var tenth = -1
        var isBarOpen = false
    }

    private let isInteractive: Bool
    private let state = Mutex(State())
    private static let width = 30

    init(isInteractive: Bool = Terminal.isInteractive) {
        self.isInteractive = isInteractive
    }

    func show(_ event: SyncProgress) {
        state.withLock { state in
            switch event {
            case .waiting(let holder):
                note("waiting for another sync (\(holder.escapingControls()))", &state)
            case .scanned(let documents, let leftOut):
                note("\(documents) documents found\(leftOut > 0 ? ", \(leftOut) files left out" : "")", &state)
            case .advanced(let stage, let done, let total):
                advance(stage, done, total, &state)
            case .switched(let revision):
                note("revision \(revision) is in force", &state)
            }
        }
    }

    /// Ends an open bar's line.
    func finish() {
        state.withLock { closeBar(&$0) }
    }

    private func advance(_ stage: SyncProgress.Stage, _ done: Int, _ total: Int, _ state: inout State) {
        guard total > 0 else { return }
        let isNew = state.stage != stage
        if isNew { closeBar(&state) }
        state.stage = stage
        guard !isInteractive else {
            let filled = Self.width * done / total
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
            state.isBarOpen = true
            return Terminal.overwrite("\(stage.rawValue) \(bar) \(done)/\(total)")
        }
        let tenth = 10 * done / total
        guard isNew || tenth > state.tenth else { return }
        state.tenth = tenth
        if done > 0 { Terminal.note("\(stage.rawValue) \(done)/\(total)") }
    }

    private func note(_ line: String, _ state: inout State) {
        closeBar(&state)
        Terminal.note(line)
    }

    private func closeBar(_ state: inout State) {
        if state.isBarOpen { Terminal.note("") }
        state.isBarOpen = false
    }
}
