/// Makes the answer that a person reads from what upstream sent.
struct AnswerAssembler: Sendable {
    let corpus: Corpus
    /// The documents in force.
    let documents: CorpusDocuments

    func answer(from answer: UpstreamAnswer, threadID: String) -> Answer {
        Answer(
            text: answer.text,
            citations: citations(of: answer.sources, in: answer.text, answer.passages),
            threadID: threadID,
            responseID: answer.id,
            revision: corpus.revision,
            usage: answer.usage
        )
    }

    func message(from message: UpstreamMessage) -> ThreadMessage {
        ThreadMessage(
            id: message.id,
            role: message.role,
            text: message.text,
            citations: citations(of: message.sources, in: message.text, message.passages)
        )
    }

    /// The sources as a person is shown them: one for each file and quote.
    private func citations(
        of sources: [UpstreamSource],
        in text: String,
        _ passages: [UpstreamPassage]
    ) -> [Citation] {
        guard !sources.isEmpty else { return [] }
        var finder = CitationFinder(documents)
        finder.read(text)
        finder.read(passages)
        return sources.compactMap { finder.citation(of: $0) }
    }
}
