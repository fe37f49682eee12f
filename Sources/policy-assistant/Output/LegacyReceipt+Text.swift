internal import PolicyAssistant

extension LegacyReceipt {
    /// The receipt as text, with a line for each thread and file, and without the users' names.
    var text: String {
        guard !outcomes.isEmpty else { return "nothing of an older deployment was found" }
        let lines = outcomes.map { outcome in
            let name = outcome.kind == .file ? "\(outcome.key) (\(outcome.id))" : outcome.id
            return "\(word(outcome.action))  \(name): \(outcome.reason)".escapingControls()
        }
        return (lines + [summary]).joined(separator: "\n")
    }

    private var summary: String {
        let parts = [("thread", LegacyOutcome.Kind.thread), ("file", .file)].map { name, kind in
            let those = outcomes.filter { $0.kind == kind }
            let actions = [LegacyOutcome.Action.adopted, .retired, .discarded, .kept].compactMap { action in
                let count = those.count { $0.action == action }
                return count > 0 ? "\(count) \(action.rawValue)" : nil
            }
            let counts = actions.isEmpty ? "" : ": \(actions.joined(separator: ", "))"
            return "\(those.count) \(name)\(those.count == 1 ? "" : "s")\(counts)"
        }
        return (dryRun ? "dry run, the result would be: " : "") + parts.joined(separator: "; ")
    }

    private func word(_ action: LegacyOutcome.Action) -> String {
        action.rawValue + String(repeating: " ", count: 9 - action.rawValue.count)
    }
}
