internal import DocumentText
private import Foundation

/// What an answer quotes: the best statements of the best passage.
struct StatementChoice {
    /// The passage.
    let passage: ScoredPassage
    /// The statements.
    let text: String
    /// The statement in it that the answer rests on.
    let bestStatement: String
    /// How likely the passage answers the question, 0…1; 0 if its vectors are still to be made.
    let certainty: Double
    /// Whether the question names a cell of a row, by its row and its column, and nothing else; then certainty counts for
    /// nothing.
    let namesCell: Bool
    /// Whether the text may be about something other than what the question names.
    let isDoubtful: Bool
    /// How many passages the multilingual model, where it is used as well, ranks higher.
    let surpassed: Int
    /// Whether the multilingual model alone compares the passage with the question.
    let isMultilingual: Bool
    /// How well the text is of the kind that the question asks for, 0…1; nil if it asks for none.
    let fit: Double?
    /// How far the passage's rank is above those of the best others.
    let lead: Double
    /// The passages that were weighed, best first, with what each of their statements is worth.
    let weighed: [Scored]

    /// How many of the passages that rank best are weighed.
    private static let passages = 6
    /// How many others are weighed as they have the name of a row in the question.
    private static let passagesByNames = 4
    /// What it counts that a question names a cell of a row and nothing else: more than all observations together.
    private static let worthOfNamedCell = 100.0
    /// What it counts that a question has the name of a row word for word and names a column of it, as much as what is far
    /// above the mean in every observation.
    private static let worthOfNamedRow = 10.0
    /// What it counts that a question for a person names another cell of the person's row, as much as what is far above the
    /// mean in every observation.
    private static let worthOfPerson = 10.0
    /// What it counts against a statement that it is an example, as much as what is somewhat above the mean in every observation.
    private static let worthOfRule = 2.0

    /// Chooses among the statements of ranked passages; nil if there are none.
    ///
    /// - Parameters:
    ///   - found: The passages, best first.
    ///   - question: The question.
    ///   - context: The question with the earlier ones that it goes on from; nil for a question that stands alone.
    ///   - weights: What the observations count.
    init?(
        from found: [RankedPassage],
        for question: String,
        in context: String? = nil,
        by weights: MeaningWeights = .inForce
    ) {
        let all = found.map { Scored($0) }
        let rowNames = RowNames(in: question, found: all.map(\.read))
        let best = Self.weighed(all, rowNames)
        let focus = QuestionFocus(
            of: question,
            in: context ?? question,
            among: best.map(\.read),
            found: all.map(\.read),
            rowNames: rowNames
        )
        let asked = Set(Words.content(of: question).map { WordStem.of($0) })
        let words = AskedWords(context ?? question)
        let asksForPerson = AnswerKind(of: question) == .person
        let weighed = Self.observed(best, for: question).map { passage in
            var scored = passage
            scored.scores = passage.observations.map { $0.weighed(by: weights.statement.values) }
            scored.preferCells(namedBy: asked)
            scored.preferRows(namedBy: words, and: asked)
            if asksForPerson { scored.preferPersons(besideCellsNamedBy: asked) }
            scored.putOffExamples()
            return scored.leavingOut(by: focus)
        }
        guard let chosen = weighed.max(by: { $0.bestScore < $1.bestScore }), let place = chosen.best else { return nil }
        self.weighed = weighed
        passage = chosen.passage
        bestStatement = chosen.statements[place].text
        let excerpt = Excerpt(
            around: place,
            in: chosen.statements,
            worth: chosen.scores,
            maximumWords: Excerpt.maximumWords - (passage.headings.last?.wordCount ?? 0)
        )
        let quotation = excerpt.text(from: chosen.statements)
        text = focus.headed(quotation, of: excerpt, from: chosen.read)
        namesCell = chosen.namedCells.contains(place)
        certainty = chosen.ranked.closeness?.certainty(by: weights) ?? 0
        isDoubtful =
            excerpt.isSmallPartOfTable || focus.isDoubtful(quotation, from: passage)
            || focus.lacksRow(place, quoted: excerpt.places, of: chosen.read)
        surpassed = chosen.ranked.surpassed
        isMultilingual = chosen.ranked.closeness?.model == .multilingual
        fit = focus.fit(of: quotation)
        lead = RankedPassage.lead(of: passage.id, among: found)
    }

    /// Whether the text is the `yes` or `no` to a question in the heading that has no name in common with another question.
    func answersAnotherQuestion(than question: String) -> Bool {
        guard let heading = SectionHeading(of: passage), heading.isQuestion else { return false }
        let answer = text.split(separator: "\n").drop { $0 == heading.lead }.first ?? ""
        return Words.all(in: answer).first.map { SectionHeading.judgements.contains($0) } == true
            && QuestionParts.names(in: heading.text).isDisjoint(with: QuestionParts.names(in: question))
    }

    /// The certainty, raised if the text is of the kind that the question asks for.
    func likelihood(by weights: MeaningWeights) -> Double {
        certainty + weights.sureness.raise(of: surenessObservations(by: weights))
    }

    /// The certainty, raised and lowered by what else shows whether the text answers the question.
    func sureness(by weights: MeaningWeights) -> Double {
        certainty + surenessObservations(by: weights).weighed(by: weights.sureness.values)
    }

