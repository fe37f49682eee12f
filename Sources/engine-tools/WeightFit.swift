internal import Evaluation
internal import LocalEngine

/// Fits the engine's weights to the first halves of sets of questions, with equal weight for each set.
struct WeightFit {
    /// The parts of the weights, which are fitted in this order, each with the earlier ones.
    enum Part: CaseIterable {
        case passages, statements, certainty, sureness
    }

    let sets: [FittingSet]
    /// The minimum number of choices for a fit.
    var fewest = 12
    /// Cosines are in tenths, so that their weights have the magnitude of the others'.
    private static let tenths = 10.0

    /// The weights in force, with fitted parts.
    func weights(_ parts: [Part]) -> MeaningWeights {
        var weights = MeaningWeights.inForce
        if parts.contains(.passages) { fitPassages(&weights) }
        if parts.contains(.statements) { fitStatements(&weights) }
        if parts.contains(.certainty) { fitCertainty(&weights) }
        if parts.contains(.sureness) { fitSureness(&weights) }
        return weights
    }

    private func fitPassages(_ weights: inout MeaningWeights) {
        let observed = items.map { item in
            let candidates = item.of.observed.passages(by: weights)
            return (item, candidates, item.of.isRight(candidates))
        }
        // The candidates of each model compete with each other.
        func choices(_ isMultilingual: Bool, _ width: Int) -> [ChoiceModel.Choice] {
            observed.map { item, candidates, isRight in
                let own = candidates.indices.filter { candidates[$0].isMultilingual == isMultilingual }
                return ChoiceModel.Choice(
                    candidates: own.map { Array(candidates[$0].observations.prefix(width)) },
                    isRight: own.map { isRight[$0] },
                    weight: item.weight
                )
            }
        }
        if let english = fitted(choices(false, 5), like: weights.english.values) {
            weights.english = MeaningWeights.Passage(Array(english.prefix(4)))
            weights.multilingualRank = english[4]
        }
        if let multilingual = fitted(choices(true, 3), like: Array(weights.multilingual.values.prefix(3))) {
            weights.multilingual = MeaningWeights.Passage(multilingual + [0])
        }
    }

    private func fitStatements(_ weights: inout MeaningWeights) {
        let choices = items.map { item in
            let candidates = item.of.observed.statements(by: weights)
            return ChoiceModel.Choice(
                candidates: candidates.map(\.observations),
                isRight: item.of.isRight(candidates),
                weight: item.weight
            )
        }
        if let values = fitted(choices, like: weights.statement.values) {
            weights.statement = MeaningWeights.Statement(values)
        }
    }

    /// The weights for choices, of which as many as are in force are scaled to their sum; nil for too few choices.
    private func fitted(_ choices: [ChoiceModel.Choice], like inForce: [Double]) -> [Double]? {
        let telling = choices.filter(\.tells)
        guard telling.count >= fewest, let values = ChoiceModel().fit(telling) else { return nil }
        let scale = inForce.reduce(0, +) / max(values.prefix(inForce.count).reduce(0, +), 1e-9)
        return values.map { ($0 * scale).rounded(to: 100) }
    }

