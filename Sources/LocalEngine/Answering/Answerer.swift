private import Foundation

/// Answers a question by quoting passages; it never makes up a sentence.
///
/// The words of the question, weighted by how rare they are, are looked for in every sentence, list item and table row
/// that the search found, in the headings above it, and close by; what is of the kind that is asked for comes first. The
/// best is quoted, with what it needs to be understood. If it is too unsure to answer the question, nothing is quoted.
struct Answerer: Sendable {
    /// An earlier question of the conversation with its answer.
    struct Turn: Sendable, Hashable {
        /// What the user asked.
        var question: String
        /// What was answered.
        var answer: String
    }

    /// What counts how much.
    var weights = AnswerWeights()

    /// How many passages are weighed, even if fewer are asked for.
    private static let candidates = 60

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: What the user asks.
    ///   - history: The earlier turns of the conversation, oldest first.
    ///   - instructions: The instruction text of the request; it may quote the sentence for "not found".
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
        let parsed = try Question(
            question.boundedForSearch,
            history: history.suffix(Question.mostTurns).map {
                Turn(question: $0.question.boundedForSearch, answer: $0.answer)
            },
            weights: weights,
            rarity: rarity
        )
        let limit = maximumResults > 0 ? max(maximumResults, Self.candidates) : 0
        let found = Self.merged(try parsed.queries.map { try search($0, limit) }, limit: limit)
        guard let quotation = best(of: found, for: parsed), isEnough(quotation) else {
            return ExtractiveAnswer(
                text: AnswerPhrases(for: question, after: history, instructions: instructions).notFound,
                confidence: .none,
                queries: parsed.queries,
                results: Array(found.prefix(maximumResults))
            )
        }
        var results = Array(found.prefix(maximumResults))
        if !results.contains(quotation.evidence.passage) {
            results[results.count - 1] = quotation.evidence.passage
        }
        let text = quotation.text
        return ExtractiveAnswer(
            text: text,
            citations: [.init(passage: quotation.evidence.passage, index: Self.citationIndex(in: text))],
            confidence: .sure,
            queries: parsed.queries,
            results: results
        )
    }

    /// Whether a quotation says enough of what was asked.
    private func isEnough(_ quotation: Quotation) -> Bool {
        quotation.confidence >= weights.leastConfidence
    }

    /// What to quote: the statement that answers best, of all passages.
    private func best(of found: [ScoredPassage], for question: Question) -> Quotation? {
        let most = max(found.map(\.score).max() ?? 0, .leastNonzeroMagnitude)
        var files: [String: Double] = [:]
        for passage in found { files[passage.fileID] = max(files[passage.fileID] ?? 0, passage.score) }
        let read = found.map { ($0, Statement.statements(of: $0.text)) }
        let particularity = Self.particularity(of: read.map(\.1))
        let termMatches = TermMatches(question.terms, weights)
        var best: (evidence: Evidence, place: Int, score: Double)?
        for (passage, statements) in read {
            let standing =
                passage.score / most * weights.passage + (files[passage.fileID] ?? 0) / most * weights.file
            let evidence = Evidence(
                passage,
                statements: statements,
                standing: standing,
                particularity: particularity,
                for: question,
                termMatches: termMatches,
                weights: weights
            )
            for (place, score) in evidence.scores.enumerated() where score > best?.score ?? -.infinity {
                best = (evidence, place, score)
            }
        }
        return best.map { Quotation(around: $0.place, of: $0.evidence, for: question) }
    }

    /// How particular the content words of some passages are: 0 for a word that is in all of them, 1 for one that is in one.
    private static func particularity(of passages: [[Statement]]) -> [String: Double] {
        var counts: [String: Int] = [:]
        for statements in passages {
            for stem in Set(statements.flatMap(\.contentStems)) { counts[stem, default: 0] += 1 }
        }
        let scale = log(Double(passages.count + 1))
        return counts.mapValues { log(Double(passages.count + 1) / Double($0)) / scale }
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
