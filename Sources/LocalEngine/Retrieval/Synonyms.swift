/// Words and phrases that employees and policy documents use for the same thing.
enum Synonyms {
    /// The other words and phrases of a word's groups, in lower case and without accents.
    static func of(_ word: String) -> [String] {
        let own = stem(of: word)
        var seen: Set<String> = [own]
        return ((byStem[own] ?? []) + (Countries.contains(word) ? Countries.kinds : [])).filter {
            seen.insert(stem(of: $0)).inserted
        }
    }

    /// The content words of a text, in order; where they make a phrase that is known, the phrase.
    static func lexemes(of text: some StringProtocol) -> [String] {
        let words = Words.all(in: text)
        var lexemes: [String] = []
        var place = 0
        while place < words.count {
            if let phrase = phrase(at: place, of: words) {
                lexemes.append(phrase)
                place += phrase.split(separator: " ").count
            } else {
                if !StopWords.contains(words[place]) { lexemes.append(words[place]) }
                place += 1
            }
        }
        return lexemes
    }

    /// The stem of a word, or the stems of a phrase.
    static func stem(of lexeme: String) -> String {
        guard lexeme.contains(where: { !$0.isLetter && !$0.isNumber }) else { return WordStem.of(lexeme) }
        return Words.all(in: lexeme).map { WordStem.of($0) }.joined(separator: " ")
    }

    private static func phrase(at place: Int, of words: [String]) -> String? {
        (2...longestPhrase).reversed().lazy
            .filter { place + $0 <= words.count }
            .map { words[place..<(place + $0)].joined(separator: " ") }
            .first { byStem[stem(of: $0)] != nil }
    }

    private static let byStem: [String: [String]] = {
        var byStem: [String: [String]] = [:]
        for group in Thesaurus.groups {
            for lexeme in group { byStem[stem(of: lexeme), default: []] += group }
        }
        return byStem
    }()
    private static let longestPhrase = 4
}
