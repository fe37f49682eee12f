internal import Logging

/// What an answer may use and how long it may be.
struct AnswerRequest: Sendable {
    /// The conversation, thread or user, by which waiting questions alternate.
    let asker: String
    /// The passages that can be found; nil for none.
    let search: VectorStoreSearch?
    /// The most passages.
    let limit: Int
    /// The most tokens of the answer; nil for no limit.
    let maximumTokens: Int?
}

/// Answers questions: by quotation, or by a model that writes from the found passages.
///
/// Whether the documents contain the answer is decided by the search, before a model is asked. If the model fails, the answer is the
/// quotation; if it fails in the middle, the quotation follows what it wrote.
struct ChatAnswerer: Sendable {
    let passages: PassageRepository
    /// Bounds the searches at a time, and alternates between conversations.
    let answering: FairScheduler
    /// Lets a model write; nil to quote.
    let writer: Writer?
    let logger: Logger

    /// Answers the question of a conversation or a thread.
    ///
    /// - Parameters:
    ///   - history: The question and the messages before it.
    ///   - request: What the answer may use.
    ///   - onProgress: Receives an answer while a model writes it: the search, and then each piece of the text. A quotation
    ///     is only returned.
    /// - Returns: The answer; `isStreamed` says whether `onProgress` has received all of it.
    /// - Throws: `FairScheduler.QueueFull`, `DatabaseError`, `CancellationError`.
    func answer(
        to history: ChatHistory,
        _ request: AnswerRequest,
        onProgress: @escaping @Sendable (AnswerProgress) -> Void = { _ in }
    ) async throws -> (answer: CitedAnswer, isStreamed: Bool) {
        let isWritten = writer != nil
        let found = try await answering.run(for: request.asker, history.load) {
            try await passages.read(request.search) { reader in
                try FoundAnswer(to: history, from: reader, request, isWritten: isWritten)
            }
        }
        guard let writer, let material = found.material else { return (found.quotation, false) }
        let draft = AnswerDraft(material, by: writer.model, onProgress: onProgress)
        do {
            try await writer.write(material.task, for: request.asker, maximumTokens: request.maximumTokens) {
                draft.add($0, of: $1)
            }
            return (draft.finish(to: history), true)
        } catch let failure as WritingFailure {
            try Task.checkCancellation()
            logger.log(
                level: failure.isOfServer ? .warning : .info,
                "the model did not write the whole answer",
                metadata: ["reason": "\(failure.rawValue)"]
            )
            guard draft.hasBegun else {
                var answer = found.quotation
                answer.author = AnswerAuthor(name: AnswerAuthor.engine.name, failure: failure)
                return (answer, false)
            }
            return (draft.finish(to: history, after: failure, isLimited: request.maximumTokens != nil), true)
        }
    }
}

extension WritingFailure {
    /// Whether an operator can do something about it.
    fileprivate var isOfServer: Bool {
        switch self {
        case .unreachable, .refused, .malformed, .timeout, .busy, .interrupted, .context: true
        case .toolCall, .tooLong, .empty, .declined, .unsupported: false
        }
    }
}

/// A quotation that answers a question, and what a model may write the answer from.
struct FoundAnswer: Sendable {
    let quotation: CitedAnswer
    /// Nil if no model is to be asked, because nothing was found.
    let material: WritingMaterial?

    /// Searches passages, and quotes from them.
    ///
    /// - Throws: `DatabaseError`.
    init(
        to history: ChatHistory,
        from reader: PassageReader,
        _ request: AnswerRequest,
        isWritten: Bool
    ) throws {
        let answer = try CitedAnswer.quotation(for: history, from: reader, limit: request.limit)
        quotation = try CitedAnswer(answer, to: history, from: reader, maximumTokens: request.maximumTokens)
        guard isWritten, answer.confidence != .none, let quoted = answer.citations.first?.passage else {
            material = nil
            return
        }
        let quotable = try reader.quotableTexts(of: answer.results)
        let passages = try reader.found(answer.results.map { $0.quotable(in: quotable[$0.id]) })
        let texts = Dictionary(answer.results.map { ($0.id, $0.text) }) { first, _ in first }
        let ordered = passages.filter { $0.passage.id == quoted.id } + passages.filter { $0.passage.id != quoted.id }
        let sources = ordered.lazy.map { found in
            WritingSource(
                id: found.passage.id,
                fileID: found.passage.fileID,
                title: found.passage.title,
                headings: found.passage.headings,
                text: texts[found.passage.id] ?? found.passage.text,
                quotable: found.passage.text,
                revision: found.revision
            )
        }
        let readable = Array(sources.filter { !OrderInDocument.isIn($0.text) }.prefix(WritingSource.most))
        let phrases = AnswerPhrases(for: history.question, after: history.exchanges)
        material = WritingMaterial(
            task: WritingTask(
                question: history.question,
                exchanges: history.exchanges,
                instructions: history.instructions,
                language: AnswerPhrases.language(of: history.question, after: history.exchanges),
                sources: readable
            ),
            search: AnswerSearch(queries: answer.queries, passages: passages),
            doubt: answer.confidence == .unsure ? phrases.doubt : nil,
            quotation: answer,
            confidence: answer.confidence
        )
    }
}

extension FoundPassage {
    /// The revision of the documents since which the file is in force.
    fileprivate var revision: String? {
        switch attributes["revision"] ?? attributes["since"] {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): "\(Int(exactly: number).map { "\($0)" } ?? "\(number)")"
        case .bool, nil: nil
        }
    }
}

/// What a model may write an answer from.
struct WritingMaterial: Sendable {
    let task: WritingTask
    let search: AnswerSearch
    /// The sentence before an answer that may be wrong; nil for a sure one.
    let doubt: String?
    let quotation: ExtractiveAnswer
    let confidence: AnswerConfidence
}
