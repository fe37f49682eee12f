private import Foundation

/// Answers a question by quoting passages; it writes no sentence of its own.
///
/// It compares the words of the question, weighted by their rarity, with each sentence, list item and table row
/// that the search found, with the headings above it and with what is close by, and prefers the kind of statement that the
/// question asks for. It quotes the best statement with its context, with little confidence after a sentence of doubt, and with
/// hardly any not at all.
struct Answerer: Sendable {
    /// An earlier question of the conversation with its answer.
    struct Exchange: Sendable, Hashable {
        /// The question of the user.
        var question: String
        /// The answer.
        var answer: String
    }

    /// The weights.
    var weights = AnswerWeights()

    /// The number of passages that are compared, even if fewer are requested.
    private static let candidates = 60

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: The question of the user.
    ///   - history: The earlier questions of the conversation with their answers, oldest first.
    ///   - instructions: The instruction text of the request; it may quote the sentence for "not found".
    ///   - maximumResults: The maximum number of passages to search for.
    ///   - search: Finds passages for a query, best first: ``PassageIndex/search(_:fileIDs:limit:by:in:)``.
    ///   - rarity: How distinctive each word is, 0…1: ``PassageIndex/rarity(of:by:in:)``.
    /// - Returns: The answer, or the sentence that says that nothing was found.
    /// - Throws: What `search` or `rarity` throws.
    func answer(
        _ question: String,
        history: [Exchange],
        instructions: String?,
        maximumResults: Int,
        search: (_ query: String, _ limit: Int) throws -> [ScoredPassage],
        rarity: (_ words: [String]) throws -> [Double] = { words in words.map { _ in 1 } }
    ) rethrows -> ExtractiveAnswer {
        let parsed = try Question(
            question.boundedForSearch,
            history: history.suffix(Question.maximumExchanges).map {
                Exchange(question: $0.question.boundedForSearch, answer: $0.answer)
            },
            weights: weights,
            rarity: rarity
        )
        let limit = maximumResults > 0 ? max(maximumResults, Self.candidates) : 0
        let context = (parsed.queries + [question]).joined(separator: " ")
        let merged = Self.merged(try parsed.queries.map { try search($0, limit) }, limit: limit)
        let scope = QuestionScope(of: question, in: context, among: merged)
        let found = merged.filter { !scope.leavesOut($0) }
        let read = found.map { ReadPassage($0) }
        let asked = Set(Words.content(of: question).map { WordStem.of($0) })
        let focus = QuestionFocus(
            of: question,
            in: context,
            among: read,
            found: read,
            rowNames: RowNames(in: question, found: read)
        )
        let phrases = AnswerPhrases(for: question, after: history, among: found, instructions: instructions)
        // What continues earlier questions is found by their words alone, too.
        let least = parsed.queries.count > 1 ? weights.sureConfidence : weights.leastConfidence
        guard let (quotation, namesCell) = best(of: read, for: parsed, naming: asked, leavingOutBy: focus),
            namesCell || quotation.confidence >= least && !scope.leavesInDoubt(quotation.evidence.read.passage)
        else {
            return ExtractiveAnswer(
                text: phrases.notFound,
                confidence: .none,
                queries: parsed.queries,
                results: Array(found.prefix(maximumResults))
            )
        }
        let passage = quotation.evidence.read.passage
        var results = Array(found.prefix(maximumResults))
        if !results.contains(passage) { results[results.count - 1] = passage }
        let isSure =
            namesCell || quotation.confidence >= weights.sureConfidence && !quotation.isDoubtful
        let text = (isSure ? "" : phrases.doubt + "\n\n") + quotation.text
        return ExtractiveAnswer(
            text: text,
            citations: [.init(passage, behind: quotation.bestStatement, in: text)],
            confidence: isSure ? .sure : .unsure,
            queries: parsed.queries,
            results: results
        )
    }

