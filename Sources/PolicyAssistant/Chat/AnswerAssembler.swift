internal import OpenAI

/// Turns what upstream sent into the answer that a person reads.
struct AnswerAssembler: Sendable {
    let corpus: Corpus
    /// The documents in force.
    let documents: CorpusDocuments
    /// The model that the settings name, which writes the answers of an upstream that does not say who does.
    let model: String
    /// The role in which answers are asked for.
    var role: Role?
    /// Whose manner of writing they imitate.
    var imitation: ImitationMark?

    /// Returns the answer to a question.
    func answer(from answer: UpstreamAnswer, to question: String, threadID: String) -> Answer {
        Answer(
            text: String(answer.text.withoutTrailingLines),
            citations: citations(of: answer.citations, in: answer.text, answer.passages, question: question),
            threadID: threadID,
            responseID: answer.id,
            revision: corpus.revision,
            usage: answer.usage,
            confidence: confidence(answer.confidence, of: answer.text, isSourced: !answer.citations.isEmpty),
            author: answer.author ?? AnswerAuthor(name: corpus.isOfEmbeddedEngine ? AnswerAuthor.engine : model),
            role: role.flatMap { $0.name.value.isEmpty ? nil : $0.name.value },
            isCut: answer.isCut ? true : nil,
            imitation: imitation
        )
    }

    /// Returns a thread's messages as a person reads them, oldest first.
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
            text: isAnswer ? String(message.text.withoutTrailingLines) : message.text,
            citations: citations(of: message.citations, in: message.text, message.passages, question: question),
            confidence: isAnswer
                ? confidence(message.confidence, of: message.text, isSourced: !message.citations.isEmpty) : nil,
            author: message.author
        )
    }

    /// How sure an answer is: by its metadata, or else by its first words.
    ///
    /// The embedded engine says so wherever it has doubts. Where it says nothing, its sources decide.
    private func confidence(_ stated: AnswerConfidence?, of text: String, isSourced: Bool) -> AnswerConfidence? {
        if let confidence = stated ?? AnswerConfidence(saidBy: text) { return confidence }
        return corpus.isOfEmbeddedEngine ? (isSourced ? .sure : .notFound) : nil
    }

    /// The citations of an answer's sources: one for each file and quote.
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

/// Reads the messages of threads.
struct ThreadHistory: Sendable {
    let settings: Settings
    let files: FilesDatabase
    let corpusFiles: CorpusFiles
    let adapter: any UpstreamAdapter

    /// Returns the newest `limit` messages of a thread, oldest first.
    ///
    /// - Throws: ``PolicyAssistantError``; `CancellationError`.
    func messages(of thread: ThreadRecord, limit: Int) async throws -> [ThreadMessage] {
        let corpus = try await files.corpus(inForceFor: settings)
        let assembler = AnswerAssembler(
            corpus: corpus,
            documents: try await corpusFiles.documents(ofRevision: corpus.revision),
            model: settings.model
        )
        return try await translatingUpstreamErrors {
            assembler.messages(from: try await adapter.messages(of: thread.id, limit: limit))
        }
    }
}

extension StringProtocol {
    /// The text without the empty lines at its end, on which only citations stand.
    ///
    /// Blanks before the first of these line ends stay, so that a text that comes in pieces can be emitted as far as it
    /// goes.
    var withoutTrailingLines: SubSequence {
        let end = unicodeScalars.lastIndex { !$0.properties.isWhitespace }
        let rest = end.map { unicodeScalars.index(after: $0) } ?? startIndex
        guard let lineEnd = unicodeScalars[rest...].firstIndex(where: { $0 == "\n" || $0 == "\r" }) else {
            return self[...]
        }
        return self[..<lineEnd]
    }
}
