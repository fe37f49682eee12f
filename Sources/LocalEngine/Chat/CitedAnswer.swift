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
    let queries: [String]
    let passages: [FoundPassage]
    /// Whether the text is cut to the allowed tokens.
    let isCut: Bool
    let inputTokens: Int

    /// Answers the question of a conversation or a thread.
    ///
    /// - Parameters:
    ///   - history: The question and the messages before it.
    ///   - reader: Finds passages.
    ///   - limit: The most passages.
    ///   - maximumTokens: The most tokens of the answer; nil for no limit.
    /// - Throws: `DatabaseError`.
    init(to history: ChatHistory, from reader: PassageReader, limit: Int, maximumTokens: Int?) throws {
        let answer = try Self.answer(to: history, from: reader, limit: limit)
        let evidence = answer.evidence
        let quotable = try reader.quotableTexts(of: evidence)
        let passages = try reader.found(evidence.map { $0.quotable(in: quotable[$0.id]) })
        let text = Self.cut(answer.text, tokens: maximumTokens)
        let length = text.unicodeScalars.count
        self.text = text
        self.passages = passages
        confidence = answer.confidence
        queries = answer.queries
        citations = answer.citations.compactMap { citation in
            let cited = citation.passage
            let place = passages.firstIndex { $0.passage.id == cited.id && $0.passage.fileID == cited.fileID }
            guard let place, citation.index <= length else { return nil }
            return Citation(
                fileID: cited.fileID,
                filename: passages[place].filename,
                index: citation.index,
                place: place
            )
        }
        isCut = text != answer.text
        inputTokens = passages.reduce(history.tokens) { $0 + Tokens.estimate($1.passage.text) }
    }

    private static func answer(
        to history: ChatHistory,
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
