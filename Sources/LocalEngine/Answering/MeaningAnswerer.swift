internal import DocumentText

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
        var answered: [Answered] = []
        var exchanges = history
        let parts = QuestionParts.parts(of: question)
        for part in parts.count <= maximumResults ? parts : [question] {
            let next = try quoted(part, exchanges, isFurther: !answered.isEmpty, maximumResults, search)
            exchanges.append(Answerer.Exchange(question: part, answer: next.choice?.text ?? ""))
            answered.append(next)
        }
        let places = Set(answered.map { $0.choice?.passage.id })
        return answered.count > 1 && places.count > 1
            ? together(answered, phrases, maximumResults)
            : alone(answered[0], phrases, isSure: answered.allSatisfy(\.isSure))
    }

    /// A question with what is quoted to answer it.
    private struct Answered {
        let question: String
        let query: String
        /// Nil if nothing is.
        let choice: StatementChoice?
        let isSure: Bool
        let results: [ScoredPassage]
        /// The exceptions beside what is quoted.
        var exceptions: SectionExceptions?

        /// What is quoted, after doubt if there is any, or the sentence that says that nothing was found.
        func text(_ phrases: AnswerPhrases, isSure: Bool) -> String {
            choice.map { (isSure ? "" : phrases.doubt + "\n\n") + $0.text } ?? phrases.notFound
        }

        /// The citation of what is quoted, if it ends a text.
        func citation(in text: String) -> ExtractiveAnswer.Citation? {
            choice.map { .init(passage: $0.passage, index: citationIndex(behind: $0.bestStatement, in: text)) }
        }
    }

    /// Chooses what is quoted to answer a question.
    private func quoted(
        _ question: String,
        _ history: [Answerer.Exchange],
        isFurther: Bool,
        _ maximumResults: Int,
        _ search: (_ query: String, _ meaning: QueryMeaning, _ limit: Int) throws -> [RankedPassage]
    ) rethrows -> Answered {
        let limit = maximumResults > 0 ? max(maximumResults, Self.candidates) : 0
        func ranking(_ query: String) throws -> [RankedPassage] { try search(query, encoder.query(query), limit) }
        var query = question.inUsualWriting
        var found = try ranking(query)
        let joined = Self.joined(question, history, always: isFurther && QuestionParts.isElliptic(question))
        var isJoined = false
        if let joined = joined?.inUsualWriting {
            let other = try ranking(joined)
            if (other.first?.passage.score ?? 0) >= (found.first?.passage.score ?? 0) + Self.followUpGain {
                (query, found, isJoined) = (joined, other, true)
            }
        }
        let scope = QuestionScope(
            of: question,
            in: query,
            among: found.map(\.passage),
            margin: Self.scopeMargin
        )
        let sections = NamedSections(of: question, after: history)
        let all = found.filter { !scope.leavesOut($0.passage) }
        found = Self.results(all, maximumResults)
        var choice = StatementChoice(from: found, for: question, in: query, by: weights)
        if let closest = choice {
            let better = sections.better(than: closest, among: all, isJoined: isJoined)
            let named = StatementChoice(from: better, for: question, in: query, by: weights)
            if let named, named.likelihood(by: weights) >= weights.leastCertainty { choice = named }
        }
        var results = found.map(\.passage)
        if let passage = choice?.passage { results = Self.results(results, citing: [passage], maximumResults) }
        guard let choice, choice.namesCell || choice.likelihood(by: weights) >= weights.leastCertainty else {
            return Answered(question: question, query: query, choice: nil, isSure: false, results: results)
        }
        let isSure =
            (choice.namesCell || choice.sureness(by: weights) >= weights.sureCertainty)
            && !choice.isDoubtful && !scope.leavesInDoubt(choice.passage)
            && !sections.leavesInDoubt(choice.passage, isJoined: isJoined)
            && !choice.answersAnotherQuestion(than: question)
        let exceptions = SectionExceptions(
            to: choice.passage,
            among: maximumResults > 1 ? all.map(\.passage) : [],
            least: weights.leastCertainty,
            maximumWords: StatementChoice.maximumWords - choice.text.wordCount
        )
        if let passage = exceptions?.passage {
            results = Self.results(results, citing: [choice.passage, passage], maximumResults)
        }
        return Answered(
            question: question,
            query: query,
            choice: choice,
            isSure: isSure,
            results: results,
            exceptions: exceptions
        )
    }

    /// The answer to a question, with what further passages say.
    private func alone(_ answered: Answered, _ phrases: AnswerPhrases, isSure: Bool) -> ExtractiveAnswer {
        var text = answered.text(phrases, isSure: isSure)
        var citations = answered.citation(in: text).map { [$0] } ?? []
        if let exceptions = answered.exceptions {
            text += "\n\n" + exceptions.text
            citations.append(ExtractiveAnswer.Citation(passage: exceptions.passage, index: text.unicodeScalars.count))
        }
        if let choice = answered.choice {
            let further = FurtherQuotation.choose(
                from: choice.weighed,
                besides: [choice.passage.id] + (answered.exceptions.map { [$0.passage.id] } ?? []),
                least: weights.leastCertainty
            )
            if !further.isEmpty { text += "\n\n" }
            let end = text.unicodeScalars.count
            citations += further.map { ExtractiveAnswer.Citation(passage: $0.passage, index: end, quote: $0.text) }
        }
        return ExtractiveAnswer(
            text: text,
            citations: citations,
            confidence: answered.choice == nil ? .none : isSure ? .sure : .unsure,
            queries: [answered.query],
            results: answered.results
        )
    }

    /// The answers to several questions, each below its question.
    private func together(
        _ answered: [Answered],
        _ phrases: AnswerPhrases,
        _ maximumResults: Int
    ) -> ExtractiveAnswer {
        var text = ""
        var citations: [ExtractiveAnswer.Citation] = []
        var results: [ScoredPassage] = []
        for part in answered {
            if !text.isEmpty { text += "\n\n" }
            text += part.question + "\n" + part.text(phrases, isSure: part.isSure)
            if let citation = part.citation(in: text) { citations.append(citation) }
            results += part.results.filter { !results.contains($0) }
        }
        let isFound = answered.contains { $0.choice != nil }
        return ExtractiveAnswer(
            text: isFound ? text : phrases.notFound,
            citations: citations,
            confidence: !isFound ? .none : answered.allSatisfy(\.isSure) ? .sure : .unsure,
            queries: answered.map(\.query),
            results: Self.results(results, citing: citations.map(\.passage), maximumResults)
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

    /// The passages that were found, best first, of which the last make room for those that are cited.
    private static func results(_ found: [ScoredPassage], citing cited: [ScoredPassage], _ limit: Int)
        -> [ScoredPassage]
    {
        let others = found.filter { !cited.contains($0) }.prefix(max(0, limit - cited.count))
        let all = found.filter { cited.contains($0) || others.contains($0) } + cited.filter { !found.contains($0) }
        return all.sorted { $0.score > $1.score }
    }

    /// The number of earlier questions that a question can continue.
    private static let maximumExchanges = 3

    /// A question with the earlier ones that it continues, and with the last one if it does so whatever its words are; nil if it
    /// continues none.
    private static func joined(_ question: String, _ history: [Answerer.Exchange], always: Bool) -> String? {
        var questions = [question]
        for exchange in history.suffix(maximumExchanges).reversed() {
            guard FollowUp.isFollowUp(questions[0]) || always && questions.count == 1 else { break }
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
