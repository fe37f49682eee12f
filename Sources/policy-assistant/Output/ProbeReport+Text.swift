internal import PolicyAssistant

extension ProbeReport {
    /// The report for a terminal.
    var text: String {
        let lines = findings.map { "\(Self.mark($0.result))  \($0.capability.title): \($0.detail)" }
        let title = "\(server)\(model.map { ", model \($0)" } ?? "")"
        return ([title, ""] + lines + [""] + recommendation.lines).joined(separator: "\n")
    }

    private static func mark(_ result: ProbeFinding.Result) -> String {
        switch result {
        case .available: "ok   "
        case .missing: "no   "
        case .notTested: "-    "
        }
    }
}

extension ProbeRecommendation {
    fileprivate var lines: [String] {
        let use =
            switch self.use {
            case .upstream: "Use it as upstream for everything: \(reason)."
            case .engineModel: "Use it as the model of the engine: \(reason)."
            case .none: "It cannot be used: \(reason)."
            }
        return [use] + (settings.isEmpty ? [] : [""] + settings.map { "    \($0)" })
    }
}
