/// Finds sentences by which a text can be told from another.
///
/// Words are compared, not characters: upstream may have set the text anew, with other spaces, quotes and hyphens.
struct DistinctiveSentence: Hashable, Sendable {
    /// The sentence as it stands in the text.
    let text: String
    let words: [Substring]

    private static let length = 5...40
    private static let stops = Set(".?!:".unicodeScalars)
    /// Signs of markup, whose text upstream may show in another way.
    private static let markup = Set("[]<>|`{}\\&$=~".unicodeScalars)

    /// Chooses sentences of a text that another one lacks, those of the most words first.
    static func choose(from text: String, absentFrom other: String, limit: Int) -> [DistinctiveSentence] {
        let others = WordSequence(other)
        var best: [DistinctiveSentence] = []
        for candidate in candidates(in: text) where !others.contains(candidate.words) {
            guard best.count < limit || candidate.words.count > (best.last?.words.count ?? 0) else { continue }
            let position = best.firstIndex { $0.words.count < candidate.words.count } ?? best.endIndex
            best.insert(candidate, at: position)
            if best.count > limit { best.removeLast() }
        }
        return best
    }

    /// Whether a passage holds the sentence: every word of it.
    func isHeld(by passage: String) -> Bool {
        Set(words).isSubset(of: WordSequence.words(of: passage))
    }

    private static func candidates(in text: String) -> [DistinctiveSentence] {
        var candidates: [DistinctiveSentence] = []
        var current: Substring.UnicodeScalarView = Substring().unicodeScalars
        func end() {
            defer { current = Substring().unicodeScalars }
            guard !current.contains(where: markup.contains) else { return }
            let sentence = String(current)
            let words = WordSequence.words(of: sentence)
            guard length.contains(words.count) else { return }
            candidates.append(DistinctiveSentence(text: sentence, words: words))
        }
        let lines = text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" }
        for line in lines {
            // A heading, and what belongs to no paragraph, stands alone.
            let isApart = line.first == "#" || line.allSatisfy(\.properties.isWhitespace)
            if isApart { end() }
            var last: Unicode.Scalar = " "
            for scalar in line {
                if scalar.properties.isWhitespace, stops.contains(last) { end() }
                current.append(scalar)
                last = scalar
            }
            if isApart || stops.contains(last) { end() }
            current.append(" ")
        }
        end()
        return candidates
    }
}

/// A text as the words it is made of.
struct WordSequence {
    private let joined: String

    init(_ text: String) {
        joined = " \(Self.words(of: text).joined(separator: " ")) "
    }

    /// Whether the words stand in the text, in this order and with none between.
    func contains(_ words: [Substring]) -> Bool {
        joined.utf8.contains(" \(words.joined(separator: " ")) ".utf8)
    }

    /// The words of a text, in lower case.
    static func words(of text: String) -> [Substring] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }
    }
}
