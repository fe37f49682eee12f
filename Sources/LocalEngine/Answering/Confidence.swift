private import Foundation

/// How sure it is that a quotation answers its question.
///
/// A logistic model of a few observations, fitted to questions with known answers and to questions without any.
struct Confidence: Sendable {
    /// What is observed of a quotation, each 0…1 but ``statedWords``.
    struct Observations: Sendable, Hashable {
        /// How much of the question is in the quotation, by the weight of its words.
        var stated: Double
        /// How much of the question is anywhere in the passage, the headings above it or the file's name.
        var present: Double
        /// How surely the word that tells most is present.
        var foremost: Double
        /// How many words of the question are in the quotation, as a share of three, or of all if they are fewer.
        var statedWords: Double
        /// Whether all that an answer can hardly leave out is present.
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

    /// Judges a quotation.
    init(_ seen: Observations) {
        let sum =
            -6.9 + 1.6 * seen.stated + 1.4 * seen.present + 1.2 * seen.foremost + 4.8 * seen.statedWords + 0.7
            * seen.phrases
            + 1.7 * seen.fit + 1.9 * seen.rank - (seen.isComplete ? 0 : 3.2)
        value = 1 / (1 + exp(-sum))
    }
}
