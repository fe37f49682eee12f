private import Foundation

/// A passage with its closeness to a question.
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
    }

    /// The passages in the order of how close they are to the question.
    ///
    /// Each observation counts by how far it is above the mean of all candidates, in standard deviations, times a weight.
    /// The candidates' observations by one model are compared with each other only.
    static func ranked(
        _ candidates: [RankedPassage],
        by weights: MeaningWeights = .inForce
    ) -> [RankedPassage] {
        var ranked = zip(candidates, standings(of: candidates)).map { candidate, standing in
            var candidate = candidate
            candidate.passage.score = candidate.closeness?.certainty(by: weights) ?? 0
            switch candidate.closeness?.model {
            case .english: candidate.rank = standing.weighed(by: weights.english.values)
            case .multilingual: candidate.rank = standing.weighed(by: weights.multilingual.values)
            case nil: candidate.rank = 0
            }
            return candidate
        }
        ranked.sort { ($0.rank, $1.passage.id) > ($1.rank, $0.passage.id) }
        var least = 1.0
        for place in ranked.indices {
            least = min(least, ranked[place].passage.score)
            ranked[place].passage.score = least
        }
        return ranked
    }

    /// The observations of each candidate, in standard deviations above the mean of all candidates; none without vectors.
    static func standings(of candidates: [RankedPassage]) -> [[Double]] {
        func scales(_ model: EncoderModel) -> [Standard] {
            let all = candidates.compactMap { candidate in
                [candidate.closeness, candidate.reference].compactMap(\.self).first { $0.model == model }?.observations
            }
            return (0..<Closeness.observed).map { place in Standard(all.map { $0[place] }) }
        }
        let (english, multilingual) = (scales(.english), scales(.multilingual))
        return candidates.map { candidate in
            guard let closeness = candidate.closeness else { return [] }
            let scales = closeness.model == .english ? english : multilingual
            return zip(scales, closeness.observations).map { $0.score($1) }
        }
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
