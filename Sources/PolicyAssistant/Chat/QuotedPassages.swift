/// The passages of one document that searches found, by their lines, each read once.
struct QuotedPassages: Sendable {
    private var paragraphs: [Paragraph] = []
    private var texts: Set<Substring> = []
    /// The paragraphs that each word stands in, in order.
    private var places: [String: [Int]] = [:]
    /// The paragraph with the fewest words: the one to quote where none shares a word with a sentence.
    private var shortest: Int?
    /// How many of the wanted words each paragraph has, while one quote is looked for.
    private var matches: [Int] = []
    /// The paragraphs of each passage.
    private var passages: [Range<Int>] = []
    /// The passages that a quote was taken from.
    private var quoted: Set<Int> = []

    private struct Paragraph {
        let text: Substring
        let words: Int
        let passage: Int
    }

    /// The maximum number of paragraphs that are quoted from.
    private static let maximumParagraphs = 2_000

    /// Adds a passage.
    mutating func read(_ passage: String) {
        let start = paragraphs.count
        for line in passage.utf8.split(separator: UInt8(ascii: "\n")) where paragraphs.count < Self.maximumParagraphs {
            let text = Quote.withoutMarks(Substring(line))
            guard texts.insert(text).inserted else { continue }
            let words = Quote.words(of: text)
            guard !words.isEmpty else { continue }
            let place = paragraphs.count
            paragraphs.append(Paragraph(text: text, words: words.count, passage: passages.count))
            matches.append(0)
            for word in words { places[word, default: []].append(place) }
            if shortest.map({ words.count < paragraphs[$0].words }) ?? true { shortest = place }
        }
        if start < paragraphs.count { passages.append(start..<paragraphs.count) }
    }

    /// Returns the paragraph that shares most words with a sentence; empty where there are no passages.
    ///
    /// Of two paragraphs that share as many, the shorter is returned.
    mutating func quote(for sentence: String) -> String {
        guard let shortest else { return "" }
        return quote(for: sentence, among: paragraphs.indices, or: shortest)
    }

    /// Returns the paragraph that shares most words with a question in the best passage that is not quoted yet; nil where
    /// there is none.
    ///
    /// Upstream returns the passages in the order of relevance.
    mutating func furtherQuote(for question: String) -> String? {
        guard let passage = passages.indices.first(where: { !quoted.contains($0) }) else { return nil }
        return quote(for: question, among: passages[passage], or: passages[passage].lowerBound)
    }

    private mutating func quote(for sentence: String, among range: Range<Int>, or first: Int) -> String {
        let wanted = Quote.words(of: sentence)
        var best = first
        var matched: [Int] = []
        for word in wanted {
            for place in places[word] ?? [] where range.contains(place) {
                if matches[place] == 0 { matched.append(place) }
                matches[place] += 1
            }
        }
        var bestScore = score(of: best)
        for place in matched {
            let score = score(of: place)
            if score > bestScore || (score == bestScore && place < best) { (best, bestScore) = (place, score) }
        }
        for place in matched { matches[place] = 0 }
        quoted.insert(paragraphs[best].passage)
        return Quote.shortened(paragraphs[best].text, around: wanted)
    }

    private func score(of place: Int) -> Double {
        Double(matches[place]) - Double(paragraphs[place].words) / 1000
    }
}
