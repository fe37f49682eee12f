/// Makes the answer that a person reads from what upstream sent.
struct AnswerAssembler: Sendable {
    let corpus: Corpus
    /// The documents in force, by their files' IDs.
    let paths: [String: String]

    func answer(from answer: UpstreamAnswer, threadID: String) -> Answer {
        var citations: [Citation] = []
        for source in answer.sources {
            guard let citation = citation(of: source, in: answer.text, answer.passages), !citations.contains(citation)
            else { continue }
            citations.append(citation)
        }
        return Answer(
            text: CitationMarks.removed(from: answer.text),
            citations: citations,
            threadID: threadID,
            responseID: answer.id,
            revision: corpus.revision,
            usage: answer.usage
        )
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