    private func fitCertainty(_ weights: inout MeaningWeights) {
        let quoted = quoted(by: weights)
        /// The weights of the cosines and the offset of a logistic model of right answers.
        func logistic(_ isMultilingual: Bool, _ width: Int) -> (weights: [Double], offset: Double)? {
            let choices = quoted.filter { $0.1.isMultilingual == isMultilingual }.map { item, candidate, isRight in
                ChoiceModel.Choice(
                    candidates: [
                        candidate.observations.prefix(width).map { $0 * Self.tenths } + [1],
                        [Double](repeating: 0, count: width + 1),
                    ],
                    isRight: [isRight, !isRight],
                    weight: item.weight
                )
            }
            guard choices.count >= fewest, let values = ChoiceModel(free: 1).fit(choices) else { return nil }
            let weights = values.prefix(width).map { $0 * Self.tenths }
            return weights.reduce(0, +) > 0 ? (weights, values[width]) : nil
        }
        guard let english = logistic(false, 3) else { return }
        let slope = english.weights.reduce(0, +)
        weights.englishCertainty = MeaningWeights.Certainty(
            english.weights.map { ($0 / slope).rounded(to: 1_000) },
            offset: 0
        )
        // Equal odds are equal certainties.
        if let multilingual = logistic(true, 2) {
            weights.multilingualCertainty = MeaningWeights.Certainty(
                multilingual.weights.map { ($0 / slope).rounded(to: 1_000) } + [0],
                offset: ((multilingual.offset - english.offset) / slope).rounded(to: 1_000)
            )
        }
        (weights.leastCertainty, weights.sureCertainty) = CertaintyBounds.fit(samples(of: quoted, by: weights))
    }

    /// Fits what raises and lowers certainty by a logistic model of right answers, and then the upper bound.
    private func fitSureness(_ weights: inout MeaningWeights) {
        let quoted = quoted(by: weights)
        let scales = Self.surenessScales
        let choices = quoted.map { item, candidate, isRight in
            let observed = [candidate.certainty(by: weights)] + candidate.sureness
            return ChoiceModel.Choice(
                candidates: [
                    zip(observed, scales).map { $0 * $1 } + [1], [Double](repeating: 0, count: scales.count + 1),
                ],
                isRight: [isRight, !isRight],
                weight: item.weight
            )
        }
        guard choices.count >= fewest, let values = ChoiceModel(free: 1).fit(choices), values[0] > 0 else { return }
        let unit = values[0] * scales[0]
        weights.sureness = MeaningWeights.Sureness(
            zip(values, scales).dropFirst().map { ($0 * $1 / unit).rounded(to: 1_000) }
        )
        let least = Int((weights.leastCertainty * 100).rounded())
        weights.sureCertainty = CertaintyBounds.fit(samples(of: quoted, by: weights), lowers: least...least).sure
    }

    /// Certainty in tenths, and its other observations with about the same spread.
    private static let surenessScales = [tenths, 0.5, 2, 1, 2]

    /// A question with what is quoted to answer it, and whether that has the fact.
    private typealias Quoted = (
        item: (of: FittingSet.Item, weight: Double), candidate: ObservedQuestion.Candidate, isRight: Bool
    )

    private func quoted(by weights: MeaningWeights) -> [Quoted] {
        items.compactMap { item in
            item.of.observed.quoted(by: weights).map { (item, $0, isAnswerRight(item.of, weights)) }
        }
    }

    private func samples(of quoted: [Quoted], by weights: MeaningWeights) -> [CertaintyBounds.Sample] {
        quoted.map { item, candidate, isRight in
            CertaintyBounds.Sample(
                certainty: candidate.certainty(by: weights),
                raise: candidate.raise(by: weights),
                sureness: zip(candidate.sureness, weights.sureness.values).reduce(0) { $0 + $1.0 * $1.1 },
                isAnswerable: item.of.question.expectation == .answer,
                isRight: isRight,
                weight: item.weight
            )
        }
    }

    /// Whether the answer, at any certainty, has the fact.
    private func isAnswerRight(_ item: FittingSet.Item, _ weights: MeaningWeights) -> Bool {
        var weights = weights
        weights.leastCertainty = 0
        return item.answered(by: weights).isFactHeld ?? false
    }

    /// The questions to fit to, with their weights: the sum is the same for each set.
    private var items: [(of: FittingSet.Item, weight: Double)] {
        let mean = Double(sets.reduce(0) { $0 + $1.first.count }) / Double(max(sets.count, 1))
        return sets.flatMap { set in set.first.map { ($0, mean / Double(set.first.count)) } }
    }
}

extension Double {
    /// The number rounded to a fraction, such as hundredths for 100.
    func rounded(to parts: Double) -> Double { (self * parts).rounded() / parts }
}
