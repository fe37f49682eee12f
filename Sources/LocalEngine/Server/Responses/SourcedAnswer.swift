internal import GRDB

/// The answer to a question, no longer than allowed, with the passages that it was found among.
struct SourcedAnswer: Sendable {
    /// A source of a stretch of the answer.
    struct Citation: Sendable, Hashable {
        let fileID: String
        let filename: String
        /// Where in the text it belongs, in Unicode scalars.
        let index: Int
        /// The place among the hits of the passage that is cited.
        let place: Int
    }

    let text: String
    let citations: [Citation]
    let confidence: AnswerConfidence
    let queries: [String]
    let hits: [VectorStoreSearch.Hit]
    /// Whether the text was cut to the tokens allowed.
    let isCut: Bool
    let inputTokens: Int

    /// Answers the question of a dialogue.
    ///
    /// - Parameters:
    ///   - dialogue: The question, and what was said before.
    ///   - search: Where to look; nil for nowhere.
    ///   - limit: The most passages.
    ///   - maximumTokens: The most tokens of the answer; nil for no limit.
    ///   - meanings: Finds passages by their meaning; nil to find them by their words alone.
    ///   - db: The database.
    /// - Throws: `DatabaseError`
    init(
        to dialogue: ChatHistory,
        from search: VectorStoreSearch?,
        limit: Int,
        maximumTokens: Int?,
        meanings: MeaningIndex?,
        in db: Database
    ) throws {
        let candidates = try search?.candidates(in: db) ?? []
        let answer =
            if let meanings {
                try Self.answer(to: dialogue, from: search, among: candidates, limit: limit, by: meanings, in: db)
            } else {
                try Self.answer(to: dialogue, from: search, among: candidates, limit: limit, in: db)
            }
        let evidence = answer.evidence
        let quotable = try PassageIndex.quotableTexts(of: evidence.map(\.id), in: db)
        let hits = try search?.hits(evidence.map { $0.quotable(in: quotable[$0.id]) }, in: db) ?? []
        let text = Self.cut(answer.text, tokens: maximumTokens)
        let length = text.unicodeScalars.count
        self.text = text
        self.hits = hits
        confidence = answer.confidence
        queries = answer.queries
        citations = answer.citations.compactMap { citation in
            let cited = citation.passage
            let place = hits.firstIndex { $0.passage.id == cited.id && $0.passage.fileID == cited.fileID }
            guard let place, citation.index <= length else { return nil }
            return Citation(
                fileID: cited.fileID,
                filename: hits[place].filename,
                index: citation.index,
                place: place
            )
        }
        isCut = text != answer.text
        inputTokens = hits.reduce(dialogue.tokens) { $0 + Tokens.estimate($1.passage.text) }
    }

    private static func answer(
        to dialogue: ChatHistory,
        from search: VectorStoreSearch?,
        among candidates: Set<String>,
        limit: Int,
        by meanings: MeaningIndex,
        in db: Database
    ) throws -> ExtractiveAnswer {
        try MeaningAnswerer(encoder: meanings.encoder).answer(
            dialogue.question,
            history: dialogue.turns,
            instructions: dialogue.instructions,
            maximumResults: limit,
            search: { query, meaning, limit in
                try search?.ranking(query, meaning, among: candidates, limit: limit, by: meanings, in: db) ?? []
            }
        )
    }

    private static func answer(
        to dialogue: ChatHistory,
        from search: VectorStoreSearch?,
        among candidates: Set<String>,
        limit: Int,
        in db: Database
    ) throws -> ExtractiveAnswer {
        let counts = WordCounts()
        return try Answerer().answer(
            dialogue.question,
            history: dialogue.turns,
            instructions: dialogue.instructions,
            maximumResults: limit,
            search: { query, limit in
                try search?.passages(query, among: candidates, limit: limit, by: counts, in: db) ?? []
            },
            rarity: { words in try PassageIndex.rarity(of: words, by: counts, in: db) }
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
