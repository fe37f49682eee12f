/// What a search found for a question.
struct AnswerSearch: Sendable {
    let queries: [String]
    let passages: [FoundPassage]

    /// A citation of a passage; nil if the search did not find it.
    func citation(of passage: Int64, in fileID: String, at index: Int) -> CitedAnswer.Citation? {
        passages.firstIndex { $0.passage.id == passage && $0.passage.fileID == fileID }.map { place in
            .init(fileID: fileID, filename: passages[place].filename, index: index, place: place)
        }
    }

    /// The estimated number of tokens that a model would read.
    func tokens(with history: ChatHistory) -> Int {
        passages.reduce(history.tokens) { $0 + Tokens.estimate($1.passage.text) }
    }
}

/// Who wrote an answer.
///
/// Clients find it in the `metadata` of a response and of an assistant's message.
struct AnswerAuthor: Sendable, Hashable {
    /// `engine` for a quotation, and otherwise the name of the model.
    let name: String
    /// Why the model did not write the answer, or not to its end; nil if it did or was not asked.
    var failure: WritingFailure?

    /// The engine, without a model.
    static let engine = AnswerAuthor(name: "engine")

    /// The keys in metadata.
    static let (nameKey, failureKey) = ("written_by", "writing_failure")
}

/// The answer to a question, no longer than allowed, with the passages that were found for it.
struct CitedAnswer: Sendable {
    /// A citation of a passage.
    struct Citation: Sendable, Hashable {
        let fileID: String
        let filename: String
        /// The place in the text, in Unicode scalars.
        let index: Int
        /// The place of the cited passage among those that were found.
        let place: Int
    }

    let text: String
    let citations: [Citation]
    let confidence: AnswerConfidence
    var author = AnswerAuthor.engine
    let search: AnswerSearch
    /// Whether the text is cut to the allowed tokens.
    let isCut: Bool
    let inputTokens: Int

    /// Answers the question of a conversation or a thread by quotation.
    ///
    /// - Parameters:
    ///   - history: The question and the messages before it.
    ///   - reader: Finds passages.
    ///   - limit: The maximum number of passages.
    ///   - maximumTokens: The maximum number of tokens of the answer; nil for no limit.
    /// - Throws: `DatabaseError`.
    init(to history: ChatHistory, from reader: PassageReader, limit: Int, maximumTokens: Int?) throws {
        let answer = try Self.quotation(for: history, from: reader, limit: limit)
        try self.init(answer, to: history, from: reader, maximumTokens: maximumTokens)
    }

    /// Completes a quotation with what the stores hold about its passages.
    ///
    /// - Throws: `DatabaseError`.
    init(_ answer: ExtractiveAnswer, to history: ChatHistory, from reader: PassageReader, maximumTokens: Int?) throws {
        let evidence = answer.evidence
        let quotable = try reader.quotableTexts(of: evidence)
        let passages = try reader.found(evidence.map { $0.quotable(in: quotable[$0.id]) })
        let text = Self.cut(answer.text, tokens: maximumTokens)
        let length = text.unicodeScalars.count
        self.text = text
        let search = AnswerSearch(queries: answer.queries, passages: passages)
        self.search = search
        confidence = answer.confidence
        citations = answer.citations.compactMap { citation in
            guard citation.index <= length else { return nil }
            return search.citation(of: citation.passage.id, in: citation.passage.fileID, at: citation.index)
        }
        isCut = text != answer.text
        inputTokens = search.tokens(with: history)
    }

    /// Creates an answer that a model wrote.
    init(
        text: String,
        citations: [Citation],
        confidence: AnswerConfidence,
        author: AnswerAuthor,
        search: AnswerSearch,
        isCut: Bool,
        to history: ChatHistory
    ) {
        self.text = text
        self.citations = citations
        self.confidence = confidence
        self.author = author
        self.search = search
        self.isCut = isCut
        inputTokens = search.tokens(with: history)
    }

    /// Finds passages for a question, and quotes from them.
    static func quotation(
        for history: ChatHistory,
        from reader: PassageReader,
        limit: Int
    ) throws -> ExtractiveAnswer {
        if let encoder = reader.encoder {
            return try MeaningAnswerer(encoder: encoder).answer(
                history.question,
                history: history.exchanges,
                instructions: history.instructions,
                maximumResults: limit,
                search: { query, meaning, limit in try reader.ranking(query, meaning, limit: limit) }
            )
        }
        return try Answerer().answer(
            history.question,
            history: history.exchanges,
            instructions: history.instructions,
            maximumResults: limit,
            search: { query, limit in try reader.passages(query, limit: limit) },
            rarity: { words in try reader.rarity(of: words) }
        )
    }

    /// Cuts a text at the end of a word.
    private static func cut(_ text: String, tokens: Int?) -> String {
        guard let tokens, Tokens.estimate(text) > tokens else { return text }
        var length = 0
        let fitting = text.prefix { character in
            length += character.utf8.count
            return length <= tokens * 4
        }
        let words = fitting.lastIndex(where: \.isWhitespace).map { fitting[..<$0] } ?? fitting
        return String(words)
    }
}
