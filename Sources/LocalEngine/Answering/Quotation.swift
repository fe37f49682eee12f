internal import DocumentText
private import Foundation

/// The statements of one passage that an answer quotes.
struct Quotation: Sendable {
    /// Where they are from.
    let evidence: Evidence
    /// Their indices in the passage, in order.
    let places: [Int]

    /// The maximum number of words that an answer has.
    static let maximumWords = 79
    /// The maximum number of statements that are quoted, apart from the items of a list.
    private static let maximumStatements = 3
    /// The maximum number of items of a list that are quoted.
    private static let maximumItems = 6
    /// What a further statement must add to what the first covers of the question.
    private static let leastGain = 0.15
    /// What a neighbour of the best statement must be worth beside it.
    private static let goodNeighbour = 0.5
    /// How much better a neighbour fits the kind of answer that is quoted for it.
    private static let betterFit = 0.3
    /// With this share of the question covered, no more statements are quoted.
    private static let enough = 0.85

    /// Chooses what to quote around the best statement of a passage.
    init(around best: Int, of evidence: Evidence, for question: Question) {
        self.evidence = evidence
        let statements = evidence.statements
        var chosen: Set<Int> = [best]
        func add(_ place: Int) {
            let words = chosen.reduce(statements[place].wordCount) { $0 + statements[$1].wordCount }
            if words <= Self.maximumWords { chosen.insert(place) }
        }
        if let lead = Self.lead(of: best, in: statements) { add(lead) }
        if statements[best].leansBack, !statements[best].beginsLine { add(best - 1) }
        if statements[best].leadsIn {
            for place in Self.items(after: best, in: statements).prefix(Self.maximumItems) { add(place) }
        }
        let fit = chosen.map { evidence.fits[$0] }.max() ?? 0
        if let fitting = Self.neighbours(of: best, of: evidence).first(where: {
            evidence.fits[$0] >= fit + Self.betterFit
        }) {
            add(fitting)
        }
        for place in Self.supplements(to: best, of: evidence)
        where chosen.count < Self.maximumStatements && evidence.coverage(of: chosen) < Self.enough {
            add(place)
        }
        places = chosen.sorted()
    }

    /// The indices of the statements that could complete the best one, the most useful first.
    ///
    /// Statements that cover more of the question come before statements that are only adjacent to the best one.
    private static func supplements(to best: Int, of evidence: Evidence) -> [Int] {
        let statements = evidence.statements
        let neighbours = neighbours(of: best, of: evidence)
        let others = statements.indices.filter { place in
            place != best && !statements[place].leadsIn && evidence.scores[place] > -.infinity
                && evidence.gain(of: place, over: [best]) >= leastGain
        }
        return others.sorted { evidence.scores[$0] > evidence.scores[$1] }
            + neighbours.filter { evidence.scores[$0] >= evidence.scores[best] * goodNeighbour }
    }

    /// The neighbours of a statement that may be quoted, the one after it first.
    private static func neighbours(of place: Int, of evidence: Evidence) -> [Int] {
        let statements = evidence.statements
        return [place + 1, place - 1].filter {
            statements.indices.contains($0) && !statements[$0].leadsIn && evidence.scores[$0] > -.infinity
        }
    }

    /// The quotation as text: sentences follow each other, each list item is on a line of its own.
    var text: String {
        let isList = places.count { evidence.statements[$0].isListItem } > 0 && places.count > 1
        var text = ""
        for place in places {
            let statement = evidence.statements[place]
            let isItem = isList && statement.isListItem && (statement.beginsLine || !places.contains(place - 1))
            if !text.isEmpty { text += isItem ? "\n" : " " }
            text += isItem ? "- " + statement.text : statement.text
        }
        return Self.shortened(text)
    }

    /// The confidence that this answers the question.
    var confidence: Double { Confidence(evidence.observations(of: places)).value }

    /// The statement that leads into the list that a list item is in.
    private static func lead(of place: Int, in statements: [Statement]) -> Int? {
        guard statements[place].isListItem else { return nil }
        let lead = statements[..<place].lastIndex { !$0.isListItem }
        return lead.flatMap { statements[$0].leadsIn ? $0 : nil }
    }

    private static func items(after place: Int, in statements: [Statement]) -> [Int] {
        statements.indices[(place + 1)...].prefix { statements[$0].isListItem }.map { $0 }
    }

    /// A single statement that is too long ends early, and shows that it does.
    private static func shortened(_ text: String) -> String {
        guard text.wordCount > maximumWords else { return text }
        return text.split(separator: " ").prefix(maximumWords - 1).joined(separator: " ") + " …"
    }
}

/// The confidence that a quotation answers its question.
///
/// A logistic model of a few observations, fitted to questions with known answers and to questions without any.
struct Confidence: Sendable {
    /// The observations of a quotation, each 0…1 but ``statedWords``.
    struct Observations: Sendable, Hashable {
        /// How much of the question is in the quotation, by the weight of its words.
        var stated: Double
        /// How much of the question is anywhere in the passage, the headings above it or the file's name.
        var present: Double
        /// How certain it is that the most distinctive word is present.
        var foremost: Double
        /// How many words of the question are in the quotation, as a share of three, or of all if they are fewer.
        var statedWords: Double
        /// Whether all essential terms are present.
        var isComplete: Bool
        /// How many pairs of neighbouring words are close together in the quotation, too.
        var phrases: Double
        /// How well the quotation is of the kind that is asked for.
        var fit: Double
        /// How well the search found the passage to meet the question.
        var rank: Double
    }

    /// The probability that a quotation answers: 0…1.
    let value: Double

    /// Computes the confidence of a quotation.
    init(_ seen: Observations) {
        let sum =
            -6.9 + 1.6 * seen.stated + 1.4 * seen.present + 1.2 * seen.foremost + 4.8 * seen.statedWords + 0.7
            * seen.phrases
            + 1.7 * seen.fit + 1.9 * seen.rank - (seen.isComplete ? 0 : 3.2)
        value = 1 / (1 + exp(-sum))
    }
}
