private import Foundation

/// A figure with what it counts, such as `3 years` or `€80`.
struct Quantity: Sendable, Hashable {
    /// A length of time is in days.
    let value: Double
    /// The stem of the word that it counts, or the name of a currency; `day` for each length of time.
    let unit: String
    /// Whether it is the age of a person.
    var isAge = false
    /// The period that a sum of money is for.
    var period: Period?

    /// The period that a sum of money is for.
    enum Period: Sendable, Hashable {
        case month, year

        /// The first period that a text names; nil if it names none.
        init?(of text: String) {
            let words = Words.all(in: text)
            if words.contains(where: { Self.monthly.contains($0) }) {
                self = .month
            } else if words.contains(where: { Self.yearly.contains($0) }) {
                self = .year
            } else {
                return nil
            }
        }

        private static let monthly = set("month monthly monat monatlich monats monatsgehalt monatslohn monatsverdienst")
        private static let yearly = set(
            "year yearly annual annually annum jahr jahrlich jahres jahresgehalt jahreseinkommen jahresumsatz"
        )
        private static func set(_ words: String) -> Set<String> { Set(words.split(separator: " ").map { String($0) }) }
    }

    /// The quantities in a question; numbers up to twelve may be in letters.
    ///
    /// `more than 2 years` is a quantity just above 2 years.
    static func all(in question: String) -> [Quantity] {
        let tokens = Self.tokens(of: question)
        return tokens.indices.compactMap { place in
            guard var value = number(tokens[place]) else { return nil }
            let before = tokens[..<place].suffix(2).joined(separator: " ")
            var words = tokens[(place + 1)...].prefix(4)
            if let scale = words.first.flatMap({ scales[$0] }) {
                value *= scale
                words = words.dropFirst()
            }
            func bounded(_ value: Double) -> Double {
                if QuantityRange.above.contains(where: { before.hasSuffix($0) }) { return value.nextUp }
                return QuantityRange.under.contains(where: { before.hasSuffix($0) }) ? value.nextDown : value
            }
            let next = words.prefix(2)
            let currency =
                (place > 0 ? Unit.currencies[tokens[place - 1]] : nil)
                ?? next.lazy.compactMap { Unit.currencies[$0] }.first
            if let currency {
                return Quantity(value: bounded(value), unit: currency, period: Period(of: question))
            }
            if let word = next.first, let days = daysOf(word) {
                let isAge = words.dropFirst().prefix(2).contains { ages.contains($0) }
                return Quantity(value: bounded(value * days), unit: "day", isAge: isAge)
            }
            let isBare = next.first.flatMap { Unit($0) } == nil
            if place > 0, beforeAge.contains(tokens[place - 1]), isBare {
                return Quantity(value: value * (daysOf("year") ?? 1), unit: "day", isAge: true)
            }
            guard let word = next.first, number(word) == nil else { return nil }
            return Quantity(value: bounded(value), unit: WordStem.of(word))
        }
    }

    /// The numbers of a question that stand behind what they number, as in `band 6` or `E6`.
    static func numbered(in question: String) -> [Quantity] {
        let tokens = Self.tokens(of: question)
        return codes(in: question)
            + tokens.indices.dropFirst().compactMap { place in
                let (word, next) = (tokens[place - 1], tokens[(place + 1)...].first)
                guard tokens[place].first?.isNumber == true, let value = number(tokens[place]),
                    next.flatMap({ Unit($0) }) == nil, word.contains(where: \.isLetter), !StopWords.contains(word),
                    Unit(word) == nil
                else { return nil }
                return Quantity(value: value, unit: WordStem.of(word))
            }
    }

    /// The numbers of codes of a few letters and figures.
    private static func codes(in text: String) -> [Quantity] {
        text.split { !$0.isLetter && !$0.isNumber }.compactMap { word in
            let letters = word.prefix(while: \.isLetter)
            let figures = word[letters.endIndex...]
            guard (1...mostLettersOfCode).contains(letters.count), let number = Int(figures), figures.count <= 3 else {
                return nil
            }
            return Quantity(value: Double(number), unit: letters.lowercased())
        }
    }

    private static let mostLettersOfCode = 3

