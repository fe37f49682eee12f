internal import PolicyAssistant

extension LegacyReceipt {
    /// The receipt for a person, a line a fact; users are not named.
    var text: String {
        guard !outcomes.isEmpty else { return "nothing of an older deployment is there" }
        let lines = outcomes.map { outcome in
            let name = outcome.kind == .file ? "\(outcome.key) (\(outcome.id))" : outcome.id
            return "\(word(outcome.fate))  \(name): \(outcome.reason)".escapingControls()
        }
        return (lines + [summary]).joined(separator: "\n")
    }

    private var summary: String {
        let parts = [("thread", LegacyOutcome.Kind.thread), ("file", .file)].map { name, kind in
            let those = outcomes.filter { $0.kind == kind }
            let fates = [LegacyOutcome.Fate.adopted, .retired, .discarded, .kept].compactMap { fate in
                let count = those.count { $0.fate == fate }
                return count > 0 ? "\(count) \(fate.rawValue)" : nil
            }
            let counts = fates.isEmpty ? "" : ": \(fates.joined(separator: ", "))"
            return "\(those.count) \(name)\(those.count == 1 ? "" : "s")\(counts)"
        }
        return (dryRun ? "dry run, would be: " : "") + parts.joined(separator: "; ")
    }

    private func word(_ fate: LegacyOutcome.Fate) -> String {
        fate.rawValue + String(repeating: " ", count: 9 - fate.rawValue.count)
    }
}
