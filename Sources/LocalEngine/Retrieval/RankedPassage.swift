private import Foundation

/// A passage with what tells how close it is to a question.
struct RankedPassage: Sendable {
    /// The passage; its score never grows along a ranking.
    var passage: ScoredPassage
    /// How close it is; nil if its vectors are still to be made.
    let closeness: Closeness?
    /// How close it is by the multilingual model, if ``closeness`` is by the other one: what passages in other languages are
    /// measured against.
    let reference: Closeness?
    /// The sum of its standardised observations, by which passages are ranked.
    private(set) var rank = 0.0

    init(_ passage: ScoredPassage, closeness: Closeness?, reference: Closeness? = nil) {
        self.passage = passage
        self.closeness = closeness
        self.reference = reference
        self.passage.score = closeness?.certainty ?? 0
    }

    /// The passages in the order of how close they are to the question.
    ///
    /// Each observation counts by how far it is above the mean of all candidates, in standard deviations, times a weight.
    /// The candidates' observations by one model are compared with each other only.
    static func ranked(_ candidates: [RankedPassage]) -> [RankedPassage] {
        var ranked = candidates
        for (model, weight, observation) in observations {
            let all = candidates.compactMap { candidate in
                [candidate.closeness, candidate.reference].compactMap(\.self).first { $0.model == model }
            }
            let scale = Standard(all.map(observation))
            for (place, candidate) in candidates.enumerated() {
                guard let closeness = candidate.closeness, closeness.model == model else { continue }
                ranked[place].rank += weight * scale.score(observation(closeness))
            }
        }
        ranked.sort { ($0.rank, $1.passage.id) > ($1.rank, $0.passage.id) }
        var least = 1.0
        for place in ranked.indices {
            least = min(least, ranked[place].passage.score)
            ranked[place].passage.score = least
        }
        return ranked
    }

    private static let observations: [(Model, weight: Double, of: @Sendable (Closeness) -> Double)] = [
        (.english, 0.5, { $0.passage }), (.english, 0.6, { $0.bestStatement }), (.english, 1.4, { $0.tokens }),
        (.english, 0.6, { $0.tellingTokens }), (.multilingual, 0.7, { $0.passage }),
        (.multilingual, 0.9, { $0.bestStatement }), (.multilingual, 1.5, { $0.tokens }),
    ]
}

/// The mean and the spread of some values.
struct Standard {
    private let mean: Double
    private let deviation: Double

    init(_ values: [Double]) {
        let count = Double(max(values.count, 1))
        let mean = values.reduce(0, +) / count
        self.mean = mean
        deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    }

    /// Returns how many standard deviations a value is above the mean; 0 where all values are equal.
    func score(_ value: Double) -> Double {
        deviation > 1e-9 ? (value - mean) / deviation : 0
    }
}