    /// The quotation of the statement that answers best, of all passages.
    ///
    /// - Parameters:
    ///   - read: The passages.
    ///   - question: The question.
    ///   - asked: The stems of its words, which may name a cell of a row; that row answers before all others.
    ///   - focus: The statements that are about something other than what the question names.
    /// - Returns: The quotation, and whether the question names a cell of it; nil without passages.
    private func best(
        of read: [ReadPassage],
        for question: Question,
        naming asked: Set<String>,
        leavingOutBy focus: QuestionFocus
    ) -> (quotation: Quotation, namesCell: Bool)? {
        let most = max(read.map(\.passage.score).max() ?? 0, .leastNonzeroMagnitude)
        var files: [String: Double] = [:]
        for passage in read.map(\.passage) { files[passage.fileID] = max(files[passage.fileID] ?? 0, passage.score) }
        let particularity = Self.particularity(of: read.map(\.statements))
        let termMatches = TermMatches(question.terms, weights)
        let named = Self.named(in: read, for: question, by: termMatches)
        let words = AskedWords(question.queries[0])
        var best: (evidence: Evidence, place: Int, score: Double, namesCell: Bool)?
        for read in read {
            let (score, fileID) = (read.passage.score, read.passage.fileID)
            let standing = score / most * weights.passage + (files[fileID] ?? 0) / most * weights.file
            let evidence = Evidence(
                read,
                standing: standing,
                particularity: particularity,
                for: question,
                termMatches: termMatches,
                named: named[read.passage.fileID] ?? [],
                leavingOut: focus.leftOut(of: read, closest: nil),
                weights: weights
            )
            let namedCells = read.places(ofCellsNamedBy: asked)
            let namedRows = read.rows.places(ofRowsNamedWordForWordBy: words, and: asked)
            for (place, score) in evidence.scores.enumerated() {
                let namesCell = namedCells.contains(place)
                let score =
                    score + (namesCell ? weights.namedCell : 0) + (namedRows.contains(place) ? weights.namedRow : 0)
                if score > best?.score ?? -.infinity { best = (evidence, place, score, namesCell) }
            }
        }
        return best.map { (Quotation(around: $0.place, of: $0.evidence, by: focus), $0.namesCell) }
    }

    /// The essential terms of a question that the passages of each file have which have none of its other terms.
    ///
    /// They hold for the whole file, as the company's name at its beginning does. A name beside other terms of the question
    /// holds for what is said there.
    private static func named(
        in read: [ReadPassage],
        for question: Question,
        by termMatches: TermMatches
    ) -> [String: Set<Int>] {
        let terms = question.terms
        guard terms.contains(where: \.isEssential) else { return [:] }
        return read.reduce(into: [:]) { named, read in
            let passage = read.passage
            let headings = passage.headings.flatMap { Words.all(in: $0) }.map { WordStem.of($0) }
            let best = termMatches.best(in: read.statements.flatMap(\.stems) + headings)
            let present = terms.indices.filter { best[$0] > 0 }
            if present.allSatisfy({ terms[$0].isEssential }) {
                named[passage.fileID, default: []].formUnion(present)
            }
        }
    }

    /// The particularity of the content words of some passages: 0 for a word in all of them, 1 for a word in one.
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
}

/// The weights by which statements are compared by their words.
///
/// They were found by experiment with collections of documents and questions; none is specific to one document.
struct AnswerWeights: Sendable, Hashable {
    /// The weight of a term that is not in the statement, but in a heading above it.
    var heading = 0.6
    /// The weight of a term that is in a statement close by.
    var nearby = 0.3
    /// The weight of a term that is in the name of the file.
    var title = 0.4
    /// The weight of a word that begins like the term.
    var prefix = 0.8
    /// The weight of the right kind of answer.
    var kind = 0.8
    /// The weight of two terms that follow each other as in the question.
    var phrase = 0.2
    /// The weight of two words that are adjacent, as in the question.
    var pair = 0.2
    /// The weight of the search's score of the passage.
    var passage = 0.3
    /// The weight of the search's best score of the file.
    var file = 0.2
    /// The weight of a term that is anywhere in the passage, in addition.
    var whole = 0.3
    /// The weight of a row of which the question names a cell and nothing else: more than all others together.
    var namedCell = 10.0
    /// The weight of a row of which the question has the name word for word and names a column.
    var namedRow = 1.0
    /// The cost of a word that is not in the question, by its particularity.
    var excess = 0.075
    /// The maximum cost of the words of a passage.
    var maximumExcess = 0.3
    /// The weight of a statement that names an entitlement, if the question asks for one.
    var entitlement = 0.07
    /// The weight of a word of everyday language, relative to another word.
    var everyday = 0.6
    /// The factor for a passage that lacks an essential term.
    var incomplete = 0.3
    /// The weight of a name, relative to another word.
    var name = 1.2
    /// The weight of the words of earlier questions in a question that continues them.
    var history = 0.5
    /// The least confidence of an answer: 0…1.
    var leastConfidence = 0.15
    /// The least confidence of an answer without doubt: 0…1.
    var sureConfidence = 0.5
}
