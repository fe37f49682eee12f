internal import Synchronization

/// Shows how far work has come: a bar on a terminal, a plain line for each tenth elsewhere.
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

    /// Shows that so many of a total are done; nothing of a total of 0.
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

    /// Writes a line of its own.
    func note(_ line: String) {
        state.withLock { state in
            Self.close(&state)
            Terminal.note(line)
        }
    }

    /// Ends an open bar's line.
    func finish() {
        state.withLock { Self.close(&$0) }
    }

    private static func close(_ state: inout State) {
        if state.isOpen { Terminal.note("") }
        state.isOpen = false
    }
}
