private import Foundation

/// A number, month or weekday in a text.
struct Figure: Sendable, Hashable {
    /// The value, such as `27`, `2.5`, `month 5` or `weekday 1`; as it is written if the value is not clear.
    let value: String
    /// The number as it is written; nil for what is not written in figures.
    var written: String?
    /// What it counts; nil for a figure without a known unit.
    let unit: Unit?

    /// Whether two figures may be the same: the same value or the same text, and not of different units.
    ///
    /// What one of them counts may be unknown, except for money and shares.
    func matches(_ other: Figure) -> Bool {
        guard value == other.value || written != nil && written == other.written else { return false }
        guard let unit, let otherUnit = other.unit else {
            return (unit ?? other.unit)?.isAlwaysWritten != true
        }
        return unit == otherUnit
    }

    /// Whether it is a month or a weekday.
    var isCalendar: Bool { value.hasPrefix("month ") || value.hasPrefix("weekday ") }

    /// Whether both are values of one kind that excludes each other: of the same unit, or both sums of money, or both months.
    func rivals(_ other: Figure) -> Bool {
        guard !matches(other) else { return false }
        if isCalendar || other.isCalendar { return value.hasPrefix("month ") && other.value.hasPrefix("month ") }
        guard let unit, let otherUnit = other.unit else { return false }
        return unit == otherUnit || unit.isCurrency && otherUnit.isCurrency
    }
}

extension Figure {
    /// Reads the figures of a text, in order.
    ///
    /// `1,200` and `1.200` are numbers in the format of the language; without a language they are compared as they are
    /// written. Numbers in words count as well, as far as the language has them here. `one` is a number only before a unit.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - language: Its language; nil if it is unknown.
    /// - Returns: The figures.
    static func all(in text: String, language: TextLanguage?) -> [Figure] {
        let tokens = tokens(of: text)
        let words = NumberWords(language)
        var figures: [Figure] = []
        var place = 0
        while place < tokens.count {
            let token = tokens[place]
            if let date = date(at: place, of: tokens) {
                figures += date.figures
                place += date.length
            } else if token.isNumber {
                let unit = unit(at: place..<place + 1, of: tokens)
                figures.append(Figure(value: value(of: token.text, language), written: token.text, unit: unit))
                place += 1
            } else if let (number, length) = words.number(tokens[place...].lazy.map(\.folded)) {
                let unit = unit(at: place..<place + length, of: tokens)
                if number != 1 || unit != nil { figures.append(Figure(value: format(number), unit: unit)) }
                place += length
            } else {
                if let month = month(at: place, of: tokens, language) {
                    figures.append(Figure(value: "month \(month)", unit: nil))
                } else if let day = CalendarWords.weekdays[token.folded] {
                    figures.append(Figure(value: "weekday \(day)", unit: nil))
                }
                place += 1
            }
        }
        return figures
    }

