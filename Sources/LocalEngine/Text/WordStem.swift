/// The stem of an English word by Porter's algorithm, which the index uses, too: `carried` and `carry` are both `carri`.
///
/// An Arabic word has the stem of ``ArabicStem``. Any other word with anything but the letters a–z is its own stem.
struct WordStem {
    private var letters: [UInt8]

    /// The stem of a word in lower case.
    static func of(_ word: String) -> String {
        guard (3...64).contains(word.utf8.count), word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else {
            return ArabicStem.of(word) ?? word
        }
        var stem = WordStem(letters: Array(word.utf8))
        stem.removePlural()
        stem.removePastAndProgressive()
        if stem.ends(with: "y"), stem.hasVowel(before: 1) { stem.replace("y", with: "i") }
        stem.replaceFirst(of: doubleSuffixes, ifMeasureExceeds: 0)
        stem.replaceFirst(of: adjectiveSuffixes, ifMeasureExceeds: 0)
        stem.removeLastSuffix()
        stem.tidyEnd()
        return String(decoding: stem.letters, as: UTF8.self)
    }

    /// What the forms of a long German word begin with: `genehmig` for `genehmigen` and `genehmigt`.
    ///
    /// A word is taken for German if Porter's algorithm finds nothing English at its end; any other is its own root.
    static func root(of word: String) -> String {
        let endings = ["en", "er", "em", "es", "et", "e", "n", "s", "t"]
        guard word.count >= 7, of(word) == word, let ending = endings.first(where: { word.hasSuffix($0) }) else {
            return word
        }
        return String(word.dropLast(ending.count))
    }

    private mutating func removePlural() {
        if ends(with: "sses") || ends(with: "ies") {
            letters.removeLast(2)
        } else if ends(with: "s"), !ends(with: "ss") {
            letters.removeLast()
        }
    }

    private mutating func removePastAndProgressive() {
        if ends(with: "eed") {
            if measure(before: 3) > 0 { letters.removeLast() }
            return
        }
        if ends(with: "ed"), hasVowel(before: 2) {
            letters.removeLast(2)
        } else if ends(with: "ing"), hasVowel(before: 3) {
            letters.removeLast(3)
        } else {
            return
        }
        if ends(with: "at") || ends(with: "bl") || ends(with: "iz") {
            letters.append(UInt8(ascii: "e"))
        } else if endsWithDoubleConsonant, !ends(with: "l"), !ends(with: "s"), !ends(with: "z") {
            letters.removeLast()
        } else if measure(before: 0) == 1, endsShort(before: 0) {
            letters.append(UInt8(ascii: "e"))
        }
    }

    private mutating func removeLastSuffix() {
        for suffix in Self.lastSuffixes where ends(with: suffix) {
            let isAllowed = suffix != "ion" || "st".utf8.contains(letters.dropLast(3).last ?? 0)
            if isAllowed, measure(before: suffix.utf8.count) > 1 { letters.removeLast(suffix.utf8.count) }
            return
        }
    }

    private mutating func tidyEnd() {
        if ends(with: "e") {
            let measure = measure(before: 1)
            if measure > 1 || measure == 1 && !endsShort(before: 1) { letters.removeLast() }
        }
        if ends(with: "ll"), measure(before: 1) > 1 { letters.removeLast() }
    }

    private mutating func replaceFirst(of suffixes: [(String, String)], ifMeasureExceeds least: Int) {
        for (suffix, replacement) in suffixes where ends(with: suffix) {
            if measure(before: suffix.utf8.count) > least { replace(suffix, with: replacement) }
            return
        }
    }

    private mutating func replace(_ suffix: String, with replacement: String) {
        letters.removeLast(suffix.utf8.count)
        letters += replacement.utf8
    }

    private func ends(with suffix: String) -> Bool {
        letters.count >= suffix.utf8.count && letters.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    private func isVowel(_ index: Int) -> Bool {
        switch letters[index] {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): true
        case UInt8(ascii: "y"): index > 0 && !isVowel(index - 1)
        default: false
        }
    }

    private func hasVowel(before suffixLength: Int) -> Bool {
        (0..<(letters.count - suffixLength)).contains { isVowel($0) }
    }

    /// How often a consonant follows a vowel in what is before the suffix.
    private func measure(before suffixLength: Int) -> Int {
        let kinds = (0..<(letters.count - suffixLength)).map { isVowel($0) }
        return zip(kinds, kinds.dropFirst()).count { $0 && !$1 }
    }

    private var endsWithDoubleConsonant: Bool {
        let last = letters.count - 1
        return last > 0 && letters[last] == letters[last - 1] && !isVowel(last)
    }

    /// Whether consonant, vowel, consonant come last before the suffix, as in `hop`.
    private func endsShort(before suffixLength: Int) -> Bool {
        let last = letters.count - suffixLength - 1
        return last >= 2 && !isVowel(last) && isVowel(last - 1) && !isVowel(last - 2)
            && !"wxy".utf8.contains(letters[last])
    }

    private static let doubleSuffixes = [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("logi", "log"),
        ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"),
        ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"),
        ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ]
    private static let adjectiveSuffixes = [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ]
    private static let lastSuffixes = [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate",
        "iti",
        "ous", "ive", "ize",
    ]
}
