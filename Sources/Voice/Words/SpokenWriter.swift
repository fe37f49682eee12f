/// Writes the pieces of a text as they are said.
///
/// Each rule reads some pieces at ``position`` and returns the words for them, or nil if it does not apply; the first that
/// applies counts.
struct SpokenWriter {
    private let tokens: [SpokenToken]
    private let language: Language
    private let vocabulary: SpokenVocabulary
    private var position = 0
    private var words = ""

    init(_ text: String, in language: Language) {
        tokens = SpokenToken.split(text)
        self.language = language
        vocabulary = .of(language)
    }

    /// Returns the text as it is said.
    mutating func text() -> String {
        while position < tokens.count {
            let said =
                date() ?? money() ?? quantity() ?? section() ?? abbreviation() ?? range() ?? alternative() ?? mark()
            if let said {
                append(said)
            } else {
                words += tokens[position].text
                position += 1
            }
        }
        return words
    }

    /// Appends words of a rule, with blanks around them.
    private mutating func append(_ said: String) {
        guard !said.isEmpty else { return }
        if let last = words.last, !last.isWhitespace, !"(\"„«“‘-".contains(last), said.first?.isPunctuation != true {
            words += " "
        }
        words += said
        if case .word? = token(0) { words += " " }
        if case .number? = token(0) { words += " " }
    }

    // MARK: Looking ahead

    private func token(_ offset: Int) -> SpokenToken? {
        tokens.indices.contains(position + offset) ? tokens[position + offset] : nil
    }

    /// The offset of the first piece from an offset on that is not white space.
    private func afterSpace(_ offset: Int) -> Int { token(offset) == .space ? offset + 1 : offset }

    private func number(_ offset: Int) -> SpokenNumber? {
        guard case .number(let text)? = token(offset) else { return nil }
        return SpokenNumber(text, in: language)
    }

    private func word(_ offset: Int) -> String? {
        guard case .word(let text)? = token(offset) else { return nil }
        return text
    }

    private func isMark(_ offset: Int, _ marks: String) -> Bool {
        guard case .mark(let mark)? = token(offset) else { return false }
        return marks.contains(mark)
    }

    // MARK: Dates and times

    private mutating func date() -> String? {
        guard case .number(let first)? = token(0) else { return nil }
        if let (words, length) = isoDate(first) ?? pointedDate(first) ?? time(first) {
            position += length
            return words
        }
        return nil
    }

    /// A date such as `2026-01-31`.
    private func isoDate(_ year: String) -> (String, Int)? {
        guard year.count == 4, isMark(1, "-"), case .number(let month)? = token(2), isMark(3, "-"),
            case .number(let day)? = token(4)
        else { return nil }
        return spell(day, month, year).map { ($0, 5) }
    }

