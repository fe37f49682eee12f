internal import PolicyAssistant

/// Shows how far a sync has come.
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

    /// Ends an open bar's line.
    func finish() {
        bar.finish()
    }
}
