/// The passages of one document that searches found, by their lines, each read once.
struct QuotedPassages: Sendable {
    private var paragraphs: [Paragraph] = []
    private var texts: Set<Substring> = []
    /// The paragraphs that each word stands in, in order.
    private var places: [String: [Int]] = [:]
    /// The paragraph with the fewest words: the one to quote where none shares a word with a sentence.
    private var shortest: Int?
    /// How often each paragraph was met while one quote is looked for.
    private var hits: [Int] = []

    private struct Paragraph {
        let text: Substring
        let words: Int
    }

    /// The most paragraphs that are quoted from.
    private static let mostParagraphs = 2_000

    /// Takes a passage.
    mutating func read(_ passage: String) {
        for line in passage.utf8.split(separator: UInt8(ascii: "\n")) where paragraphs.count < Self.mostParagraphs {
            let text = Substring(line)
            guard texts.insert(text).inserted else { continue }
            let words = Quote.words(of: text)
            guard !words.isEmpty else { continue }
            let place = paragraphs.count
            paragraphs.append(Paragraph(text: text, words: words.count))
            hits.append(0)
            for word in words { places[word, default: []].append(place) }
            if shortest.map({ words.count < paragraphs[$0].words }) ?? true { shortest = place }
        }
    }

    /// Returns the paragraph that shares most words with a sentence; empty where there are no passages.
    ///
    /// Of two paragraphs that share as much, the shorter is more to the point.
    mutating func quote(for sentence: String) -> String {
        let wanted = Quote.words(of: sentence)
        guard var best = shortest else { return "" }
        var met: [Int] = []
        for word in wanted {
            for place in places[word] ?? [] {
                if hits[place] == 0 { met.append(place) }
                hits[place] += 1
            }
        }
        var bestScore = score(of: best)
        for place in met {
            let score = score(of: place)
            if score > bestScore || (score == bestScore && place < best) { (best, bestScore) = (place, score) }
        }
        for place in met { hits[place] = 0 }
        return Quote.shortened(paragraphs[best].text, around: wanted)
    }

    private func score(of place: Int) -> Double {
        Double(hits[place]) - Double(paragraphs[place].words) / 1000
    }
}
