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

    /// The maximum number of words of an answer.
    private static let maximumWords = 80
    /// The maximum number of statements that are quoted from the best passage, apart from the items of a list.
    private static let maximumStatements = 4
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
            return scored.leavingOut(by: focus)
        }
        guard let chosen = weighed.max(by: { $0.bestScore < $1.bestScore }), let place = chosen.best else { return nil }
        self.weighed = weighed
        passage = chosen.passage
        bestStatement = chosen.statements[place].text
        let quotation = Self.text(of: Self.places(around: place, of: chosen), in: chosen.statements)
        let heading = focus.heading(of: quotation, from: passage).map { $0 + ":\n" } ?? ""
        text = (heading + quotation).wordCount <= Self.maximumWords ? heading + quotation : quotation
        namesCell = chosen.namedCells.contains(place)
        certainty = chosen.ranked.closeness?.certainty(by: weights) ?? 0
        isDoubtful = focus.isDoubtful(quotation, from: passage)
        surpassed = chosen.ranked.surpassed
        isMultilingual = chosen.ranked.closeness?.model == .multilingual
        fit = focus.fit(of: quotation)
        lead = RankedPassage.lead(of: passage.id, among: found)
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

    /// The places to quote: the best statement, what it needs to be understood, and the next best ones.
    private static func places(around best: Int, of passage: Scored) -> [Int] {
        let statements = passage.statements
        var chosen: Set<Int> = [best]
        func add(_ place: Int) {
            let words = chosen.reduce(statements[place].wordCount) { $0 + statements[$1].wordCount }
            if words <= maximumWords { chosen.insert(place) }
        }
        /// The place of what a statement needs to be understood; nil if it can stand alone.
        func context(of place: Int) -> Int? {
            if statements[place].isListItem, let lead = statements[..<place].lastIndex(where: { !$0.isListItem }),
                statements[lead].leadsIn
            {
                return lead
            }
            return statements[place].leansBack && place > 0 ? place - 1 : nil
        }
        if let context = context(of: best) { add(context) }
        if statements[best].leadsIn {
            for place in statements.indices[(best + 1)...].prefix(while: { statements[$0].isListItem }) { add(place) }
        }
        let others = statements.indices.filter {
            !chosen.contains($0) && !statements[$0].leadsIn && passage.scores[$0] > -.infinity
        }
        for place in others.sorted(by: { passage.scores[$0] > passage.scores[$1] })
        where chosen.count < maximumStatements {
            guard let context = context(of: place), !chosen.contains(context) else {
                add(place)
                continue
            }
            guard passage.scores[context] > -.infinity else { continue }
            let words = chosen.union([context, place]).reduce(0) { $0 + statements[$1].wordCount }
            if words <= maximumWords { chosen.formUnion([context, place]) }
        }
        return chosen.sorted()
    }

    /// Statements as text: sentences follow each other, each list item and each row of a table is on a line of its own.
    private static func text(of places: [Int], in statements: [Statement]) -> String {
        let isList = places.count > 1 && places.contains { statements[$0].isListItem }
        var text = ""
        var followsRow = false
        for place in places {
            let statement = statements[place]
            let isItem = isList && statement.isListItem && (statement.beginsLine || !places.contains(place - 1))
            let isOpen = text.last.map { !".!?:…".contains($0) } ?? false
            let followsOn = !statement.beginsLine && places.contains(place - 1)
            let beginsLine = isItem || statement.isRow || followsRow || isOpen && !followsOn
            if !text.isEmpty { text += beginsLine ? "\n" : " " }
            text += isItem ? "- " + statement.text : statement.text
            followsRow = statement.isRow
        }
        guard text.wordCount > maximumWords else { return text }
        return text.split(separator: " ").prefix(maximumWords - 1).joined(separator: " ") + " …"
    }
}

extension ScoredPassage {
    /// Whether it stands before another passage of the same document.
    fileprivate func stands(before other: ScoredPassage) -> Bool { fileID == other.fileID && id < other.id }
}
