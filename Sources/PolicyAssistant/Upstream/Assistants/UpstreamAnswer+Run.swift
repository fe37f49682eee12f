internal import OpenAI

extension UpstreamAnswer {
    /// The separator between the messages of a run with several.
    static let betweenMessages = "\n\n"

    /// Reads a run that has ended.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - messages: The messages that it wrote.
    ///   - passages: The passages that its searches found.
    ///   - acceptsCut: Whether an answer counts as whole that was cut at its maximum length.
    /// - Throws: ``PolicyAssistantError`` where there is no whole answer; `OpenAIError` where the run has an error, as chat
    ///   recovers from some of them.
    init(
        _ run: Run,
        _ messages: [OpenAI.ThreadMessage],
        _ passages: [FileSearchResult],
        acceptsCut: Bool = false
    ) throws {
        if !(run.isCut && acceptsCut) { try Self.check(run) }
        var (text, citations) = ("", [FileCitation]())
        var confidence: AnswerConfidence?
        var author: AnswerAuthor?
        for message in messages where message.role == .assistant {
            let reading = message.reading()
            let content = reading.text.isEmpty ? message.refusal ?? "" : reading.text
            guard !content.isEmpty else { continue }
            if !text.isEmpty { text += Self.betweenMessages }
            let offset = text.unicodeScalars.count
            citations += reading.citations.map { $0.moved(by: offset) }
            text += content
            confidence = AnswerConfidence(metadata: message.metadata) ?? confidence
            author = AnswerAuthor(metadata: message.metadata) ?? author
        }
        guard !text.isEmpty else { throw PolicyAssistantError.emptyAnswer }
        self.init(
            id: run.id,
            text: text,
            citations: citations,
            passages: passages,
            usage: run.usage.map { TokenUsage($0) },
            confidence: confidence,
            author: author,
            isCut: run.isCut
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
            throw PolicyAssistantError(.upstreamFailed, "The answer was cancelled upstream. Ask again.")
        case .requiresAction:
            throw PolicyAssistantError(
                .upstreamRefused,
                "The assistant waits for functions, which it must not have. Running `policy-assistant sync` repairs it."
            )
        default:
            throw PolicyAssistantError.noAnswer
        }
    }
}

extension Run {
    /// Whether the answer ended at its maximum length.
    var isCut: Bool { status == .incomplete && incompleteReason == "max_completion_tokens" }
}
