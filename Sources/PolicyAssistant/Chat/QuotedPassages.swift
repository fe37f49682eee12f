/// The passages of one document that searches found, by their lines, each read once, when the first quote is looked for.
struct QuotedPassages: Sendable {
    /// The passages that are not read yet.
    private var unread: [String] = []
    private var paragraphs: [Paragraph] = []
    /// The different words of each paragraph, one paragraph after the other, as hashes; see ``WordSet``.
    private var words: [UInt64] = []
    /// The paragraph with the fewest words: the one to quote where none shares a word with a sentence.
    private var shortest: Int?
    /// The paragraphs of each passage.
    private var passages: [Range<Int>] = []
    /// The passages that a quote was taken from.
    private var quoted: Set<Int> = []
    /// The first paragraph with each sequence of words, by a hash of the sequence.
    private var sequences: [UInt64: Int] = [:]
    /// The paragraphs whose sequence of words another one has, too.
    private var likeTexts: Set<Substring> = []

    private struct Paragraph {
        let text: Substring
        /// Its words' place in ``words``.
        let words: Range<Int>
        let passage: Int
    }

    /// The maximum number of paragraphs that are quoted from.
    private static let maximumParagraphs = 2_000
    /// How many words a shared figure counts as: the row of a table that states a sentence's figures shares few words with it.
    private static let weightOfFigures = 4

    /// Adds a passage.
    mutating func add(_ passage: String) {
        unread.append(passage)
    }

    private mutating func readAll() {
        guard !unread.isEmpty else { return }
        var known = WordSet()
        for passage in unread { read(passage, &known) }
        unread = []
    }

    /// Reads the lines of a passage that no passage had before.
    private mutating func read(_ passage: String, _ known: inout WordSet) {
        let start = paragraphs.count
        // An array is searched several times as fast as a string.
        let bytes = Array(passage.utf8)
        let mixer = HashMixer()
        var begin = 0
        while begin < bytes.count, paragraphs.count < Self.maximumParagraphs {
            let firstWord = words.count
            var sequence: UInt64 = 0
            known.removeAll()
            // The marks around a line's text have no words.
            let end = Words.forEachHash(ofLineIn: bytes, from: begin) { word in
                sequence = mixer.mixed(sequence, word)
                if known.insert(word) { words.append(word) }
            }
            let first = passage.utf8.index(passage.startIndex, offsetBy: begin)
            let text = Quote.withoutMarks(passage[first..<passage.utf8.index(first, offsetBy: end - begin)])
            begin = end + 1
            guard known.count > 0, isNew(text, withWords: sequence) else {
                words.removeLast(words.count - firstWord)
                continue
            }
            let place = paragraphs.count
            paragraphs.append(Paragraph(text: text, words: firstWord..<words.count, passage: passages.count))
            if shortest.map({ known.count < paragraphs[$0].words.count }) ?? true { shortest = place }
        }
        if start < paragraphs.count { passages.append(start..<paragraphs.count) }
    }

    /// Whether no paragraph has the text yet; only texts of the same words are compared.
    private mutating func isNew(_ text: Substring, withWords sequence: UInt64) -> Bool {
        guard let first = sequences[sequence] else {
            sequences[sequence] = paragraphs.count
            return true
        }
        likeTexts.insert(paragraphs[first].text)
        return likeTexts.insert(text).inserted
    }

    /// Returns the paragraph that shares most words with a sentence; empty where there are no passages.
    ///
    /// A word that begins with a digit counts as ``weightOfFigures`` others. Of two paragraphs that share as many, the shorter
    /// is returned.
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
        let wanted = WordSet(of: sentence)
        let figures = WordSet(figuresOf: sentence)
        var best = first
        var bestScore = score(of: first, matches: matches(of: wanted, figures, in: first))
        for place in range {
            let matches = matches(of: wanted, figures, in: place)
            guard matches > 0 else { continue }
            let score = score(of: place, matches: matches)
            if score > bestScore || (score == bestScore && place < best) { (best, bestScore) = (place, score) }
        }
        quoted.insert(paragraphs[best].passage)
        return Quote.shortened(paragraphs[best].text, around: wanted)
    }

    /// How many of the wanted words a paragraph has, figures counted ``weightOfFigures`` times.
    private func matches(of wanted: WordSet, _ figures: WordSet, in place: Int) -> Int {
        var matches = 0
        for index in paragraphs[place].words where wanted.contains(words[index]) {
            matches += figures.contains(words[index]) ? Self.weightOfFigures : 1
        }
        return matches
    }

    private func score(of place: Int, matches: Int) -> Double {
        Double(matches) - Double(paragraphs[place].words.count) / 1000
    }
}