    /// How many days a unit of time has; nil for another word.
    static func daysOf(_ word: String) -> Double? {
        guard let unit = Unit(word) else { return nil }
        return lengths.first { $0.unit == unit }?.days
    }

    /// Whether a text speaks of the age of a person.
    static func isOfAge(_ text: String) -> Bool { Words.all(in: text).contains { ages.contains($0) } }

    private static let lengths: [(unit: Unit?, days: Double)] = [
        (Unit("day"), 1), (Unit("week"), 7), (Unit("month"), 365.0 / 12), (Unit("year"), 365),
    ]
    private static let ages: Set<String> = [
        "old", "older", "age", "aged", "ages", "alt", "alter", "lebensjahr", "lebensjahres", "lebensjahren",
        "lebensalter",
    ]
    private static let beforeAge: Set<String> = [
        "am", "m", "is", "are", "bin", "ist", "sind", "aged", "turns", "werde", "wird",
    ]
    private static let scales: [String: Double] = [
        "k": 1_000, "thousand": 1_000, "tausend": 1_000, "tsd": 1_000, "million": 1_000_000, "millions": 1_000_000,
        "mio": 1_000_000, "millionen": 1_000_000,
    ]

    /// The words, figures and signs of a text that express quantities, in lower case and without accents.
    static func tokens(of text: String) -> [String] {
        var tokens: [String] = []
        var word = ""
        func end() {
            if !word.isEmpty { tokens += word.first?.isNumber == true ? [word.trimmingStops] : Words.all(in: word) }
            word = ""
        }
        for character in text {
            if Unit.currencies[String(character)] != nil || "<>≤≥+–—-%".contains(character) {
                end()
                tokens.append(String(character))
            } else if character.isNumber, word.first?.isNumber ?? true {
                word.append(character)
            } else if word.first?.isNumber == true, ".,'’".contains(character) {
                word.append(character)
            } else if character.isLetter {
                if word.first?.isNumber == true { end() }
                word.append(character)
            } else {
                end()
            }
        }
        end()
        return tokens.filter { !$0.isEmpty }
    }

    /// The number that a token is; nil if it is none.
    static func number(_ token: String) -> Double? {
        if let spelled = spelled[token] { return Double(spelled) }
        if ones.contains(token) { return 1 }
        guard token.first?.isNumber == true else { return nil }
        // A comma or full stop before three last digits groups them, as in 1,500.
        let parts = token.split { ".,'’".contains($0) }
        guard parts.count > 1 else { return Double(token) }
        let isGrouped = parts.dropFirst().allSatisfy { $0.count == 3 }
        return Double(isGrouped ? parts.joined() : parts.dropLast().joined() + "." + parts[parts.count - 1])
    }

    /// The words that mean 1 before a counted word, and nothing otherwise.
    private static let ones: Set<String> = ["one", "ein", "eine", "einem", "einen", "einer"]
    /// Numbers in letters, and their figures.
    static let spelled: [String: String] = [
        "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
        "ten": "10", "eleven": "11", "twelve": "12", "zwei": "2", "drei": "3", "vier": "4", "funf": "5", "sechs": "6",
        "sieben": "7", "acht": "8", "neun": "9", "zehn": "10", "elf": "11", "zwolf": "12",
    ]
}

/// The quantities for which a cell of a table holds, such as `more than 2 years` or `€50 to €100`.
struct QuantityRange: Sendable, Hashable {
    private var least = -Double.infinity
    private var most = Double.infinity
    private var hasLeast = true
    private var hasMost = true
    private var units: Set<String> = []
    /// Whether it is of the age of a person.
    private let isOfAge: Bool
    private let period: Quantity.Period?

