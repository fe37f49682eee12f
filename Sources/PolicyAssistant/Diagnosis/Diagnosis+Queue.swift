internal import WorkQueue

extension Diagnosis {
    /// Checks that text messages are worked on, and that none are given up; nil without text messages.
    func queue() async -> Finding? {
        do {
            guard let status = try await assistant.queueStatus() else { return nil }
            return Self.queue(status)
        } catch {
            return Finding(level: .fault, subject: "queue", text: "\(error)")
        }
    }

    static func queue(_ status: WorkQueueStatus) -> Finding {
        let depth = "\(status.depth) message\(status.depth == 1 ? "" : "s")"
        let oldest = status.depth > 0 ? ", the oldest of \(status.oldestAge.components.seconds) s" : ""
        let idle = status.stages.filter { $0.workers == 0 }.map(\.name)
        guard idle.isEmpty else {
            let text =
                "\(depth)\(oldest); no process works on \(idle.joined(separator: ", ")): run `policy-assistant "
                + "worker`, or `serve` with WORKERS above 0"
            return Finding(level: status.depth > 0 ? .fault : .warning, subject: "queue", text: text)
        }
        guard status.dead == 0 else {
            let text = "\(depth)\(oldest); \(status.dead) given up: `policy-assistant queue list --dead` tells why"
            return Finding(level: .warning, subject: "queue", text: text)
        }
        return Finding(level: .good, subject: "queue", text: depth + oldest)
    }
}
