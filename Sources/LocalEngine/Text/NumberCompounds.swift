/// Numbers of one word, such as `hundertzwanzig`, `eenentwintig` or `centoventotto`.
struct NumberCompounds: Sendable {
    /// The units and tens, and what is written for them in a compound.
    let values: [String: Double]
    /// The words that multiply what is before them, and add what is after them; the greatest first.
    let multipliers: [(word: String, factor: Double)]
    /// What stands between units and the tens after them; nil if the tens come first.
    let joint: String?

    /// Reads a number.
    ///
    /// - Parameter word: A word in lower case and without accents.
    /// - Returns: The number; nil if the word is none.
    func number(_ word: String) -> Double? {
        if let value = values[word] { return value }
        for (multiplier, factor) in multipliers {
            guard let range = word.firstRange(of: multiplier) else { continue }
            let before = word[..<range.lowerBound]
            var after = word[range.upperBound...]
            if let joint { after = after.trimmingPrefix(joint) }
            guard let count = before.isEmpty ? 1 : number(String(before)), count < factor,
                let rest = after.isEmpty ? 0 : number(String(after)), rest < factor
            else { return nil }
            return count * factor + rest
        }
        return joint.map { unitsThenTens(word, $0) } ?? tensThenUnits(word)
    }

    private func unitsThenTens(_ word: String, _ joint: String) -> Double? {
        // `eenentwintig` has the joint twice.
        for range in word.ranges(of: joint) {
            guard let ones = values[String(word[..<range.lowerBound])],
                let tens = values[String(word[range.upperBound...])],
                (1..<10).contains(ones), tens >= 20
            else { continue }
            return tens + ones
        }
        return nil
    }

    private func tensThenUnits(_ word: String) -> Double? {
        for (name, tens) in values where tens >= 20 {
            // `ventuno` and `ventotto` lack the last vowel of `venti`.
            for stem in [name, String(name.dropLast())] where word.hasPrefix(stem) {
                if let ones = values[String(word.dropFirst(stem.count))], (1..<10).contains(ones) { return tens + ones }
            }
        }
        return nil
    }
}

extension NumberCompounds {
    static let german = NumberCompounds(
        values: NumberWords.numbered(
            "null ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn"
                + " siebzehn achtzehn neunzehn",
            tens: "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
            ["eine": 1, "einen": 1, "einem": 1, "einer": 1, "eins": 1, "dreißig": 30]
        ),
        multipliers: [("tausend", 1_000), ("hundert", 100)],
        joint: "und"
    )

    static let dutch = NumberCompounds(
        values: NumberWords.numbered(
            "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien"
                + " achttien negentien",
            tens: "twintig dertig veertig vijftig zestig zeventig tachtig negentig"
        ),
        multipliers: [("duizend", 1_000), ("honderd", 100)],
        joint: "en"
    )

    static let italian = NumberCompounds(
        values: NumberWords.numbered(
            "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici"
                + " diciassette diciotto diciannove",
            tens: "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
            ["un": 1, "una": 1]
        ),
        multipliers: [("mille", 1_000), ("mila", 1_000), ("cento", 100)],
        joint: nil
    )
}
