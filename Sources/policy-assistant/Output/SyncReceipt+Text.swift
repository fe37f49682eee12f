internal import PolicyAssistant

extension SyncReceipt {
    /// The receipt as text, with a line for each fact.
    var text: String {
        var lines: [String] = []
        lines += added.map { "added     \($0.escapingControls())" }
        lines += replaced.map { "replaced  \($0.escapingControls())" }
        lines += renamed.map { "renamed   \($0.from.escapingControls()) → \($0.to.escapingControls())" }
        lines += removed.map { "removed   \($0.escapingControls())" }
        lines += leftOut.map { "left out  \($0.text)" }
        lines += failed.map { "failed    \($0.text)" }
        lines += warningLines
        lines += ignored.map { "ignored   \($0.text)" }
        lines += adopted.map { "adopted   \($0.escapingControls())" }
        lines += orphans.map {
            "orphan    \($0.escapingControls()): on no record, and \(dryRun ? "would be" : "is") deleted upstream"
        }
        lines += leftAlone.map { "left      \($0.escapingControls())" }
        lines += repaired.map { "repaired  \($0.escapingControls())" }
        lines += assistantChanges.map { $0.escapingControls() }
        lines += checks.failed.map { "CHECK     \($0.text)" }
        lines += checks.skipped.map { "unchecked \($0.text)" }
        if storeRebuilt {
            lines.append("the vector store was lost upstream: all documents were uploaded again")
        }
        if leftBehindDeleted > 0 {
            lines.append(
                "\(leftBehindDeleted) resources of the previous upstream or protocol were deleted"
            )
        }
        if leftBehind > 0 {
            lines.append(
                """
                \(leftBehind) resources of the previous upstream or protocol still exist; sync --clean-previous deletes \
                them (on another server with OPENAI_PREVIOUS_API_KEY)
                """
            )
        }
        if threadsNotFlushed > 0 {
            lines.append(
                "\(threadsNotFlushed) unused threads could not be deleted upstream; the next sync tries again"
            )
        }
        if filesNotDeleted > 0 {
            lines.append("\(filesNotDeleted) old files could not be deleted upstream; the next sync tries again")
        }
        lines.append(dryRun ? summaryOfPlan : summary)
        return lines.joined(separator: "\n")
    }

    /// The first warnings of each document.
    private var warningLines: [String] {
        let maximumOfDocument = 3
        return Dictionary(grouping: warnings, by: \.path).sorted { $0.key < $1.key }.flatMap { path, warnings in
            let more = warnings.count - maximumOfDocument
            let hint = "\(more) more warnings; policy-assistant read shows all"
            return
                (warnings.prefix(maximumOfDocument).map(\.text)
                + (more > 0 ? ["\(path): \(hint)".escapingControls()] : []))
                .map { "warning   \($0)" }
        }
    }

    private var summary: String {
        let state = changesDocuments ? "synced" : repaired.isEmpty ? "nothing to do" : "repaired"
        let flushed = threadsFlushed > 0 ? ", \(threadsFlushed) threads flushed" : ""
        let instructions = instructionsChanged ? ", instructions changed" : ""
        return "\(state): revision \(revision), \(counts)\(flushed)\(instructions)\(checked), \(seconds.formatted()) s"
    }

    private var checked: String {
        let all = checks.passed + checks.failed.count + checks.skipped.count + checks.unchecked
        return all > 0 ? ", \(checks.passed) of \(all) checks passed" : ""
    }

    private var summaryOfPlan: String {
        changesDocuments ? "dry run: would be \(counts)" : "dry run: nothing to do, \(counts)"
    }

    private var counts: String {
        [
            (added.count, "added"), (replaced.count, "replaced"), (renamed.count, "renamed"),
            (removed.count, "removed"), (unchanged, "unchanged"), (leftOut.count + failed.count, "not taken"),
        ]
        .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}

extension LeftOutDocument {
    /// The path and the reason on one line.
    fileprivate var text: String { "\(path): \(reason)".escapingControls() }
}

extension Double {
    fileprivate func formatted() -> String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
