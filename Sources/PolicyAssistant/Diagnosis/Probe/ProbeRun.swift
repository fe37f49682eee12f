internal import OpenAI

/// The checks of one probe, in their order, and what they have found.
struct ProbeRun {
    let openAI: OpenAIClient
    let resources: ProbeResources
    let limits: ServerProbe.Limits
    /// The model to ask; nil until one is chosen.
    var model: String?
    /// The effort of requests, as the settings have it by default.
    var reasoningEffort = Settings.ReasoningEffort.none
    private(set) var findings: [ProbeFinding] = []
    private let end: ContinuousClock.Instant

    init(openAI: OpenAIClient, resources: ProbeResources, limits: ServerProbe.Limits, model: String?) {
        self.openAI = openAI
        self.resources = resources
        self.limits = limits
        self.model = model
        end = .now + limits.total
    }

    /// Whether any check but the first was made.
    var isAnswered: Bool { findings.dropFirst().contains { $0.result != .notTested } }

    /// Makes all checks; stops after the first if the server cannot be used at all.
    ///
    /// - Throws: `CancellationError`.
    mutating func checkAll() async throws {
        guard try await checkModels() else { return }
        if let model {
            try await checkChatCompletions(model)
            try await checkResponses(model)
        } else {
            skip([.chatCompletions, .chatCompletionStream, .responses, .responseStream], "no model is known")
        }
        let documents = try await checkDocuments()
        try await checkConversations(documents)
        try await checkAssistants(documents)
    }

    /// Makes a check, and records whether it succeeded.
    ///
    /// - Parameters:
    ///   - capability: What is checked.
    ///   - limit: The longest time.
    ///   - body: Returns a value for later checks, and what came, in words.
    /// - Returns: The value; nil if the check failed.
    /// - Throws: `CancellationError` if the task is cancelled.
    mutating func check<Value: Sendable>(
        _ capability: ServerCapability,
        within limit: Duration,
        _ body: @escaping @Sendable () async throws -> (Value, detail: String)
    ) async throws -> Value? {
        try Task.checkCancellation()
        let left = end - .now
        guard left > .zero else {
            skip([capability], "the time for all checks is over")
            return nil
        }
        do {
            let (value, detail) = try await withTimeLimit(min(limit, left), body)
            record(capability, .available, detail)
            return value
        } catch {
            try Task.checkCancellation()
            record(capability, .missing, ProbeFailure.words(for: error))
            return nil
        }
    }

    /// Records capabilities that are not checked.
    mutating func skip(_ capabilities: [ServerCapability], _ reason: String) {
        for capability in capabilities { record(capability, .notTested, reason) }
    }

    private mutating func record(_ capability: ServerCapability, _ result: ProbeFinding.Result, _ detail: String) {
        findings.append(ProbeFinding(capability: capability, result: result, detail: detail))
    }
}
