private import Foundation

extension String {
    /// The text as it is usually written: models tell words in capitals, and German nouns without one, hardly from unknown ones.
    ///
    /// Text without small letters gets them. German text without capitals gets them at all words but everyday ones,
    /// and text without umlauts gets them for `ae`, `oe` and `ue`; so does text whose language its words do not tell.
    var inUsualWriting: String {
        let letters = filter(\.isLetter)
        let isInCapitals = letters.count >= Self.fewestCapitals && !letters.contains(where: \.isLowercase)
        guard isInCapitals || !letters.contains(where: { $0.isUppercase || "äöüß".contains($0) }) else { return self }
        var text = isInCapitals ? lowercased() : self
        let language = TextLanguage(of: text)
        guard language == nil || language == .german else { return text }
        text = text.withUmlauts
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        return words.enumerated().map { place, word in
            let isName = Words.all(in: word).contains { !StopWords.contains($0) && !CommonWords.contains($0) }
            return place == 0 || isName ? word.prefix(1).uppercased() + word.dropFirst() : String(word)
        }.joined(separator: " ")
    }

    /// Text of fewer capitals may be a name such as `PTO`.
    private static var fewestCapitals: Int { 5 }

    /// The text with umlauts for `ae`, `oe` and `ue`, but where these are two vowels, as in `neue`, `aktuell` and `bequem`.
    private var withUmlauts: String {
        replacing(/(?<before>^|[^aeqAEQ])(?<vowel>[aou])e(?!ll|nt)/) { match in
            match.before + (["a": "ä", "o": "ö", "u": "ü"][match.vowel] ?? "")
        }
    }
}
