internal import DocumentText
private import Foundation

/// The statements of one passage that an answer quotes, chosen by their words.
struct Quotation: Sendable {
    /// Where they are from.
    let evidence: Evidence
    /// The statements, below the heading without which they may be misunderstood.
    let text: String
    /// The statement that the answer rests on.
    let bestStatement: String
    /// The confidence that this answers the question.
    let confidence: Double
    /// Whether the text may be about something other than what the question names.
    let isDoubtful: Bool

    /// Quotes the best statement of a passage, and what belongs to it.
    init(around best: Int, of evidence: Evidence, by focus: QuestionFocus) {
        self.evidence = evidence
        let read = evidence.read
        bestStatement = read.statements[best].text
        let excerpt = Excerpt(
            around: best,
            in: read.statements,
            worth: evidence.scores,
            maximumWords: Excerpt.maximumWords - (read.passage.headings.last?.wordCount ?? 0)
        )
        let quotation = excerpt.text(from: read.statements)
        text = focus.headed(quotation, of: excerpt, from: read)
        isDoubtful = excerpt.isSmallPartOfTable || focus.isDoubtful(quotation, from: read.passage)
        confidence = Confidence(evidence.observations(of: excerpt.places)).value
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
