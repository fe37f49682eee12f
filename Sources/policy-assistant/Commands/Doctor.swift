internal import ArgumentParser
internal import LocalEngine
internal import PolicyAssistant

struct Doctor: Command {
    static let configuration = CommandConfiguration(
        abstract: "Check everything that answers depend on, and say what to fix.",
        discussion: """
            With --probe it checks another server with OpenAI's API instead: it makes the calls that a sync and a question \
            make, deletes what they have created, and recommends settings. The key is PROBE_API_KEY in the environment, or \
            OPENAI_API_KEY if OPENAI_BASE_URL is that server. Each call of a model may cost money.

            Exit codes: 0 everything works, or the probed server can be used; 1 a check failed, or the probed server can \
            be used for nothing or still has something that the probe created; 78 the configuration has errors.
            """
    )

    @Option(help: "The base URL of a server to probe, such as http://127.0.0.1:11434/v1.")
    var probe: String?

    @Option(help: "With --probe, ask this model; needed if the server lists several.")
    var model: String?

    @Option(help: "With --probe, send the key in this header, such as api-key, instead of as a bearer token.")
    var keyHeader: String?

    @Flag(help: "With --probe, print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        guard probe != nil || (model == nil && keyHeader == nil && !json) else {
            throw ValidationError("--model, --key-header and --json need --probe.")
        }
    }

    func execute() async throws {
        if let probe { return try await runProbe(of: probe) }
        // The folder of documents and the instructions are not required: the diagnosis checks them.
        let settings = try await options.settings(for: [.redis, .upstream, .server, .channels])
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
                        + IdentityProviderProbe.findings(settings) + SMSProbe.findings(runtime)
                        + AWSProbe.findings(settings) + VoiceProbe.findings(settings)
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