    /// A date such as `31.1.2026`.
    private func pointedDate(_ text: String) -> (String, Int)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[2].count == 4 else { return nil }
        return spell(parts[0], parts[1], parts[2]).map { ($0, 1) }
    }

    private func spell(_ day: String, _ month: String, _ year: String) -> String? {
        guard let day = Int(day), (1...31).contains(day), let month = Int(month), (1...12).contains(month),
            Int(year) != nil
        else { return nil }
        return "\(day)\(language == .german ? "." : "") \(vocabulary.months[month - 1]) \(year)"
    }

    /// A time such as `17:30`, in German with `Uhr` in the middle.
    private func time(_ hour: String) -> (String, Int)? {
        guard hour.count <= 2, let hour = Int(hour), hour < 25, isMark(1, ":"), case .number(let minutes)? = token(2),
            minutes.count == 2, let minute = Int(minutes), minute < 60
        else { return nil }
        guard language == .german else { return (minute == 0 ? "\(hour) o'clock" : "\(hour) \(minutes)", 3) }
        let unit = afterSpace(3)
        let length = word(unit) == "Uhr" ? unit + 1 : 3
        return ("\(hour) Uhr" + (minute == 0 ? "" : " \(minute)"), length)
    }

    // MARK: Amounts

    private mutating func money() -> String? {
        if let code = currency(0) {
            var start = 1
            // `Fr. 20` has a full stop.
            if isMark(start, "."), word(0) != code { start += 1 }
            start = afterSpace(start)
            guard let (amount, length) = amount(start) else { return nil }
            position += length
            return amount.said(in: vocabulary.currencies[code], language)
        }
        guard let (amount, length) = amount(0), let code = currency(afterSpace(length)) else { return nil }
        let end = afterSpace(length) + 1
        // In `20 USD 5` nothing tells which number is meant; it is left as it is.
        position += end
        return amount.said(in: vocabulary.currencies[code], language)
    }

    private func currency(_ offset: Int) -> String? {
        switch token(offset) {
        case .word(let text):
            vocabulary.currencies[text] != nil ? text : SpokenVocabulary.symbols[text]
        case .mark(let mark):
            SpokenVocabulary.symbols[String(mark)]
        default: nil
        }
    }

    private struct Amount {
        var numbers: [SpokenNumber]
        var multiple: String?
        var range: String

        func said(in unit: SpokenVocabulary.Unit?, _ language: Language) -> String {
            guard let unit, let last = numbers.last else { return "" }
            let first = numbers.dropLast().map { $0.isRound ? $0.whole : $0.text(in: language) }
            let start = first.map { "\($0) \(range) " }.joined()
            let name = last.isOne && multiple == nil && numbers.count == 1 ? unit.one : unit.many
            if let multiple { return "\(start)\(last.text(in: language)) \(multiple) \(name)" }
            if last.isRound { return "\(start)\(last.whole) \(name)" }
            guard last.fraction.count == 2, numbers.count == 1 else {
                return "\(start)\(last.text(in: language)) \(name)"
            }
            let rest = last.fraction.first == "0" ? String(last.fraction.dropFirst()) : last.fraction
            // Less than one is said as a decimal number.
            return last.whole == "0" ? "\(last.text(in: language)) \(name)" : "\(last.whole) \(name) \(rest)"
        }
    }

    /// A number or a range, a word such as `million`, and marks such as `.–`; and the number of pieces.
    private func amount(_ start: Int) -> (Amount, Int)? {
        guard let first = number(start) else { return nil }
        var amount = Amount(numbers: [first], range: vocabulary.range)
        var end = start + 1
        if let (second, length) = rangeEnd(end) {
            amount.numbers.append(second)
            end = length
        }
        if isMark(end, "."), isMark(end + 1, "–-—") { end += 2 }
        if let word = word(afterSpace(end)), let multiple = vocabulary.multiples[word.lowercased()],
            vocabulary.units[word] == nil || token(end) != .space
        {
            amount.multiple = multiple
            end = afterSpace(end) + 1
            if word.count <= 3, isMark(end, "."), token(end + 1) != nil { end += 1 }
        }
        return (amount, end)
    }

    /// The second number of a range, and the offset after it.
    private func rangeEnd(_ offset: Int) -> (SpokenNumber, Int)? {
        let mark = afterSpace(offset)
        guard isMark(mark, "–-—"), let second = number(afterSpace(mark + 1)) else { return nil }
        let end = afterSpace(mark + 1) + 1
        // A telephone number or a code has more such marks.
        guard !(isMark(end, "-") && number(end + 1) != nil), words.last != "-" else { return nil }
        return (second, end)
    }

    /// A number with a unit or a percent sign.
    private mutating func quantity() -> String? {
        guard let first = number(0) else { return nil }
        var said = first.text(in: language)
        var end = 1
        let isRange = rangeEnd(1)
        if let (second, length) = isRange {
            said += " \(vocabulary.range) \(second.text(in: language))"
            end = length
        }
        let unit = afterSpace(end)
        let isOne = first.isOne && isRange == nil
        if isMark(unit, "%") {
            position += unit + 1
            return "\(said) \(vocabulary.percent)"
        }
        if isMark(unit, "‰") {
            position += unit + 1
            return "\(said) \(vocabulary.perMille)"
        }
        if isMark(unit, "°"), word(unit + 1) == "C", let degrees = vocabulary.units["°C"] {
            position += unit + 2
            return "\(said) \(isOne ? degrees.one : degrees.many)"
        }
        if let word = word(unit), let name = vocabulary.units[word] {
            position += unit + 1
            if word == "Std" || word == "Min" || word == "hrs", isMark(0, "."), token(1) != nil { position += 1 }
            return "\(said) \(isOne ? name.one : name.many)"
        }
        guard isRange == nil, case .number(let written)? = token(0), written != said,
            !written.contains(where: { $0 == "." })
                || first.fraction.isEmpty
        else { return nil }
        position += 1
        return said
    }

    /// A range of numbers without a unit: `3–5 days`.
    private mutating func range() -> String? {
        guard let first = number(0), let (second, end) = rangeEnd(1), words.last != "-", words.last != "–" else {
            return nil
        }
        position += end
        return "\(first.text(in: language)) \(vocabulary.range) \(second.text(in: language))"
    }

    // MARK: Words and marks

    /// `§ 4` and `§§ 4`.
    private mutating func section() -> String? {
        guard isMark(0, "§") else { return nil }
        let isSeveral = isMark(1, "§")
        position += isSeveral ? 2 : 1
        return isSeveral ? vocabulary.sections : vocabulary.section
    }

    /// An abbreviation such as `e.g.` or `z. B.`, and one such as `No.` before a number.
    private mutating func abbreviation() -> String? {
        guard let first = word(0) else { return nil }
        // The longest of `i. d. R.` and its beginnings.
        var name = first.lowercased()
        var end = 1
        var found: (String, Int)?
        while isMark(end, ".") {
            let number = afterSpace(end + 1)
            if let words = vocabulary.abbreviations[name] {
                found = (words, end + 1)
            } else if let words = vocabulary.beforeNumber[name], isNumber(number) {
                found = (words, end + 1)
            }
            guard let next = word(number), next.count <= 2, name.split(separator: ".").allSatisfy({ $0.count <= 2 })
            else {
                break
            }
            name += "." + next.lowercased()
            end = number + 1
        }
        if found == nil, first.lowercased() == "w", isMark(1, "/"), word(2) == "o" { found = ("without", 3) }
        guard let (said, length) = found else { return nil }
        // The full stop of an abbreviation at the end is also that of the sentence.
        let isLast = position + length == tokens.count
        position += length
        return isLast ? said + "." : said
    }

    private func isNumber(_ offset: Int) -> Bool {
        guard case .number? = token(offset) else { return false }
        return true
    }

    /// A slash: between words `or`, before a unit `per`.
    private mutating func alternative() -> String? {
        guard isMark(0, "/") else { return nil }
        let next = afterSpace(1)
        guard let following = word(next) else {
            guard isNumber(next) else {
                position += 1
                return ""
            }
            return nil
        }
        let isAfterWord = words.last?.isLetter == true || words.last?.isWhitespace == true
        guard isAfterWord else { return nil }
        position += next
        // `and/or` is said without the slash.
        if following == vocabulary.either {
            words += " "
            return ""
        }
        if let unit = vocabulary.units[following] {
            position += 1
            return "\(vocabulary.per) \(unit.one)"
        }
        return Self.periods.contains(following.lowercased()) ? vocabulary.per : vocabulary.either
    }

    /// Words after which a slash before them means `per`.
    private static let periods: Set<String> = [
        "day", "night", "hour", "week", "month", "year", "person", "trip", "kilometre", "tag", "nacht", "stunde",
        "woche", "monat", "jahr", "person", "reise", "kilometer",
    ]

    private mutating func mark() -> String? {
        guard case .mark(let mark)? = token(0) else { return nil }
        let next = afterSpace(1)
        if let said = vocabulary.marksBeforeNumber[mark], isNumber(next) || currency(next) != nil {
            position += next
            return said
        }
        if "-−".contains(mark), isNumber(1), words.last?.isWhitespace != false {
            position += 1
            return vocabulary.minus
        }
        if let said = vocabulary.marks[mark] {
            position += next
            return said
        }
        // A dash between clauses is a pause.
        if "–—".contains(mark), token(1) == .space, words.last?.isWhitespace == true {
            position += 1
            words.removeLast()
            return ","
        }
        guard Self.isSilent(mark) else { return nil }
        position += 1
        return ""
    }

    /// Whether a mark is for eyes only: symbols, and marks that Markdown leaves.
    private static func isSilent(_ mark: Character) -> Bool {
        if "#*_`^•·{}\\©®™<>~".contains(mark) { return true }
        guard let scalar = mark.unicodeScalars.first else { return true }
        return switch scalar.properties.generalCategory {
        case .otherSymbol, .modifierSymbol, .control, .format, .privateUse: mark != "°"
        default: scalar.properties.isEmojiPresentation
        }
    }
}

extension SpokenNumber {
    /// Whether the digits after the separator are zeros, or there are none.
    fileprivate var isRound: Bool { fraction.allSatisfy { $0 == "0" } && fraction.count != 1 || fraction.isEmpty }
}
