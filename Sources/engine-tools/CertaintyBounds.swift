/// Fits the two bounds of certainty: below the lower one a question is refused, below the upper one the answer is
/// unsure.
enum CertaintyBounds {
    /// A question with its answer's certainty.
    struct Sample {
        var certainty: Double
        /// What is added to certainty where it is compared with the lower bound.
        var raise = 0.0
        /// What is added to certainty where it is compared with the upper bound.
        var sureness = 0.0
        /// Whether the documents have the answer.
        var isAnswerable: Bool
        /// Whether the answer has the fact.
        var isRight: Bool
        /// The question's weight.
        var weight = 1.0
    }

    /// The cost of an answer, from 0 to 1 for the worst case.
    ///
    /// The refusal of an answerable question costs as much as a wrong answer without doubt; doubt costs a quarter for a
    /// right answer, and half for a wrong one.
    static func cost(isRefused: Bool, isUnsure: Bool, isAnswerable: Bool, isRight: Bool) -> Double {
        if isRefused { return isAnswerable ? 1 : 0 }
        if isUnsure { return isAnswerable && !isRight ? 0.5 : 0.25 }
        return isAnswerable && isRight ? 0 : 1
    }

    /// The cost of a sample's answer with given bounds.
    static func cost(of sample: Sample, least: Double, sure: Double) -> Double {
        cost(
            isRefused: sample.certainty + sample.raise < least,
            isUnsure: sample.certainty + sample.sureness < sure,
            isAnswerable: sample.isAnswerable,
            isRight: sample.isRight
        )
    }

    /// The bounds, in hundredths, with the lowest cost; of several the middle ones.
    ///
    /// - Parameters:
    ///   - samples: The questions.
    ///   - lowers: The hundredths that the lower bound may have.
    /// - Returns: The bounds.
    static func fit(_ samples: [Sample], lowers: ClosedRange<Int> = 0...100) -> (least: Double, sure: Double) {
        var best: [(least: Int, sure: Int)] = []
        var lowest = Double.infinity
        for least in lowers {
            for sure in least...150 {
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
