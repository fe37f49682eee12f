private import Foundation

/// A passage with its closeness to a question.
struct RankedPassage: Sendable {
    /// The passage; its score never grows along a ranking.
    var passage: ScoredPassage
    /// How close it is; nil if its vectors are still to be made.
    let closeness: Closeness?
    /// Its place among the passages that have the question's words; nil if it was not found by them.
    var wordPlace: Int?
    /// How close it is by the multilingual model, if the question is compared by both models: a second opinion, and what
    /// passages in other languages are measured against.
    let reference: Closeness?
    /// The sum of its standardised observations, by which passages are ranked.
    private(set) var rank = 0.0
    /// How many passages the multilingual model ranks higher, if the question is compared by both models.
    private(set) var surpassed = 0

    init(_ passage: ScoredPassage, closeness: Closeness?, reference: Closeness? = nil) {
        self.passage = passage
        self.closeness = closeness
        self.reference = reference
    }

    /// The passages in the order of how close they are to the question.
    ///
    /// Each observation counts by how far it is above the mean of all candidates, in standard deviations, times a weight.
    /// The candidates' observations by one model are compared with each other only.
    ///
    /// - Parameters:
    ///   - candidates: The passages, in any order.
    ///   - language: The language of the question; nil if it is unknown.
    ///   - weights: What the observations count.
    /// - Returns: The passages, with scores that never grow from one to the next.
    static func ranked(
        _ candidates: [RankedPassage],
        for language: TextLanguage? = nil,
        by weights: MeaningWeights = .inForce
    ) -> [RankedPassage] {
        let scales = Scales(of: candidates)
        let seconds = candidates.map { $0.reference.map { scales.rank(of: $0, by: weights) } }
        var ranked = zip(candidates, seconds).map { candidate, second in
            var candidate = candidate
            candidate.passage.score = candidate.closeness?.certainty(by: weights) ?? 0
            candidate.rank = candidate.closeness.map { scales.rank(of: $0, by: weights) } ?? 0
            if let second {
                candidate.rank += weights.multilingualRank * second
                candidate.surpassed = seconds.count { $0.map { $0 > second } ?? false }
            }
            return candidate
        }
        if candidates.allSatisfy({ $0.reference == nil && $0.closeness?.model != .english }) {
            let support = supportByNeighbours(ranked)
            let standard = Standard(support)
            for place in ranked.indices { ranked[place].rank += weights.neighbours * standard.score(support[place]) }
        }
        sort(&ranked)
        if let language, weights.otherLanguage > 0 {
            for place in ranked.indices.prefix(compared) where ranked[place].isIn(otherThan: language) {
                ranked[place].rank -= weights.otherLanguage
            }
            sort(&ranked)
        }
        ranked = interleaved(ranked)
        var least = ranked.first?.closeness == nil ? 0 : 1.0
        for place in ranked.indices {
            if ranked[place].closeness != nil { least = min(least, ranked[place].passage.score) }
            ranked[place].passage.score = least
        }
        return ranked
    }

    /// The passages in order, each without vectors behind as many with vectors as it is behind others by the question's words.
    private static func interleaved(_ ranked: [RankedPassage]) -> [RankedPassage] {
        var unencoded = ranked.filter { $0.closeness == nil }.sorted {
            ($0.wordPlace ?? .max, $0.passage.id) < ($1.wordPlace ?? .max, $1.passage.id)
        }[...]
        guard !unencoded.isEmpty else { return ranked }
        var all: [RankedPassage] = []
        for passage in ranked where passage.closeness != nil {
            all.append(passage)
            if let next = unencoded.popFirst() { all.append(next) }
        }
        return all + unencoded
    }
}

extension RankedPassage {
    /// Of how many passages that rank best the language is compared with the question's.
    private static let compared = 12

    /// Sorts passages by their ranks, best first.
    private static func sort(_ passages: inout [RankedPassage]) {
        passages.sort { ($0.rank, $1.passage.id) > ($1.rank, $0.passage.id) }
    }

    /// Whether the passage is in a known language that is not a given one.
    private func isIn(otherThan language: TextLanguage) -> Bool {
        TextLanguage(of: passage.text, fewest: 3).map { $0 != language } ?? false
    }

    /// How many passages before and behind a passage are close to it.
    private static let reach: Int64 = 6

    /// How far the candidates that are close to each one in its document are above the lowest one, in sum.
    ///
    /// The passages of a document have consecutive numbers.
    private static func supportByNeighbours(_ candidates: [RankedPassage]) -> [Double] {
        let least = candidates.map(\.rank).min() ?? 0
        return candidates.map { candidate in
            candidates.reduce(0) { sum, other in
                let distance = abs(other.passage.id - candidate.passage.id)
                let isNeighbour = distance > 0 && distance <= reach && other.passage.fileID == candidate.passage.fileID
                return isNeighbour ? sum + other.rank - least : sum
            }
        }
    }

    /// How far the rank of a passage is above the mean of those of the best others; 0 without others.
    static func lead(of passage: Int64, among ranked: [RankedPassage]) -> Double {
        guard let rank = ranked.first(where: { $0.passage.id == passage })?.rank else { return 0 }
        let others = ranked.filter { $0.passage.id != passage }.prefix(others).map(\.rank)
        return others.isEmpty ? 0 : rank - others.reduce(0, +) / Double(others.count)
    }

    /// With how many others a passage's rank is compared.
    private static let others = 5
}

/// The observations of all candidates for a question, against which those of each are measured.
struct Scales {
    private let english: [Standard]
    private let multilingual: [Standard]

    init(of candidates: [RankedPassage]) {
        func scales(_ model: EncoderModel) -> [Standard] {
            let all = candidates.compactMap { candidate in
                [candidate.closeness, candidate.reference].compactMap(\.self).first { $0.model == model }?.observations
            }
            return (0..<Closeness.observed).map { place in Standard(all.map { $0[place] }) }
        }
        (english, multilingual) = (scales(.english), scales(.multilingual))
    }

    /// The observations of a candidate, in standard deviations above the mean of all candidates.
    func standing(of closeness: Closeness) -> [Double] {
        zip(closeness.model == .english ? english : multilingual, closeness.observations).map { $0.score($1) }
    }

    /// The sum of these observations, each times its weight.
    func rank(of closeness: Closeness, by weights: MeaningWeights) -> Double {
        let weights = closeness.model == .english ? weights.english : weights.multilingual
        return standing(of: closeness).weighed(by: weights.values)
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
