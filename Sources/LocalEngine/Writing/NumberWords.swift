/// Numbers in words of a language.
///
/// English and German numbers are read up to the thousands. Of the other languages single words are read; a number of
/// several words is then several numbers, which no passage has, and its sentence is not supported.
struct NumberWords: Sendable {
    private let language: TextLanguage?

    /// Creates the numbers of a language; those of English and German if it is unknown.
    init(_ language: TextLanguage?) {
        self.language = language
    }

    /// Reads the number that some words begin with.
    ///
    /// - Parameter words: Words in lower case and without accents.
    /// - Returns: The number, and how many words it has; nil if they begin with none.
    func number(_ words: [String]) -> (Double, length: Int)? {
        guard let first = words.first else { return nil }
        switch language {
        case .english: return Self.english(words)
        case .german: return Self.german(first).map { ($0, 1) }
        case nil, .other: return Self.english(words) ?? Self.german(first).map { ($0, 1) }
        case .some(let language): return Self.others[language]?[first].map { ($0, 1) }
        }
    }

    private static func english(_ words: [String]) -> (Double, length: Int)? {
        var (total, group) = (0.0, 0.0)
        var length = 0
        for (place, word) in words.enumerated() {
            if let value = small[word] {
                // “twenty five” is one number, “five twenty” are two.
                if place > 0, group.truncatingRemainder(dividingBy: 100) >= 20, value >= 10 { break }
                if place > 0, (1..<20).contains(group.truncatingRemainder(dividingBy: 100)) { break }
                group += value
            } else if word == "hundred", place > 0 || words.count > 1 {
                group = max(group, 1) * 100
            } else if word == "thousand" {
                total += max(group, 1) * 1_000
                group = 0
            } else if word == "dozen" {
                group = max(group, 1) * 12
            } else if length > 0, word == "-" || word == "and", place + 1 < words.count, small[words[place + 1]] != nil,
                word == "-" || group >= 100 || total > 0
            {
                continue
            } else {
                break
            }
            length = place + 1
        }
        return length == 0 ? nil : (total + group, length)
    }

    /// A German number is one word, such as `funfundzwanzig` or `hundertzwanzig`.
    private static func german(_ word: String) -> Double? {
        if let value = germanSmall[word] { return value }
        for (part, scale) in [("tausend", 1_000.0), ("hundert", 100.0)] {
            guard let range = word.firstRange(of: part) else { continue }
            let before = String(word[..<range.lowerBound])
            let after = String(word[range.upperBound...]).trimmingPrefix("und")
            guard let count = before.isEmpty ? 1 : german(before), let rest = after.isEmpty ? 0 : german(String(after))
            else { return nil }
            return count * scale + rest
        }
        guard let range = word.firstRange(of: "und"), let ones = germanSmall[String(word[..<range.lowerBound])],
            let tens = germanSmall[String(word[range.upperBound...])], ones < 10, tens >= 20
        else { return nil }
        return tens + ones
    }

    private static let small = numbered(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
            + " eighteen nineteen",
        tens: "twenty thirty forty fifty sixty seventy eighty ninety"
    )
    private static let germanSmall = numbered(
        "null ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn"
            + " achtzehn neunzehn",
        tens: "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig"
    ).merging(["eine": 1, "einen": 1, "einem": 1, "einer": 1, "eins": 1, "dreißig": 30]) { first, _ in first }
    private static let others: [TextLanguage: [String: Double]] = [
        .french: numbered(
            "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
            tens: "vingt trente quarante cinquante soixante"
        ).merging(["cent": 100, "mille": 1_000, "une": 1]) { first, _ in first },
        .spanish: numbered(
            "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
            tens: "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"
        ).merging(["cien": 100, "ciento": 100, "mil": 1_000, "un": 1, "una": 1]) { first, _ in first },
        .italian: numbered(
            "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici",
            tens: "venti trenta quaranta cinquanta sessanta settanta ottanta novanta"
        ).merging(["cento": 100, "mille": 1_000, "un": 1, "una": 1]) { first, _ in first },
        .dutch: numbered(
            "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien",
            tens: "twintig dertig veertig vijftig zestig zeventig tachtig negentig"
        ).merging(["honderd": 100, "duizend": 1_000]) { first, _ in first },
        .portuguese: numbered(
            "zero um dois tres quatro cinco seis sete oito nove dez onze doze treze catorze quinze",
            tens: "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa"
        ).merging(["cem": 100, "cento": 100, "mil": 1_000, "uma": 1, "duas": 2]) { first, _ in first },
    ]

    private static func numbered(_ units: String, tens: String) -> [String: Double] {
        var numbers: [String: Double] = [:]
        for (value, word) in units.split(separator: " ").enumerated() { numbers[String(word)] = Double(value) }
        for (place, word) in tens.split(separator: " ").enumerated() { numbers[String(word)] = Double(20 + 10 * place) }
        return numbers
    }
}