    /// A word, a number or a sign of a text.
    private struct Token {
        let text: String
        let isNumber: Bool
        var folded: String { text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil) }
    }

    private static func tokens(of text: String) -> [Token] {
        // A letter before a figure, as in A38, makes it a code, which is no number.
        let pattern = /(?:\p{L}[\p{L}0-9]*)|(?:[0-9]+(?:[.,'’\u{A0}\u{202F}][0-9]+)*)|[½¼¾]|[%€$£‰]|[-\/.:;|]/
        var tokens: [Token] = []
        for match in text.matches(of: pattern) {
            let token = Token(text: String(match.output), isNumber: match.output.first?.isNumber == true)
            if let last = tokens.last, percent[last.folded]?.contains(token.folded) == true {
                tokens[tokens.count - 1] = Token(text: "%", isNumber: false)
            } else {
                tokens.append(token)
            }
        }
        return tokens
    }

    /// What means percent in two words, which is no number.
    private static let percent: [String: Set<String>] = [
        "pour": ["cent"], "por": ["cien", "ciento", "cento"], "per": ["cent", "cento"],
    ]

    /// The value of a number in figures.
    private static func value(of text: String, _ language: TextLanguage?) -> String {
        let plain = text.filter { !"'’\u{A0}\u{202F}".contains($0) }
        let marks = plain.filter { ".,".contains($0) }
        guard let mark = marks.last else { return Double(plain).map(format) ?? plain }
        let digits = plain.reversed().prefix { $0 != mark }.count
        let isGrouping: Bool
        if Set(marks).count > 1 {
            isGrouping = false
        } else if marks.count > 1 {
            isGrouping = true
        } else if digits == 3 {
            guard let language, language != .other else { return plain }
            isGrouping = (language == .english) == (mark == ",")
        } else {
            isGrouping = false
        }
        let integer = plain.filter(\.isNumber)
        guard !isGrouping else { return Double(integer).map(format) ?? plain }
        return Double(integer.dropLast(digits) + "." + integer.suffix(digits)).map(format) ?? plain
    }

    private static func format(_ number: Double) -> String {
        number.rounded() == number && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    }

    /// A date in figures at a place: `2026-05-01`, `1.5.2026` or `01/05/2026`.
    private static func date(at place: Int, of tokens: [Token]) -> (figures: [Figure], length: Int)? {
        let parts = tokens[place].text.split(separator: ".").compactMap { Int($0) }
        if tokens[place].isNumber, parts.count == 3, let date = date(parts) { return (date, 1) }
        guard place + 4 < tokens.count, ["-", "/"].contains(tokens[place + 1].text),
            tokens[place + 3].text == tokens[place + 1].text
        else { return nil }
        let numbers = [0, 2, 4].compactMap { Int(tokens[place + $0].text) }
        return numbers.count == 3 ? date(numbers).map { ($0, 5) } : nil
    }

    private static func date(_ parts: [Int]) -> [Figure]? {
        let (year, month, day) = parts[0] > 31 ? (parts[0], parts[1], parts[2]) : (parts[2], parts[1], parts[0])
        guard (1...12).contains(month), (1...31).contains(day), year > 31 else { return nil }
        return ["\(year)", "month \(month)", "\(day)"].map { Figure(value: $0, unit: nil) }
    }

    /// The month that a word names.
    ///
    /// `May` and `March` are also other words: in English a month has a capital letter, and
    /// does not begin the text unless a figure follows.
    private static func month(at place: Int, of tokens: [Token], _ language: TextLanguage?) -> Int? {
        guard let month = CalendarWords.months[tokens[place].folded] else { return nil }
        guard ["may", "march", "mar", "mai", "set", "ago", "dic", "sept"].contains(tokens[place].folded) else {
            return month
        }
        let isByFigure = [place - 1, place + 1].contains { tokens.indices.contains($0) && tokens[$0].isNumber }
        return isByFigure || place > 0 && tokens[place].text.first?.isUppercase == true ? month : nil
    }

    /// What the figure at some places counts: the unit that follows it soon, or else stands before it.
    private static func unit(at places: Range<Int>, of tokens: [Token]) -> Unit? {
        // A cell of a table ends the search, as does another figure with its sign.
        func ends(_ token: Token) -> Bool { token.isNumber || ";|".contains(token.text) }
        let rest = tokens[places.upperBound...].prefix { !ends($0) }
        let isFollowed = rest.endIndex < tokens.count && tokens[rest.endIndex].isNumber
        let after = (isFollowed && rest.last.flatMap { Unit($0.text) }?.isCurrency == true ? rest.dropLast() : rest)
            .prefix(3)
        let before = tokens[..<places.lowerBound].suffix(3).reversed().prefix { !ends($0) }
        if let sign = before.first, let unit = Unit(sign.folded), unit.isCurrency { return unit }
        return after.lazy.compactMap { Unit($0.folded) }.first ?? before.lazy.compactMap { Unit($0.folded) }.first
    }
}
