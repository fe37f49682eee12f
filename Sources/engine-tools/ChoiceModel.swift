internal import Foundation

/// Fits weights by which the right ones of some candidates have the greatest weighted sums.
///
/// It is a conditional logit model: a candidate's probability is the exponential of its sum, as a share of those of all
/// candidates. The weights make the right candidates as probable as they can be; what they differ from one common weight
/// is penalised, so that few questions change little. Everything is deterministic.
struct ChoiceModel {
    /// Candidates, of which some are right.
    struct Choice {
        /// What is observed of each.
        var candidates: [[Double]]
        var isRight: [Bool]
        /// How much the choice counts.
        var weight = 1.0

        /// Whether anything can be learnt from it.
        var tells: Bool { isRight.contains(true) && isRight.contains(false) }
    }

    /// How much the squared difference from the common weight costs, in choices.
    var strength = 2.0
    /// How many observations, the last ones, have weights that are neither penalised nor kept from being negative.
    var free = 0

    /// Fits the weights.
    ///
    /// - Parameter choices: The choices; those that tell nothing are passed over.
    /// - Returns: A weight for each observation, 0 or more but for the free ones; nil where no choice tells anything.
    func fit(_ choices: [Choice]) -> [Double]? {
        let choices = choices.filter(\.tells)
        guard let width = choices.first?.candidates.first?.count else { return nil }
        let penalised = width - free
        // All penalised observations as one tell the common weight.
        let joined = choices.map { choice in
            var joined = choice
            joined.candidates = choice.candidates.map {
                [$0.prefix(penalised).reduce(0, +)] + $0.suffix(free)
            }
            return joined
        }
        let start = [0.1] + [Double](repeating: 0, count: free)
        let common = ascend(from: start, bounded: 1) { likelihood($0, of: joined) }
        let prior = [Double](repeating: common[0], count: penalised)
        return ascend(from: prior + common.suffix(free), bounded: penalised) { weights in
            var (value, gradient) = likelihood(weights, of: choices)
            for place in prior.indices {
                let difference = weights[place] - prior[place]
                value -= strength / 2 * difference * difference
                gradient[place] -= strength * difference
            }
            return (value, gradient)
        }
    }

    /// The logarithm of how probable the right candidates are, and its gradient.
    private func likelihood(_ weights: [Double], of choices: [Choice]) -> (value: Double, gradient: [Double]) {
        var value = 0.0
        var gradient = [Double](repeating: 0, count: weights.count)
        for choice in choices {
            let sums = choice.candidates.map { zip($0, weights).reduce(0) { $0 + $1.0 * $1.1 } }
            let greatest = sums.max() ?? 0
            let odds = sums.map { exp($0 - greatest) }
            let all = odds.reduce(0, +)
            let right = zip(odds, choice.isRight).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
            guard right > 0 else { continue }
            value += choice.weight * log(right / all)
            for (place, candidate) in choice.candidates.enumerated() {
                let surplus = (choice.isRight[place] ? odds[place] / right : 0) - odds[place] / all
                for (index, observation) in candidate.enumerated() {
                    gradient[index] += choice.weight * surplus * observation
                }
            }
        }
        return (value, gradient)
    }

    /// Climbs a function along its gradient, with steps that grow while it goes up and shrink where it does not.
    ///
    /// - Parameters:
    ///   - start: Where to begin.
    ///   - bounded: How many numbers, the first ones, are kept from being negative.
    ///   - function: The function's value and gradient.
    /// - Returns: Where the function is greatest, as far as steps lead.
    private func ascend(
        from start: [Double],
        bounded: Int,
        _ function: ([Double]) -> (value: Double, gradient: [Double])
    ) -> [Double] {
        var (place, step) = (start, 0.01)
        var (value, gradient) = function(place)
        for _ in 0..<2_000 {
            let next = zip(place, gradient).enumerated().map { index, pair in
                let moved = pair.0 + step * pair.1
                return index < bounded ? max(0, moved) : moved
            }
            let (nextValue, nextGradient) = function(next)
            guard nextValue > value else {
                step /= 2
                if step < 1e-12 { break }
                continue
            }
            let gain = nextValue - value
            (place, value, gradient) = (next, nextValue, nextGradient)
            step *= 1.5
            if gain < 1e-10 { break }
        }
        return place
    }
}