    /// What raises or lowers the certainty, in the order of ``MeaningWeights/Sureness/values``.
    func surenessObservations(by weights: MeaningWeights) -> [Double] {
        [
            min(lead, weights.greatestLead), fit.map { $0 - 0.5 } ?? 0, -log(1 + Double(surpassed)),
            isMultilingual ? -1 : 0,
        ]
    }

    /// The statements of a passage with what is observed of each, and what it is worth.
    struct Scored {
        fileprivate let ranked: RankedPassage
        let read: ReadPassage
        /// In the order of ``MeaningWeights/Statement/values``; each counts for its statement.
        var observations: [[Double]] = []
        /// Minus infinity for what is not to be quoted.
        var scores: [Double] = []
        /// The places of the rows of which the question names a cell.
        fileprivate var namedCells: Set<Int> = []

        init(_ ranked: RankedPassage) {
            self.ranked = ranked
            read = ReadPassage(ranked.passage)
        }

        var passage: ScoredPassage { read.passage }
        var statements: [Statement] { read.statements }
        /// How close its statements are to the question; nil if they have not been compared.
        var closeness: Closeness? { ofStatements(ranked.closeness) }
        /// The same by the multilingual model, as a second opinion.
        fileprivate var reference: Closeness? { ofStatements(ranked.reference) }

        /// The place of the statement that is worth most.
        var best: Int? { scores.indices.max { scores[$0] < scores[$1] } }

        fileprivate var bestScore: Double { scores.max() ?? -.infinity }

        /// Whether the statements have been compared with the question by a model.
        var hasVectors: Bool { closeness != nil }

        /// Closeness, if it is of these statements.
        private func ofStatements(_ closeness: Closeness?) -> Closeness? {
            closeness.flatMap { $0.statements.count == statements.count ? $0 : nil }
        }

        /// Prefers the rows of which the question names a cell by its row and its column, and nothing else.
        fileprivate mutating func preferCells(namedBy asked: Set<String>) {
            namedCells = read.places(ofCellsNamedBy: asked)
            for place in namedCells { scores[place] += StatementChoice.worthOfNamedCell }
        }

        /// Prefers the rows of which the question has the name word for word, and the words of a column.
        fileprivate mutating func preferRows(namedBy words: AskedWords, and asked: Set<String>) {
            for place in read.rows.places(ofRowsNamedWordForWordBy: words, and: asked) {
                scores[place] += StatementChoice.worthOfNamedRow
            }
        }

        /// Prefers the rows with a person's name of which the question for a person names another cell.
        fileprivate mutating func preferPersons(besideCellsNamedBy asked: Set<String>) {
            for place in read.rows.places(ofPersonsBesideCellsNamedBy: asked) {
                scores[place] += StatementChoice.worthOfPerson
            }
        }

        /// Prefers rules to examples of them.
        fileprivate mutating func putOffExamples() {
            let isExample = Words.all(in: passage.headings.last ?? "").contains { LimitWords.examples.contains($0) }
            for (place, statement) in statements.enumerated() where isExample || statement.isExample {
                scores[place] -= StatementChoice.worthOfRule
            }
        }

        /// Scores the statements so low that are about something other than what the question names that none is quoted.
        fileprivate func leavingOut(by focus: QuestionFocus) -> Scored {
            let closest = closeness.flatMap { closeness in
                closeness.statements.indices.max {
                    closeness.statements[$0] + closeness.statementTokens[$0]
                        < closeness.statements[$1] + closeness.statementTokens[$1]
                }
            }
            var kept = self
            for place in focus.leftOut(of: read, closest: closest) { kept.scores[place] = -.infinity }
            return kept
        }
    }

    /// The passages to weigh: those that rank best, and those of the others that have the name of a row in the question.
    static func weighed(_ found: [Scored], _ rowNames: RowNames) -> [Scored] {
        let others = found.dropFirst(passages).filter { rowNames.contains($0.passage) }
        return Array(found.prefix(passages) + others.prefix(passagesByNames))
    }

    /// Observes the statements of the passages that are weighed: what their passage is worth, their closeness, and whether
    /// they are of the kind asked for.
    ///
    /// In a document a rule stands before its exceptions, so that of passages of one document the first counts most.
    static func observed(_ weighed: [Scored], for question: String) -> [Scored] {
        let kind = AnswerKind(of: question)
        let asksForEntitlement = kind.isQuantity && Question.asksForEntitlement(question)
        let cosines = Standard(weighed.flatMap { $0.ranked.closeness?.statements ?? [] })
        let tokens = Standard(weighed.flatMap { $0.ranked.closeness?.statementTokens ?? [] })
        let references = Standard(weighed.flatMap { $0.ranked.reference?.statements ?? [] })
        return weighed.map { passage in
            let earlier = Double(weighed.count { $0.passage.stands(before: passage.passage) })
            var observed = passage
            let (closeness, reference) = (passage.closeness, passage.reference)
            observed.observations = passage.statements.enumerated().map { place, statement in
                let isGiven = asksForEntitlement && statement.isEntitlement
                return [
                    passage.ranked.rank, -earlier, statement.fits(kind), isGiven ? 1 : 0,
                    closeness.map { cosines.score($0.statements[place]) } ?? 0,
                    closeness.map { tokens.score($0.statementTokens[place]) } ?? 0,
                    reference.map { references.score($0.statements[place]) } ?? 0,
                ]
            }
            return observed
        }
    }
}

extension ScoredPassage {
    /// Whether it stands before another passage of the same document.
    fileprivate func stands(before other: ScoredPassage) -> Bool { fileID == other.fileID && id < other.id }
}
