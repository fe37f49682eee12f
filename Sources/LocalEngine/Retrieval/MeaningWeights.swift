/// The weights for finding passages by their meaning: all numbers that can be fitted to questions.
///
/// `scripts/fit-answers` fits them to sets of documents and questions; docs/EVALUATION.md describes the sets and the
/// results.
package struct MeaningWeights: Sendable, Hashable {
    /// What each observation of a passage counts for its rank, in standard deviations above the mean of all candidates.
    package struct Passage: Sendable, Hashable {
        /// The cosine of the whole passage.
        package var passage: Double
        /// The cosine of its best statement.
        package var bestStatement: Double
        /// The mean over the question's tokens of the best cosine of each.
        package var tokens: Double
        /// The same over those tokens that tell what the question is about.
        package var tellingTokens: Double
    }

    /// What each observation of a statement counts, among the statements of the passages that rank best.
    package struct Statement: Sendable, Hashable {
        /// The rank of its passage.
        package var rank: Double
        /// Each passage of the same document that is weighed and stands before its own; counts against it.
        package var earlier: Double
        /// How well it is of the kind that is asked for, 0…1.
        package var kind: Double
        /// Whether it describes an entitlement, if the question asks for one.
        package var entitlement: Double
        /// Its cosine, in standard deviations.
        package var cosine: Double
        /// The mean over the question's tokens of the best cosine within it, in standard deviations.
        package var tokens: Double
        /// Its cosine by the multilingual model, where both models are used, in standard deviations.
        package var multilingualCosine: Double
    }

    /// How the cosines of a passage become the certainty that it answers: their weighted sum, plus an offset.
    package struct Certainty: Sendable, Hashable {
        /// What the cosine of the best statement counts.
        package var bestStatement: Double
        /// What the mean over the question's tokens counts.
        package var tokens: Double
        /// What the mean over its telling tokens counts.
        package var tellingTokens: Double
        /// What is added.
        package var offset: Double
    }

    /// What raises and lowers certainty, where it decides whether an answer contains doubt.
    package struct Sureness: Sendable, Hashable {
        /// How far the rank of the answer's passage is above those of the next best.
        package var lead: Double
        /// How well the answer is of the kind that is asked for, from -0.5 to 0.5; 0 if no kind is.
        package var kind: Double
        /// The logarithm of one more than the passages that the multilingual model ranks higher, where both models are
        /// used; counts against it.
        package var surpassed: Double
        /// Whether the multilingual model alone is used; counts against it.
        package var multilingual: Double
    }

    /// For ranks by the English model.
    package var english: Passage
    /// For ranks by the multilingual model, to which all tokens tell something.
    package var multilingual: Passage
    /// What the rank by the multilingual model counts, besides the other one, where both models are used.
    package var multilingualRank: Double
    /// What it counts for a passage, where the multilingual model alone is used, that passages close to it rank high.
    package var neighbours: Double
    /// For the choice of what is quoted.
    package var statement: Statement
    /// For certainty by the English model.
    package var englishCertainty: Certainty
    /// For certainty by the multilingual model, whose cosines are lower, on the same scale.
    package var multilingualCertainty: Certainty
    /// The least certainty, raised by ``Sureness/raise(of:)``, with which something is quoted.
    package var leastCertainty: Double
    /// The least certainty, raised and lowered by ``sureness``, with which the answer contains no doubt.
    package var sureCertainty: Double
    /// What raises and lowers certainty, where it decides whether an answer contains doubt.
    package var sureness: Sureness
    /// A lead that is greater than this one counts no more.
    package var greatestLead: Double
    /// What it counts against the rank of a passage that it is in another language than the question.
    package var otherLanguage: Double

    /// The weights that the engine uses.
    package static let inForce = MeaningWeights(
        english: Passage(passage: 0.5, bestStatement: 0.6, tokens: 1.4, tellingTokens: 0.6),
        multilingual: Passage(passage: 0.95, bestStatement: 1.2, tokens: 0.95, tellingTokens: 0),
        multilingualRank: 0.37,
        neighbours: 0.35,
        statement: Statement(
            rank: 0.8,
            earlier: 0.5,
            kind: 1.3,
            entitlement: 0.8,
            cosine: 0.8,
            tokens: 1.3,
            multilingualCosine: 0.8
        ),
        englishCertainty: Certainty(bestStatement: 1.0 / 3, tokens: 1.0 / 3, tellingTokens: 1.0 / 3, offset: 0),
        multilingualCertainty: Certainty(bestStatement: 0.8635, tokens: 0.8635, tellingTokens: 0, offset: -0.082),
        leastCertainty: 0.34,
        sureCertainty: 0.62,
        sureness: Sureness(lead: 0.033, kind: 0.1, surpassed: 0.02, multilingual: 0.08),
        greatestLead: 6,
        otherLanguage: 2
    )
}

extension MeaningWeights.Passage {
    /// The weights in the order of ``Closeness/observations``.
    package var values: [Double] { [passage, bestStatement, tokens, tellingTokens] }

    /// Creates weights in the order of ``values``.
    package init(_ values: [Double]) {
        self.init(passage: values[0], bestStatement: values[1], tokens: values[2], tellingTokens: values[3])
    }
}

extension MeaningWeights.Statement {
    /// The weights in the order in which a statement is observed.
    package var values: [Double] { [rank, earlier, kind, entitlement, cosine, tokens, multilingualCosine] }

    /// Creates weights in the order of ``values``.
    package init(_ values: [Double]) {
        self.init(
            rank: values[0],
            earlier: values[1],
            kind: values[2],
            entitlement: values[3],
            cosine: values[4],
            tokens: values[5],
            multilingualCosine: values[6]
        )
    }
}

extension MeaningWeights.Certainty {
    /// The weights without the offset, in the order in which a passage is observed.
    package var values: [Double] { [bestStatement, tokens, tellingTokens] }

    /// Creates weights in the order of ``values``.
    package init(_ values: [Double], offset: Double) {
        self.init(bestStatement: values[0], tokens: values[1], tellingTokens: values[2], offset: offset)
    }
}

extension MeaningWeights.Sureness {
    /// The weights in the order in which an answer is observed.
    package var values: [Double] { [lead, kind, surpassed, multilingual] }

    /// Creates weights in the order of ``values``.
    package init(_ values: [Double]) {
        self.init(lead: values[0], kind: values[1], surpassed: values[2], multilingual: values[3])
    }

    /// What is added to certainty, by the observations of an answer, where it decides whether anything is quoted: a text of
    /// the kind that is asked for is quoted with less certainty.
    func raise(of observations: [Double]) -> Double { observations.isEmpty ? 0 : kind * max(0, observations[1]) }
}

extension [Double] {
    /// The sum of these observations, each times its weight.
    func weighed(by weights: [Double]) -> Double {
        zip(self, weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
