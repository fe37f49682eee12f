/// Answers a question by quoting passages; it never makes up a sentence.
///
/// The words of the question, weighted by how rare they are, are looked for in every sentence, list item and table row
/// that the search found, in the headings above it, and close by. The best is quoted, with what it needs to be understood.
/// If the best covers less of the question than ``leastCoverage``, nothing is quoted.
struct Answerer: Sendable {
    /// An earlier question of the conversation with its answer.
    struct Turn: Sendable, Hashable {
        /// What the user asked.
        var question: String
        /// What was answered.
        var answer: String
    }

    /// How much of the question an answer must cover, by the weight of its words: 0…1.
    var leastCoverage = 0.45

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
        let parsed = try Question(question, history: history, rarity: rarity)
        let results = Self.merged(try parsed.queries.map { try search($0, maximumResults) }, limit: maximumResults)
        guard let quotation = best(of: results, for: parsed), quotation.coverage >= leastCoverage else {
            return ExtractiveAnswer(
                text: NotFoundSentence.sentence(in: instructions),
                citations: [],
                queries: parsed.queries,
                results: results
            )
        }
        let text = quotation.text
        return ExtractiveAnswer(
            text: text,
            citations: [(fileID: quotation.evidence.passage.fileID, index: Self.citationIndex(in: text))],
            queries: parsed.queries,
            results: results
        )
    }

    /// What to quote: the statement that answers best, of all passages.
    private func best(of results: [ScoredPassage], for question: Question) -> Quotation? {
        var best: (evidence: Evidence, place: Int, score: Double)?
        for passage in results {
            let evidence = Evidence(passage, for: question)
            for (place, score) in evidence.scores.enumerated() where score > best?.score ?? 0 {
                best = (evidence, place, score)
            }
        }
        return best.map { Quotation(around: $0.place, of: $0.evidence, for: question) }
    }

    /// The results of some searches, best first, each passage once.
    private static func merged(_ searches: [[ScoredPassage]], limit: Int) -> [ScoredPassage] {
        var seen: [ScoredPassage] = []
        for rank in 0..<(searches.map(\.count).max() ?? 0) {
            for results in searches where rank < results.count {
                let passage = results[rank]
                let isKnown = seen.contains {
                    $0.fileID == passage.fileID && $0.text == passage.text && $0.headings == passage.headings
                }
                if !isKnown { seen.append(passage) }
            }
        }
        return seen.prefix(limit).sorted { $0.score > $1.score }
    }

    /// Where the citation of a text stands: at its end, but before a full stop.
    private static func citationIndex(in text: String) -> Int {
        let count = text.unicodeScalars.count
        return text.last.map { ".!?".contains($0) } == true ? count - 1 : count
    }
}
