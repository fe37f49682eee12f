internal import OpenAI

extension UpstreamAnswer {
    /// Reads a response that has ended.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - acceptsCut: Whether an answer counts as whole that was cut at its maximum length.
    /// - Throws: ``PolicyAssistantError`` where it is not a whole answer; `OpenAIError` where the response has an error,
    ///   as chat recovers from some of them.
    init(_ response: Response, acceptsCut: Bool = false) throws {
        let isCut = response.status == .incomplete && response.incompleteReason == "max_output_tokens"
        if !(isCut && acceptsCut) { try Self.check(response) }
        let text = response.outputText.isEmpty ? response.refusal ?? "" : response.outputText
        guard !text.isEmpty else { throw PolicyAssistantError.emptyAnswer }
        self.init(
            id: response.id,
            text: text,
            citations: response.fileCitations,
            passages: response.searchResults,
            usage: response.usage.map { TokenUsage($0) },
            confidence: AnswerConfidence(metadata: response.metadata),
            author: AnswerAuthor(metadata: response.metadata),
            isCut: isCut
        )
    }

    private static func check(_ response: Response) throws {
        switch response.status {
        case .completed:
            return
        case .incomplete:
            throw PolicyAssistantError.incomplete(isFiltered: response.incompleteReason == "content_filter")
        case .failed where response.failure?.code != .serverError:
            // A response's own error has the codes of a refused request, such as a spent quota.
            if let failure = response.failure { throw failure }
            throw PolicyAssistantError.noAnswer
        default:
            throw PolicyAssistantError.noAnswer
        }
    }
}
