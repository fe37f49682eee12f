internal import OpenAI

extension UpstreamAnswer {
    /// What stands between the messages of a run that said more than one.
    static let betweenMessages = "\n\n"

    /// Reads a run that ended.
    ///
    /// - Throws: ``PolicyAssistantError`` where there is no whole answer, and `OpenAIError` where the run says why not,
    ///   since for some of these reasons there is a remedy.
    init(_ run: Run, _ messages: [OpenAI.ThreadMessage], _ passages: [UpstreamPassage]) throws {
        try Self.check(run)
        var (text, sources) = ("", [UpstreamSource]())
        var confidence: AnswerConfidence?
        for message in messages where message.role == .assistant {
            let reading = message.reading()
            let said = reading.text.isEmpty ? message.refusal ?? "" : reading.text
            guard !said.isEmpty else { continue }
            if !text.isEmpty { text += Self.betweenMessages }
            let offset = text.unicodeScalars.count
            sources += reading.citations.map { UpstreamSource($0, after: offset) }
            text += said
            confidence = AnswerConfidence(metadata: message.metadata) ?? confidence
        }
        guard !text.isEmpty else {
            throw PolicyAssistantError(.upstreamFailed, "Upstream gave no answer. Ask again.")
        }
        self.init(
            id: run.id,
            text: text,
            sources: sources,
            passages: passages,
            usage: run.usage.map { TokenUsage(input: $0.inputTokens, output: $0.outputTokens, total: $0.totalTokens) },
            confidence: confidence
        )
    }

    private static func check(_ run: Run) throws {
        switch run.status {
        case .completed:
            return
        case .incomplete:
            throw PolicyAssistantError.incomplete(isFiltered: run.incompleteReason == "content_filter")
        case .failed where run.failure?.code != .serverError:
            if let failure = run.failure { throw failure }
            throw PolicyAssistantError.noAnswer
        case .expired:
            throw PolicyAssistantError(.upstreamTimeout, "Upstream did not answer in time. Ask again.")
        case .cancelled, .cancelling:
            throw PolicyAssistantError(.upstreamFailed, "The answer was broken off upstream. Ask again.")
        case .requiresAction:
            throw PolicyAssistantError(
                .upstreamRefused,
                "The assistant waits for functions, which it must not have. Running `policy-assistant sync` mends it."
            )
        default:
            throw PolicyAssistantError.noAnswer
        }
    }
}
