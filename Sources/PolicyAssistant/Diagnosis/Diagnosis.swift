public import FoundationEssentials
public import OpenAI

/// Checks everything that the product depends on, and says what to fix.
public struct Diagnosis: Sendable {
    let assistant: Assistant
    let openAI: OpenAIClient
    let today: Date
    private let earlierFindings: [Finding]

    /// Creates a diagnosis.
    ///
    /// - Parameters:
    ///   - assistant: The parts to check.
    ///   - openAI: A client of the upstream.
    ///   - today: The day from which the time until a model's shutdown is counted.
    ///   - earlierFindings: Findings from the creation of the parts, which come first.
    public init(
        assistant: Assistant,
        openAI: OpenAIClient,
        today: Date = .now,
        earlierFindings: [Finding] = []
    ) {
        self.assistant = assistant
        self.openAI = openAI
        self.today = today
        self.earlierFindings = earlierFindings
    }

    /// Runs all checks; one that fails is a finding, and no error.
    public func findings() async -> [Finding] {
        let settings = assistant.settings
        var findings = earlierFindings
        findings += settings.warnings.map { Finding(level: .warning, subject: "configuration", text: $0) }
        findings += await databases()
        if let finding = await queue() { findings.append(finding) }
        findings.append(await callers())
        findings.append(assetsFolder())
        findings.append(instructions())
        findings += await upstream()
        if let finding = Self.engineSearch(assistant.settings) { findings.append(finding) }
        findings += readingPrograms()
        findings += await limits()
        if let finding = await sharedThread() { findings.append(finding) }
        findings.append(await corpus())
        return findings
    }
}

/// The result of one check of the installation.
public struct Finding: Sendable, Hashable {
    /// The severity of a finding.
    public enum Level: Sendable, Hashable {
        /// It works.
        case good
        /// It works, but not fully, or not for ever.
        case warning
        /// It does not work.
        case fault
    }

    /// The severity.
    public let level: Level
    /// The subject of the check, in a word or two.
    public let subject: String
    /// The result and, unless the level is ``Level/good``, what to do.
    public let text: String

    /// Creates a finding.
    public init(level: Level, subject: String, text: String) {
        self.level = level
        self.subject = subject
        self.text = text
    }
}
