internal import ArgumentParser
internal import LocalEngine
internal import PolicyAssistant

struct Doctor: Command {
    static let configuration = CommandConfiguration(
        abstract: "Check everything that answers depend on, and say what to fix.",
        discussion: "Exit codes: 0 everything works; 1 a check failed; 78 the configuration has errors."
    )

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        // The folder of documents and the instructions are not required: the diagnosis checks them.
        let settings = try await options.settings(for: [.redis, .upstream, .server])
        let findings = try await findings(settings)
        for finding in findings {
            Terminal.output("\(mark(finding.level))  \(finding.subject): \(finding.text)".escapingControls())
        }
        if findings.contains(where: { $0.level == .fault }) { throw ExitStatus.failed }
    }

    private func findings(_ settings: Settings) async throws -> [Finding] {
        do {
            return try await Runtime.with(settings) { runtime in
                await Diagnosis(
                    assistant: runtime.assistant,
                    openAI: runtime.openAI,
                    earlierFindings: sandbox(settings) + ModelProbe.findings(settings)
                ).findings()
            }
        } catch let error as ConfigurationFaults {
            // The engine cannot run; everything else can be checked without it.
            let faults = error.faults.map { Finding(level: .fault, subject: "configuration", text: "\($0)") }
            return try await Runtime.with(settings, isIdle: true) { runtime in
                await Diagnosis(assistant: runtime.assistant, openAI: runtime.openAI, earlierFindings: faults)
                    .findings()
            }
        }
    }

    /// Checks whether the processes that read documents for the embedded engine are restricted.
    private func sandbox(_ settings: Settings) -> [Finding] {
        guard case .embedded = settings.upstream else { return [] }
        let subject = "reading documents"
        guard ReaderSandbox.isAvailable else {
            let text = """
                each in a process with limits, but with all of this user's access to files: Landlock, which needs \
                Linux 5.13 or later, is not available or disabled
                """
            return [Finding(level: .warning, subject: subject, text: text)]
        }
        return [
            Finding(level: .good, subject: subject, text: "each in a process that can write only to its own folder")
        ]
    }

    private func mark(_ level: Finding.Level) -> String {
        switch level {
        case .good: "ok   "
        case .warning: "warn "
        case .fault: "FAULT"
        }
    }
}
