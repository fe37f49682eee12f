/// Answers a question by quoting the passages whose meaning is closest to it; it writes no sentence of its own.
struct MeaningAnswerer: Sendable {
    /// Encodes the question.
    let encoder: PassageEncoder

    /// The weights.
    var weights = MeaningWeights.inForce

    /// The least gain of the best passage's score with which an earlier question counts.
    private static let followUpGain = 0.05
    /// How much less the score of a passage for what the question names may be than that of another one.
    private static let scopeMargin = 0.2

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: The question of the user.
    ///   - history: The earlier questions of the conversation with their answers, oldest first.
    ///   - instructions: The instruction text of the request; it may quote the sentence for "not found".
    ///   - maximumResults: The maximum number of passages to search for.
    ///   - search: Ranks passages for a query, closest first.
    /// - Returns: The answer, or the sentence that says that nothing was found.
    /// - Throws: What `search` throws.
    func answer(
        _ question: String,
        history: [Answerer.Exchange],
        instructions: String?,
        maximumResults: Int,
        search: (_ query: String, _ meaning: QueryMeaning, _ limit: Int) throws -> [RankedPassage]
    ) rethrows -> ExtractiveAnswer {
        let phrases = AnswerPhrases(for: question, after: history, instructions: instructions)
        let limit = maximumResults > 0 ? max(maximumResults, Self.candidates) : 0
        func ranking(_ query: String) throws -> [RankedPassage] { try search(query, encoder.query(query), limit) }
        var query = question
        var found = try ranking(question)
        if let joined = Self.joined(question, history) {
            let other = try ranking(joined)
            if (other.first?.passage.score ?? 0) >= (found.first?.passage.score ?? 0) + Self.followUpGain {
                (query, found) = (joined, other)
            }
        }
        let scope = QuestionScope(
            of: question,
            in: query,
            among: found.map(\.passage),
            margin: Self.scopeMargin
        )
        found = Self.results(found.filter { !scope.leavesOut($0.passage) }, maximumResults)
        let results = found.map(\.passage)
        let choice = StatementChoice(from: found, for: question, in: query, by: weights)
        guard let choice, choice.namesCell || choice.certainty >= weights.leastCertainty else {
            return ExtractiveAnswer(
                text: phrases.notFound,
                confidence: .none,
                queries: [query],
                results: results
            )
        }
        let isSure =
            (choice.namesCell || choice.sureness(by: weights) >= weights.sureCertainty)
            && !choice.isDoubtful && !scope.leavesInDoubt(choice.passage)
        var text = (isSure ? "" : phrases.doubt + "\n\n") + choice.text
        let index = Self.citationIndex(behind: choice.bestStatement, in: text)
        var citations = [ExtractiveAnswer.Citation(passage: choice.passage, index: index)]
        let further = FurtherQuotation.choose(
            from: choice.weighed,
            besides: choice.passage.id,
            least: weights.leastCertainty
        )
        if !further.isEmpty { text += "\n\n" }
        let end = text.unicodeScalars.count
        citations += further.map { ExtractiveAnswer.Citation(passage: $0.passage, index: end, quote: $0.text) }
        return ExtractiveAnswer(
            text: text,
            citations: citations,
            confidence: isSure ? .sure : .unsure,
            queries: [query],
            results: results
        )
    }

    /// The number of passages that are compared, even if fewer are requested.
    private static let candidates = 60
    /// How many passages that have most of the question's words are among the results, wherever they rank.
    private static let foundByWords = 3
    /// How many passages that rank best are among the results before those.
    private static let foundByMeaning = 10

    /// The passages that rank best, the last of which make room for those that have most of the question's words: rare names
    /// of rows, which mean nothing to a model, are found by words alone.
    private static func results(_ found: [RankedPassage], _ limit: Int) -> [RankedPassage] {
        let others = found.dropFirst(limit).filter { ($0.wordPlace ?? .max) < foundByWords }
        let room = others.prefix(max(0, limit - foundByMeaning))
        return Array(found.prefix(limit).dropLast(room.count) + room)
    }
    /// The number of earlier questions that a question can continue.
    private static let maximumExchanges = 3

    /// A question with the earlier ones that it continues; nil if it continues none.
    private static func joined(_ question: String, _ history: [Answerer.Exchange]) -> String? {
        var questions = [question]
        for exchange in history.suffix(maximumExchanges).reversed() {
            guard FollowUp.isFollowUp(questions[0]) else { break }
            questions.insert(exchange.question, at: 0)
        }
        return questions.count > 1 ? questions.joined(separator: " ") : nil
    }

    /// The position of the citation in a text: behind the statement that the answer rests on, but before a full stop.
    ///
    /// A statement that is cut is not in the text; then the citation is at its end.
    private static func citationIndex(behind statement: String, in text: String) -> Int {
        let cited = text.ranges(of: statement).last.map { text[..<$0.upperBound] } ?? text[...]
        let count = cited.unicodeScalars.count
        return cited.last.map { ".!?".contains($0) } == true ? count - 1 : count
    }
}
