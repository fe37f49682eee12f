/// Numbers in words of a language, up to the thousands.
///
/// English, French, Spanish and Portuguese write a number in several words (`NumberPhrases`), German, Italian and Dutch in
/// one (`NumberCompounds`).
struct NumberWords: Sendable {
    private let language: TextLanguage?

    /// Creates the numbers of a language; those of English and German if it is unknown.
    init(_ language: TextLanguage?) {
        self.language = language
    }

    /// Reads the number that some words begin with.
    ///
    /// - Parameter words: Words and signs in lower case and without accents.
    /// - Returns: The number, and how many words it has; nil if they begin with none.
    func number(_ words: some RandomAccessCollection<String>) -> (Double, length: Int)? {
        guard let first = words.first else { return nil }
        func compound(_ numbers: NumberCompounds) -> (Double, length: Int)? { numbers.number(first).map { ($0, 1) } }
        return switch language {
        case .english: NumberPhrases.english.number(words)
        case .french: NumberPhrases.french.number(words)
        case .spanish: NumberPhrases.spanish.number(words)
        case .portuguese: NumberPhrases.portuguese.number(words)
        case .german: compound(.german)
        case .italian: compound(.italian)
        case .dutch: compound(.dutch)
        case nil, .other: NumberPhrases.english.number(words) ?? compound(.german)
        }
    }

    /// Whether a word is a number above one in French, Spanish, Portuguese, Italian or Dutch; the words for one are articles.
    static func isAboveOne(_ word: String) -> Bool {
        if aboveOne.contains(word) { return true }
        guard word.hasSuffix("tig") || italianTens.contains(where: { word.hasPrefix($0) }) else { return false }
        return (NumberCompounds.italian.number(word) ?? NumberCompounds.dutch.number(word) ?? 0) > 1
    }

    private static let aboveOne: Set<String> = {
        let phrases: [NumberPhrases] = [.french, .spanish, .portuguese]
        let compounds: [NumberCompounds] = [.italian, .dutch]
        let numbers = phrases.flatMap { [$0.values, $0.multipliers] } + compounds.map(\.values)
        return Set(numbers.joined().filter { $0.value > 1 }.map(\.key))
    }()
    /// What the Italian numbers from 20 to 99 begin with.
    private static let italianTens = [
        "vent", "trent", "quarant", "cinquant", "sessant", "settant", "ottant", "novant",
    ]

    /// Numbers by their words: the units from 0 on, and the tens from 20 on.
    static func numbered(_ units: String, tens: String, _ more: [String: Double] = [:]) -> [String: Double] {
        var numbers = more
        for (value, word) in units.split(separator: " ").enumerated() { numbers[String(word)] = Double(value) }
        for (place, word) in tens.split(separator: " ").enumerated() { numbers[String(word)] = Double(20 + 10 * place) }
        return numbers
    }
}
