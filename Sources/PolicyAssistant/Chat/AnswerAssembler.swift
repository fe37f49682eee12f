internal import OpenAI

/// Makes the answer that a person reads from what upstream sent.
struct AnswerAssembler {
    let corpus: Corpus
    /// The documents in force, by their files' IDs.
    let paths: [String: String]

    /// - Throws: ``PolicyAssistantError`` where the response is not a whole answer.
    func answer(from response: Response, threadID: String) throws(PolicyAssistantError) -> Answer {
        try check(response)
        let text = response.outputText.isEmpty ? response.refusal ?? "" : response.outputText
        guard !text.isEmpty else {
            throw PolicyAssistantError(.upstreamFailed, "Upstream gave no answer. Ask again.")
        }
        return Answer(
            text: CitationMarks.removed(from: text),
            citations: citations(of: response),
            threadID: threadID,
            responseID: response.id,
            revision: corpus.revision,
            usage: response.usage.map {
                TokenUsage(input: $0.inputTokens, output: $0.outputTokens, total: $0.totalTokens)
            }
        )
    }

    private func check(_ response: Response) throws(PolicyAssistantError) {
        switch response.status {
        case .completed:
            return
        case .incomplete:
            throw PolicyAssistantError(
                .answerIncomplete,
                response.incompleteReason == "content_filter"
                    ? "The answer was withheld by the model's content filter. Put the question in other words."
                    : "The answer came out too long and was cut. Ask for a part of it."
            )
        case .failed where response.failure?.code == .rateLimited:
            throw PolicyAssistantError(
                .upstreamUnavailable,
                "Too many questions are being asked at the moment. Try again shortly.",
                retryAfter: .seconds(5)
            )
        default:
            throw PolicyAssistantError(.upstreamFailed, "Upstream could not answer. Ask again.")
        }
    }

    /// The sources of the answer: one for each file and quote, and none of a document that is no longer in force.
    private func citations(of response: Response) -> [Citation] {
        let results = Dictionary(grouping: response.searchResults, by: \.fileID)
        var citations: [Citation] = []
        for source in response.fileCitations {
            guard let path = paths[source.fileID] else { continue }
            let quote = Quote.best(
                for: Quote.sentence(before: source.index, in: response.outputText),
                among: results[source.fileID, default: []].map(\.text)
            )
            let citation = Citation(fileID: source.fileID, filename: path, quote: quote)
            if !citations.contains(citation) { citations.append(citation) }
        }
        return citations
    }
}
