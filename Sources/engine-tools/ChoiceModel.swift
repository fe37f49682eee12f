internal import Foundation

/// Fits weights with which the right candidates have the greatest weighted sums.
///
/// It is a conditional logit model: a candidate's probability is the exponential of its sum, relative to those of all
/// candidates. The weights maximize the probability of the right candidates; differences from one common weight are
/// penalized, so that few questions change little. The fit is deterministic.
struct ChoiceModel {
    /// A choice of candidates, some of which are right.
    struct Choice {
        /// The observations of each candidate.
        var candidates: [[Double]]
        var isRight: [Bool]
        /// The choice's weight.
        var weight = 1.0

        /// Whether the choice is informative: it has right and wrong candidates.
        var tells: Bool { isRight.contains(true) && isRight.contains(false) }
    }

    /// The penalty of the squared difference from the common weight, in choices.
    var strength = 2.0
    /// The number of the last observations whose weights are neither penalized nor bounded.
    var free = 0

    /// Fits the weights.
    ///
    /// - Parameter choices: The choices; uninformative ones are ignored.
    /// - Returns: A weight for each observation, 0 or more except for the free ones; nil without an informative choice.
    func fit(_ choices: [Choice]) -> [Double]? {
        let choices = choices.filter(\.tells)
        guard let width = choices.first?.candidates.first?.count else { return nil }
        let penalised = width - free
        // The common weight is fitted to the sum of all penalized observations.
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

    /// The log-likelihood of the right candidates, and its gradient.
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

    /// Maximizes a function by gradient ascent, with steps that grow after success and shrink after failure.
    ///
    /// - Parameters:
    ///   - start: The start.
    ///   - bounded: The number of the first coordinates that are at least 0.
    ///   - function: The function's value and gradient.
    /// - Returns: The position of the maximum that the steps reach.
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
