internal import OpenAI

/// Makes the answer that a person reads from what upstream sent.
struct AnswerAssembler: Sendable {
    let corpus: Corpus
    /// The documents in force.
    let documents: CorpusDocuments

    /// Makes the answer to a question.
    func answer(from answer: UpstreamAnswer, to question: String, threadID: String) -> Answer {
        Answer(
            text: String(answer.text.withoutEmptyEnd),
            citations: citations(of: answer.citations, in: answer.text, answer.passages, question: question),
            threadID: threadID,
            responseID: answer.id,
            revision: corpus.revision,
            usage: answer.usage,
            confidence: confidence(answer.confidence, of: answer.text, isSourced: !answer.citations.isEmpty)
        )
    }

    /// Makes what a person reads of a thread's messages, oldest first.
    func messages(from messages: [UpstreamMessage]) -> [ThreadMessage] {
        var question = ""
        return messages.map { message in
            if message.role == .user { question = message.text }
            return self.message(from: message, to: question)
        }
    }

    private func message(from message: UpstreamMessage, to question: String) -> ThreadMessage {
        let isAnswer = message.role == .assistant
        return ThreadMessage(
            id: message.id,
            role: isAnswer ? .assistant : .user,
            text: isAnswer ? String(message.text.withoutEmptyEnd) : message.text,
            citations: citations(of: message.citations, in: message.text, message.passages, question: question),
            confidence: isAnswer
                ? confidence(message.confidence, of: message.text, isSourced: !message.citations.isEmpty) : nil
        )
    }

    /// How sure an answer is: what upstream says in its metadata, or else in the answer's first words.
    ///
    /// The embedded engine says so wherever it has doubts, so that where it says nothing its sources tell.
    private func confidence(_ told: AnswerConfidence?, of text: String, isSourced: Bool) -> AnswerConfidence? {
        if let said = told ?? AnswerConfidence(saidBy: text) { return said }
        return corpus.isOfEmbeddedEngine ? (isSourced ? .sure : .notFound) : nil
    }

    /// The sources as a person is shown them: one for each file and quote.
    private func citations(
        of sources: [FileCitation],
        in text: String,
        _ passages: [FileSearchResult],
        question: String
    ) -> [Citation] {
        guard !sources.isEmpty else { return [] }
        var finder = CitationFinder(documents, question: question)
        finder.read(text)
        finder.read(passages)
        return sources.compactMap { finder.citation(of: $0) }
    }
}