    /// Reads the range that a cell names; nil if it names none.
    ///
    /// - Parameters:
    ///   - cell: The text of the cell.
    ///   - header: The name of its column; nil if it has none.
    init?(_ cell: String, below header: String? = nil) {
        let tokens = Quantity.tokens(of: cell)
        let numbers = tokens.indices.filter { Quantity.number(tokens[$0]) != nil }
        guard let first = numbers.first, var low = Quantity.number(tokens[first]) else { return nil }
        isOfAge = Quantity.isOfAge((header ?? "") + " " + cell)
        period = Quantity.Period(of: header ?? "")
        units = Set(tokens.map { Unit.currencies[$0] ?? (Quantity.daysOf($0) == nil ? WordStem.of($0) : "day") })
        if !tokens.contains(where: { $0.contains(where: \.isLetter) && !Self.connectives.contains($0) }) {
            units.formUnion(Self.units(of: header ?? ""))
        }
        let isOfYears =
            isOfAge || Words.all(in: header ?? "").contains { Quantity.daysOf($0) == Quantity.daysOf("year") }
        /// How many days what is counted from a place on has; nil if that is no time.
        func days(from place: Int) -> Double? {
            tokens[place...].lazy.compactMap { Quantity.daysOf($0) }.first
                ?? (isOfYears ? Quantity.daysOf("year") : nil)
        }
        if let days = days(from: first) {
            low *= days
            units.insert("day")
        }
        func stands(_ phrases: [String], before place: Int) -> Bool {
            let words = tokens[..<place].suffix(4).filter { Unit.currencies[$0] == nil }.suffix(3)
            return phrases.contains { phrase in
                let phrase = phrase.split(separator: " ").map { String($0) }
                return words.suffix(phrase.count).elementsEqual(phrase)
                    || words.count > phrase.count && words.dropLast().suffix(phrase.count).elementsEqual(phrase)
            }
        }
        let opensUpwards = stands(Self.above, before: first)
        let upper = numbers.dropFirst().first.flatMap { place in
            Quantity.number(tokens[place]).map { $0 * (days(from: place) ?? 1) }
        }
        if numbers.count > 1, let high = upper,
            opensUpwards || !tokens[first..<numbers[1]].filter({ Self.connectives.contains($0) }).isEmpty
        {
            (least, most, hasLeast) = (low, high, !opensUpwards)
        } else if opensUpwards {
            (least, hasLeast) = (low, false)
        } else if stands(Self.under, before: first) {
            (most, hasMost) = (low, false)
        } else if stands(Self.atMost, before: first) {
            most = low
        } else if stands(Self.atLeast, before: first) || Self.isOpen(tokens[(first + 1)...]) {
            least = low
        } else {
            return nil
        }
    }

    /// The range of the number that a cell is, of what its header names; nil if the cell is anything else, or has no header.
    init?(number cell: String, below header: String?) {
        guard let header, cell.first?.isNumber == true, let number = Double(cell) else { return nil }
        (least, most) = (number, number)
        units = Self.units(of: header)
        isOfAge = Quantity.isOfAge(header)
        period = Quantity.Period(of: header)
    }

    /// The stems of the words of a header, which may name what its figures count.
    private static func units(of header: String) -> Set<String> {
        Set(
            Words.all(in: header).filter { !StopWords.contains($0) && Quantity.daysOf($0) == nil }.map {
                WordStem.of($0)
            }
        )
    }

    /// Whether a quantity is in the range; nil if it is of another kind.
    func holds(_ quantity: Quantity) -> Bool? {
        guard units.contains(quantity.unit), isOfAge == quantity.isAge,
            period == nil || quantity.period == nil || period == quantity.period
        else { return nil }
        let value = quantity.value
        return (hasLeast ? value >= least : value > least) && (hasMost ? value <= most : value < most)
    }

    private static func isOpen(_ tokens: ArraySlice<String>) -> Bool {
        let text = " " + tokens.joined(separator: " ") + " "
        return ["or more", "and more", "or older", "and above", "and over", "+", "oder mehr", "und mehr"].contains {
            text.contains(" \($0) ")
        }
    }

    fileprivate static let above = ["more than", "above", "over", "longer than", "older than", "mehr als", "uber", ">"]
    fileprivate static let under = ["less than", "under", "below", "younger than", "weniger als", "unter", "<"]
    private static let atMost = [
        "up to", "at most", "until", "bis", "bis zu", "bis zum", "bis zur", "hochstens", "maximal", "≤",
    ]
    private static let atLeast = ["at least", "from", "ab", "ab vollendung", "mindestens", "≥"]
    private static let connectives: Set<String> = ["to", "–", "-", "—", "bis", "and", "und"]
}

extension String {
    /// The text without full stops and commas at its end.
    fileprivate var trimmingStops: String {
        var rest = self[...]
        while let last = rest.last, !last.isNumber { rest.removeLast() }
        return String(rest)
    }
}
