/// Chooses the two bounds of certainty: below the lower one a question is refused, below the upper one the answer is doubted.
enum CertaintyBounds {
    /// A question with the answer that it would get.
    struct Sample {
        var certainty: Double
        /// Whether the documents answer it.
        var isAnswerable: Bool
        /// Whether the answer holds the fact.
        var isRight: Bool
        /// How much the question counts.
        var weight = 1.0
    }

    /// What an answer costs, with 1 for the worst that can happen.
    ///
    /// A refusal of what the documents answer is as bad as a wrong answer that is given for sure; a word of doubt costs a
    /// quarter where it is needless, and half where it stands before a wrong answer.
    static func cost(isRefused: Bool, isUnsure: Bool, isAnswerable: Bool, isRight: Bool) -> Double {
        if isRefused { return isAnswerable ? 1 : 0 }
        if isUnsure { return isAnswerable && !isRight ? 0.5 : 0.25 }
        return isAnswerable && isRight ? 0 : 1
    }

    /// What the answer to a sample costs with some bounds.
    static func cost(of sample: Sample, least: Double, sure: Double) -> Double {
        cost(
            isRefused: sample.certainty < least,
            isUnsure: sample.certainty < sure,
            isAnswerable: sample.isAnswerable,
            isRight: sample.isRight
        )
    }

    /// The bounds, in hundredths, at which the samples cost least; of several the middle ones.
    static func fit(_ samples: [Sample]) -> (least: Double, sure: Double) {
        var best: [(least: Int, sure: Int)] = []
        var lowest = Double.infinity
        for least in 0...100 {
            for sure in least...100 {
                let total = samples.reduce(0) {
                    $0 + $1.weight * cost(of: $1, least: Double(least) / 100, sure: Double(sure) / 100)
                }
                if total < lowest - 1e-9 {
                    (best, lowest) = ([(least, sure)], total)
                } else if total < lowest + 1e-9 {
                    best.append((least, sure))
                }
            }
        }
        let middle = best[best.count / 2]
        return (Double(middle.least) / 100, Double(middle.sure) / 100)
    }
}
