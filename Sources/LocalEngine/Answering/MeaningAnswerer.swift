internal import DocumentText

/// Answers a question by quoting the passages whose meaning is closest to it; it writes no sentence of its own.
struct MeaningAnswerer: Sendable {
    /// Ranks passages for a query, closest first.
    typealias Search = (_ query: String, _ meaning: QueryMeaning, _ limit: Int) throws -> [RankedPassage]

    /// Encodes the question.
    let encoder: PassageEncoder

    /// The weights.
    var weights = MeaningWeights.inForce

    /// The number of passages that are compared, even if fewer are requested.
    private static let candidates = 60
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
    ///   - search: Ranks passages.
    /// - Returns: The answer, or the sentence that says that nothing was found.
    /// - Throws: What `search` throws.
    func answer(
        _ question: String,
        history: [Answerer.Exchange],
        instructions: String?,
        maximumResults: Int,
        search: Search
    ) rethrows -> ExtractiveAnswer {
        var answers: [QuestionAnswer] = []
        var exchanges = history
        let parts = QuestionParts.parts(of: question)
        for part in parts.count <= maximumResults ? parts : [question] {
            let isElliptic = !answers.isEmpty && QuestionParts.isElliptic(part)
            let answer = try self.answer(to: part, exchanges, isElliptic: isElliptic, maximumResults, search)
            exchanges.append(Answerer.Exchange(question: part, answer: answer.choice?.text ?? ""))
            answers.append(answer)
        }
        let best = answers.flatMap { $0.passages + $0.results }
        let phrases = AnswerPhrases(for: question, after: history, among: best, instructions: instructions)
        let places = Set(answers.map { $0.choice?.passage.id })
        return answers.count > 1 && places.count > 1
            ? together(answers, phrases, maximumResults)
            : alone(answers[0], phrases, isSure: answers.allSatisfy(\.isSure))
    }

    /// Chooses what is quoted to answer one question, which continues the one before it whatever its words are if it is elliptic.
    private func answer(
        to question: String,
        _ history: [Answerer.Exchange],
        isElliptic: Bool,
        _ maximumResults: Int,
        _ search: Search
    ) rethrows -> QuestionAnswer {
        let limit = maximumResults > 0 ? max(maximumResults, Self.candidates) : 0
        func ranking(_ query: String) throws -> [RankedPassage] { try search(query, encoder.query(query), limit) }
        var query = question.inUsualWriting
        var ranked = try ranking(query)
        var isJoined = false
        if let joined = FollowUp.joined(question, after: history, always: isElliptic)?.inUsualWriting {
            let other = try ranking(joined)
            if (other.first?.passage.score ?? 0) >= (ranked.first?.passage.score ?? 0) + Self.followUpGain {
                (query, ranked, isJoined) = (joined, other, true)
            }
        }
        let scope = QuestionScope(of: question, in: query, among: ranked.map(\.passage), margin: Self.scopeMargin)
        ranked = ranked.filter { !scope.leavesOut($0.passage) }
        let sections = NamedSections(of: question, after: history)
        let found = SearchResults.best(of: ranked, limit: maximumResults)
        let closest = StatementChoice(from: found, for: question, in: query, by: weights)
        let named = closest.flatMap { closest in
            let better = sections.better(than: closest, among: ranked, isJoined: isJoined)
            return StatementChoice(from: better, for: question, in: query, by: weights)
        }
        // A word alone is hardly close to any passage.
        let choice =
            named.flatMap { sections.areKeywords || isEnough($0.likelihood(by: weights)) ? $0 : nil } ?? closest
        var answer = QuestionAnswer(question: question, query: query, results: found.map(\.passage))
        if let choice,
            choice.namesCell || isEnough(choice.likelihood(by: weights)) || sections.areKeywords && named != nil
        {
            answer.choice = choice
            answer.isSure =
                (choice.namesCell || choice.sureness(by: weights) >= weights.sureCertainty)
                && !choice.isDoubtful && !scope.leavesInDoubt(choice.passage)
                && !sections.leavesInDoubt(choice.passage, isJoined: isJoined)
                && !choice.answersAnotherQuestion(than: question)
            answer.exceptions = SectionExceptions(
                to: choice.passage,
                among: maximumResults > 1 ? ranked.map(\.passage) : [],
                least: weights.leastCertainty,
                maximumWords: Excerpt.maximumWords - choice.text.wordCount
            )
        }
        answer.results = SearchResults.including(answer.passages, among: answer.results, limit: maximumResults)
        return answer
    }

    /// Whether a passage that answers the question with this likelihood is quoted.
    private func isEnough(_ likelihood: Double) -> Bool { likelihood >= weights.leastCertainty }

    /// The answer to a question, with what further passages say.
    private func alone(_ answer: QuestionAnswer, _ phrases: AnswerPhrases, isSure: Bool) -> ExtractiveAnswer {
        var text = ""
        var citations = answer.write(to: &text, phrases, isSure: isSure)
        let further = answer.furtherQuotations(least: weights.leastCertainty)
        if !further.isEmpty { text += "\n\n" }
        let end = text.unicodeScalars.count
        citations += further.map { ExtractiveAnswer.Citation(passage: $0.passage, index: end, quote: $0.text) }
        return ExtractiveAnswer(
            text: text,
            citations: citations,
            confidence: answer.choice == nil ? .none : isSure ? .sure : .unsure,
            queries: [answer.query],
            results: answer.results
        )
    }

    /// The answers to several questions, each below its question.
    private func together(
        _ answers: [QuestionAnswer],
        _ phrases: AnswerPhrases,
        _ maximumResults: Int
    ) -> ExtractiveAnswer {
        var text = ""
        var citations: [ExtractiveAnswer.Citation] = []
        var results: [ScoredPassage] = []
        for answer in answers {
            if !text.isEmpty { text += "\n\n" }
            text += answer.question + "\n"
            citations += answer.write(to: &text, phrases, isSure: answer.isSure)
            results += answer.results.filter { !results.contains($0) }
        }
        let isFound = answers.contains { $0.choice != nil }
        return ExtractiveAnswer(
            text: isFound ? text : phrases.notFound,
            citations: citations,
            confidence: !isFound ? .none : answers.allSatisfy(\.isSure) ? .sure : .unsure,
            queries: answers.map(\.query),
            results: SearchResults.including(citations.map(\.passage), among: results, limit: maximumResults)
        )
    }
}
