/// The passages of one document that searches found, by their lines, each read once, when the first quote is looked for.
struct QuotedPassages: Sendable {
    /// The passages that are not read yet.
    private var unread: [String] = []
    private var paragraphs: [Paragraph] = []
    private var texts: Set<Substring> = []
    private var vocabulary = Vocabulary()
    /// The paragraphs that each word stands in, in order, by the word's number.
    private var places: [[Int]] = []
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
    mutating func add(_ passage: String) {
        unread.append(passage)
    }

    private mutating func readAll() {
        for passage in unread { read(passage) }
        unread = []
    }

    private mutating func read(_ passage: String) {
        let start = paragraphs.count
        // An array is searched several times as fast as a string.
        let bytes = Array(passage.utf8)
        var begin = 0
        while begin < bytes.count, paragraphs.count < Self.maximumParagraphs {
            let end = bytes[begin...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let first = passage.utf8.index(passage.startIndex, offsetBy: begin)
            let text = Quote.withoutMarks(passage[first..<passage.utf8.index(first, offsetBy: end - begin)])
            begin = end + 1
            guard texts.insert(text).inserted else { continue }
            let place = paragraphs.count
            let words = addPlaces(of: text, at: place)
            guard words > 0 else { continue }
            paragraphs.append(Paragraph(text: text, words: words, passage: passages.count))
            matches.append(0)
            if shortest.map({ words < paragraphs[$0].words }) ?? true { shortest = place }
        }
        if start < paragraphs.count { passages.append(start..<paragraphs.count) }
    }

    /// Adds a paragraph to the places of its words.
    ///
    /// - Returns: How many different words it has.
    private mutating func addPlaces(of text: Substring, at place: Int) -> Int {
        var words = 0
        Words.forEach(in: text) { word, isASCII in
            let number = vocabulary.number(of: word, isASCII: isASCII)
            if number == places.count { places.append([]) }
            guard places[number].last != place else { return }
            places[number].append(place)
            words += 1
        }
        return words
    }

    /// Returns the paragraph that shares most words with a sentence; empty where there are no passages.
    ///
    /// Of two paragraphs that share as many, the shorter is returned.
    mutating func quote(for sentence: String) -> String {
        readAll()
        guard let shortest else { return "" }
        return quote(for: sentence, among: paragraphs.indices, or: shortest)
    }

    /// Returns the paragraph that shares most words with a question in the best passage that is not quoted yet; nil where
    /// there is none.
    ///
    /// Upstream returns the passages in the order of relevance.
    mutating func furtherQuote(for question: String) -> String? {
        readAll()
        guard let passage = passages.indices.first(where: { !quoted.contains($0) }) else { return nil }
        return quote(for: question, among: passages[passage], or: passages[passage].lowerBound)
    }

    private mutating func quote(for sentence: String, among range: Range<Int>, or first: Int) -> String {
        let wanted = Words.of(sentence)
        var best = first
        var matched: [Int] = []
        for word in wanted {
            let utf8 = Array(word.utf8)[...]
            let number = vocabulary.number(of: utf8, isASCII: utf8.allSatisfy { $0 < 0x80 })
            if number == places.count { places.append([]) }
            for place in places[number] where range.contains(place) {
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
