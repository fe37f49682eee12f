internal import HTTPClient
internal import OpenAI
internal import PolicyAssistant

/// Asks the model of the embedded engine for a text, to see whether it answers and how fast.
struct ModelProbe: Sendable {
    let model: EngineModel
    let client: OpenAIClient

    /// The tokens that are asked for.
    private static let tokens = 64
    /// The tokens of a usual answer.
    private static let usualTokens = 200

    private static let subject = "engine's model"

    /// Asks the model that the settings name; no finding if they name none, or another upstream answers.
    static func findings(_ settings: Settings) async -> [Finding] {
        guard case .embedded = settings.upstream, let model = settings.engineModel else { return [] }
        do {
            let http = try HTTPClient(
                configuration: .init(
                    trustRootsFile: settings.trustRootsFile,
                    trustRootsDirectories: settings.trustRootsDirectories
                )
            )
            let client = try OpenAIClient(configuration: model.server, http: http)
            let finding = await ModelProbe(model: model, client: client).finding()
            await http.shutdown()
            return [finding]
        } catch {
            return [fault(model, "\(error)")]
        }
    }

    private static func fault(_ model: EngineModel, _ reason: String) -> Finding {
        let text = "\(model.name) at \(model.baseURL): \(reason); answers are quotations until it works"
        return Finding(level: .fault, subject: subject, text: text)
    }

    /// What a model did.
    private struct Speed: Sendable {
        /// The time until the first token.
        let first: Duration
        /// The tokens each second after it; nil if all came at once.
        let rate: Double?
    }

    private func finding() async -> Finding {
        do {
            guard let speed = try await measured() else {
                return Self.fault(model, "no text within \(model.timeout.components.seconds) seconds")
            }
            let first = "first token after \(Self.rounded(speed.first / .seconds(1))) s"
            guard let rate = speed.rate else {
                return finding(.good, "answers, \(first), all tokens at once")
            }
            let needed = Double(Self.usualTokens) / max(rate, 0.01)
            let left = (model.timeout - speed.first) / .seconds(1)
            let text = "answers, \(first), \(Self.rounded(rate)) tokens/s"
            guard needed > left else { return finding(.good, text) }
            return finding(
                .warning,
                text + "; an answer of \(Self.usualTokens) tokens takes longer than ENGINE_MODEL_TIMEOUT_SECONDS"
            )
        } catch {
            return Self.fault(model, "\((error as? OpenAIError)?.message ?? "\(error)")")
        }
    }

    private func finding(_ level: Finding.Level, _ text: String) -> Finding {
        Finding(level: level, subject: Self.subject, text: "\(model.name) at \(model.baseURL): \(text)")
    }

    /// Reads a text from the model; nil if none comes in time.
    private func measured() async throws -> Speed? {
        try await withThrowingTaskGroup(of: Speed?.self) { group in
            group.addTask { try await read() }
            group.addTask {
                try await Task.sleep(for: model.timeout)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private func read() async throws -> Speed? {
        let start = ContinuousClock.now
        let request = ChatCompletionRequest(
            model: model.name,
            messages: [.user("Write the numbers from one to thirty in words.")],
            maximumTokens: Self.tokens
        )
        var arrivals: [ContinuousClock.Instant] = []
        for try await part in try await client.chatCompletions.stream(request)
        where !part.text.isEmpty || part.isReasoning {
            arrivals.append(.now)
        }
        guard let first = arrivals.first, let last = arrivals.last else { return nil }
        let time = (last - first) / .seconds(1)
        return Speed(first: first - start, rate: time > 0.001 ? Double(arrivals.count - 1) / time : nil)
    }

    private static func rounded(_ value: Double) -> String {
        value < 10 ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
    }
}
