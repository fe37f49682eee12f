internal import ArgumentParser
internal import PolicyAssistant

struct Doctor: Command {
    static let configuration = CommandConfiguration(
        abstract: "Try everything that answers depend on, and say what to mend.",
        discussion: "Exit codes: 0 it works; 1 something does not; 78 the configuration has faults."
    )

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings()
        let findings = try await Runtime.with(settings) { runtime in
            await Diagnosis(assistant: runtime.assistant, openAI: runtime.openAI).findings()
        }
        for finding in findings {
            print("\(mark(finding.level))  \(finding.subject): \(finding.text)")
        }
        if findings.contains(where: { $0.level == .fault }) { throw ExitStatus.failed }
    }

    private func mark(_ level: Finding.Level) -> String {
        switch level {
        case .good: "ok   "
        case .warning: "warn "
        case .fault: "FAULT"
        }
    }
}
