internal import OpenAI

extension UpstreamAnswer {
    /// Reads a response that ended.
    ///
    /// - Throws: ``PolicyAssistantError`` where it is not a whole answer, and `OpenAIError` where the response says why
    ///   not, since for some of these reasons there is a remedy.
    init(_ response: Response) throws {
        try Self.check(response)
        let text = response.outputText.isEmpty ? response.refusal ?? "" : response.outputText
        guard !text.isEmpty else {
            throw PolicyAssistantError(.upstreamFailed, "Upstream gave no answer. Ask again.")
        }
        self.init(
            id: response.id,
            text: text,
            sources: response.fileCitations.map { UpstreamSource($0) },
            passages: response.searchResults.map { UpstreamPassage($0) },
            usage: response.usage.map {
                TokenUsage(input: $0.inputTokens, output: $0.outputTokens, total: $0.totalTokens)
            },
            confidence: AnswerConfidence(metadata: response.metadata)
        )
    }

    private static func check(_ response: Response) throws {
        switch response.status {
        case .completed:
            return
        case .incomplete:
            throw PolicyAssistantError.incomplete(isFiltered: response.incompleteReason == "content_filter")
        case .failed where response.failure?.code != .serverError:
            // A response's own failure says as much as a refused request does, a spent quota among it.
            if let failure = response.failure { throw failure }
            throw PolicyAssistantError.noAnswer
        default:
            throw PolicyAssistantError.noAnswer
        }
    }
}
