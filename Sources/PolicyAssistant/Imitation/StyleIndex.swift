#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Finds the pairs whose prompts are nearest to a question by their words, with the measure BM25.
struct StyleIndex {
    private let pairs: [StylePair]
    /// How often each word is in each prompt.
    private let counts: [[String: Int]]
    private let lengths: [Int]
    /// In how many prompts each word is.
    private let spread: [String: Int]

    /// The usual parameters of the measure: how soon repetitions stop to count, and how much long texts lose.
    private static let (saturation, lengthWeight) = (1.2, 0.75)

    init(_ pairs: [StylePair]) {
        self.pairs = pairs
        counts = pairs.map { pair in
            var counts: [String: Int] = [:]
            Words.forEach(in: pair.prompt) { word, _ in counts[String(decoding: word, as: UTF8.self), default: 0] += 1 }
            return counts
        }
        lengths = counts.map { $0.values.reduce(0, +) }
        spread = counts.reduce(into: [:]) { spread, counts in for word in counts.keys { spread[word, default: 0] += 1 }
        }
    }

    /// Returns the nearest pairs, the nearest first; where few have a word of the question, the newest besides.
    func nearest(to question: String, limit: Int) -> [StylePair] {
        let words = Words.of(question)
        let mean = max(Double(lengths.reduce(0, +)) / Double(max(lengths.count, 1)), 1)
        let scored = pairs.indices.map { index in
            (index: index, score: words.reduce(0) { $0 + score(of: $1, in: index, mean) })
        }
        // Of two that are equally near, the newer is more like the person today.
        return scored.sorted { ($0.score, $0.index) > ($1.score, $1.index) }.prefix(limit).map { pairs[$0.index] }
    }

    private func score(of word: String, in index: Int, _ meanLength: Double) -> Double {
        guard let count = counts[index][word].map(Double.init), let spread = spread[word].map(Double.init) else {
            return 0
        }
        let rarity = log(1 + (Double(pairs.count) - spread + 0.5) / (spread + 0.5))
        let length = 1 - Self.lengthWeight + Self.lengthWeight * Double(lengths[index]) / meanLength
        return rarity * count * (Self.saturation + 1) / (count + Self.saturation * length)
    }
}
