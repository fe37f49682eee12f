private import Foundation

/// A passage with what tells how close it is to a question.
struct RankedPassage: Sendable {
    /// The passage; its score never grows along a ranking.
    var passage: ScoredPassage
    /// How close it is; nil if its vectors are still to be made.
    let closeness: Closeness?
    /// The sum of its standardised observations, by which passages are ranked.
    private(set) var rank = 0.0

    init(_ passage: ScoredPassage, closeness: Closeness?) {
        self.passage = passage
        self.closeness = closeness
        self.passage.score = closeness?.certainty ?? 0
    }

    /// The passages in the order of how close they are to the question.
    ///
    /// Each observation counts by how far it is above the mean of all candidates, in standard deviations, times a weight.
    static func ranked(_ candidates: [RankedPassage]) -> [RankedPassage] {
        let observations: [(weight: Double, of: (Closeness) -> Double)] = [
            (0.5, \.passage), (0.6, \.bestStatement), (1.4, \.tokens), (0.6, \.tellingTokens),
        ]
        var ranked = candidates
        for observation in observations {
            let values = candidates.map { $0.closeness.map(observation.of) }
            let scale = Standard(values.compactMap(\.self))
            for (place, value) in values.enumerated() {
                ranked[place].rank += value.map { observation.weight * scale.score($0) } ?? 0
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
