/// Makes the answer that a person reads from what upstream sent.
struct AnswerAssembler: Sendable {
    let corpus: Corpus
    /// The documents in force, by their files' IDs.
    let paths: [String: String]

    func answer(from answer: UpstreamAnswer, threadID: String) -> Answer {
        Answer(
            text: CitationMarks.removed(from: answer.text),
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
            text: CitationMarks.removed(from: message.text),
            citations: citations(of: message.sources, in: message.text, message.passages)
        )
    }

    /// The sources as a person is shown them: one for each file and quote.
    private func citations(
        of sources: [UpstreamSource],
        in text: String,
        _ passages: [UpstreamPassage]
    ) -> [Citation] {
        sources.reduce(into: []) { citations, source in
            guard let citation = citation(of: source, in: text, passages), !citations.contains(citation) else { return }
            citations.append(citation)
        }
    }

    /// The source as a person is shown it; nil where its document is no longer in force.
    func citation(of source: UpstreamSource, in text: String, _ passages: [UpstreamPassage]) -> Citation? {
        guard let path = paths[source.fileID] else { return nil }
        let quote = Quote.best(
            for: Quote.sentence(before: source.index, in: text),
            among: passages.filter { $0.fileID == source.fileID }.map(\.text)
        )
        return Citation(fileID: source.fileID, filename: path, quote: quote)
    }
}
