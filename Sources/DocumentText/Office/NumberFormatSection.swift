/// A section of a number format: how the numbers are shown that it is for.
struct NumberFormatSection: Sendable {
    /// A condition such as `[>=1000]`.
    struct Condition: Sendable {
        var comparison: String
        var limit: Double

        /// Whether it is true for no number but negative ones.
        var isOfNegatives: Bool {
            comparison == "<" && limit <= 0 || ["<=", "="].contains(comparison) && limit < 0
        }

        /// Whether it is true for a number.
        func holds(for value: Double) -> Bool {
            switch comparison {
            case "<": value < limit
            case "<=": value <= limit
            case ">": value > limit
            case ">=": value >= limit
            case "<>": value != limit
            default: value == limit
            }
        }
    }

    private enum Content: Sendable {
        /// The number as it is.
        case general
        case date
        case time(hasSeconds: Bool)
        /// Hours and minutes that are not a time of day, and may be more than 24 hours.
        case elapsed(hasSeconds: Bool)
        /// Literals without a number.
        case literal
        case number(Digits)
    }

    /// The figures of a number.
    private struct Digits: Sendable {
        var decimals = 0
        /// How many figures are before the decimals at least.
        var least = 1
        /// How many thousands the number is shown in: `1` for thousands, `2` for millions.
        var thousands = 0
        var isPercent = false
        /// Whether the figure of zero is shown.
        var showsZero = true
        /// The figures, as zeros, with literals between them, such as `00/00`; empty without such literals.
        var pattern = ""
    }

    /// The condition of the section; nil if its place tells what it is for.
    private(set) var condition: Condition?
    private var content = Content.literal
    private var before = ""
    private var after = ""

    /// The maximum size of the text before or after a number, in bytes.
    private static let maximumLiteralBytes = 100

    /// Reads a section of a code such as `#,##0.00 "€"`.
    init(_ code: Substring) {
        var marks = ""
        var isElapsed = false
        var isGeneral = false
        var isColored = false
        // Literals behind the last figure so far.
        var literals = ""
        var pattern = ""
        var rest = code
        func add(_ text: some StringProtocol) {
            if pattern.isEmpty, !isGeneral { before += text } else { literals += text }
        }
        while let mark = rest.popFirst() {
            switch mark {
            case "\"":
                add(rest.prefix { $0 != "\"" })
                rest = rest.drop { $0 != "\"" }.dropFirst()
            case "[":
                let inner = rest.prefix { $0 != "]" }
                rest = rest.dropFirst(inner.count + 1)
                if inner.first == "$" { add(inner.dropFirst().prefix { $0 != "-" }) }
                if let condition = Self.condition(inner) { self.condition = condition }
                if ["h", "hh", "m", "mm", "s", "ss"].contains(inner.lowercased()) {
                    isElapsed = true
                    marks += inner.lowercased()
                }
                isColored = inner.first != "$"
            case "\\": if let next = rest.popFirst() { add(String(next)) }
            case "_", "*": _ = rest.popFirst()
            case "g", "G":
                guard rest.prefix(6).lowercased() == "eneral" else { continue }
                rest = rest.dropFirst(6)
                isGeneral = true
            case "@": isGeneral = true
            case "0", "#", "?":
                pattern += literals + "0"
                literals = ""
                marks.append(mark)
            // The denominator of a fraction.
            case "1"..."9" where marks.contains("/"): break
            case _ where mark.isLetter || ".,%/".contains(mark): marks += mark.lowercased()
            default: add(String(mark))
            }
        }
        before = before.shortened(toBytes: Self.maximumLiteralBytes)
        after = literals.shortened(toBytes: Self.maximumLiteralBytes)
        content =
            isElapsed
            ? .elapsed(hasSeconds: marks.contains("s"))
            : Self.content(marks, pattern: pattern)
                ?? (isGeneral || isColored && before.isEmpty ? .general : .literal)
    }

    /// Whether nothing is shown.
    var isEmpty: Bool {
        if case .literal = content { return before.onOneLine.isEmpty }
        return false
    }

    /// The literals' letters.
    var words: String { (before + " " + after).filter { $0.isLetter || $0.isCurrencySymbol } }

    /// Whether a literal before the number is a minus sign.
    var hasMinus: Bool { before.contains { "-–−".contains($0) } }

    /// The section without parentheses around the number.
    var withoutParentheses: Self {
        guard before.contains("("), after.contains(")") else { return self }
        var section = self
        section.before.removeAll { $0 == "(" }
        section.after.removeAll { $0 == ")" }
        return section
    }

    /// A number as it is shown.
    func text(of value: Double, countsFrom1904: Bool) -> String {
        let shown: String
        switch content {
        case .date: return NumberText.date(value, countsFrom1904: countsFrom1904)
        case .time(let hasSeconds): return NumberText.time(value, hasSeconds: hasSeconds)
        case .elapsed(let hasSeconds): return NumberText.elapsed(value, hasSeconds: hasSeconds)
        case .literal: return before.onOneLine
        case .general: shown = NumberText.plain(value)
        case .number(let digits): shown = Self.text(of: value, digits)
        }
        let (before, after) = (literal(before: value).onOneLine, self.after.onOneLine)
        let isApart = self.before.last?.isWhitespace == true || Self.endsWithWord(before)
        let isAfterApart = self.after.first.map { $0.isWhitespace || Self.isOfUnit($0) } == true
        return before + (before.isEmpty || !isApart ? "" : " ") + shown + (after.isEmpty || !isAfterApart ? "" : " ")
            + after
    }

    /// The literal before a number; without a dash that stands for the figure of zero, as in `"-"??`.
    private func literal(before value: Double) -> String {
        guard value == 0, case .number(let digits) = content, !digits.showsZero else { return before }
        return before.filter { !"-–−".contains($0) }
    }

    /// Whether a sign is part of a unit.
    private static func isOfUnit(_ sign: Character) -> Bool {
        sign.isLetter || sign.isCurrencySymbol || "%‰".contains(sign)
    }

    /// Whether a literal ends with a currency's symbol or with a word, which a single letter such as that of `E15` is not.
    private static func endsWithWord(_ literal: String) -> Bool {
        guard let last = literal.last else { return false }
        return last.isCurrencySymbol || literal.suffix(2).count > 1 && literal.suffix(2).allSatisfy(\.isLetter)
    }

    private static func text(of value: Double, _ digits: Digits) -> String {
        let scaled = (0..<digits.thousands).reduce(digits.isPercent ? value * 100 : value) { value, _ in value / 1000 }
        let shown = NumberText.padded(NumberText.fixed(scaled, decimals: digits.decimals), to: digits.least)
        return (digits.pattern.isEmpty ? shown : filled(digits.pattern, shown)) + (digits.isPercent ? " %" : "")
    }

    /// The figures of a number at the zeros of a pattern, from its end.
    private static func filled(_ pattern: String, _ number: String) -> String {
        var figures = Array(number.drop { $0 == "-" })
        var text: [Character] = []
        for mark in pattern.reversed() {
            guard let figure = figures.last else { break }
            if mark == "0" { figures.removeLast() }
            text.append(mark == "0" ? figure : mark)
        }
        return number.prefix { $0 == "-" } + String(figures) + String(text.reversed())
    }

    /// The content that marks stand for; nil if they are not of a number.
    private static func content(_ marks: String, pattern: String) -> Content? {
        func has(_ signs: String) -> Bool { marks.contains { signs.contains($0) } }
        let isNumber = !pattern.isEmpty
        if has("yd") { return .date }
        if has("hs") { return .time(hasSeconds: has("s")) }
        if has("m"), !isNumber { return .date }
        guard isNumber else { return nil }
        // A fraction or a power of ten is shown as a decimal number.
        guard !has("e/") else { return .general }
        let isPlain = pattern.allSatisfy { $0 == "0" } || has(".,")
        return .number(digits(marks, pattern: isPlain ? "" : pattern))
    }

    /// The figures that marks such as `#,##0.00` stand for; a comma behind the last of them divides by a thousand.
    private static func digits(_ marks: String, pattern: String) -> Digits {
        let parts = marks.filter { "0#?.,".contains($0) }.split(
            separator: ".",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let whole = parts.first ?? ""
        let decimals = parts.count > 1 ? parts[1] : ""
        let last = parts.count > 1 ? decimals : whole
        return Digits(
            decimals: min(decimals.prefix { "0#?".contains($0) }.count, 10),
            least: min(max(whole.count { $0 == "0" }, 1), 20),
            thousands: min(last.reversed().prefix { $0 == "," }.count, 3),
            isPercent: marks.contains("%"),
            showsZero: marks.contains("0"),
            pattern: pattern
        )
    }

    private static func condition(_ code: Substring) -> Condition? {
        let comparison = code.prefix { "<>=".contains($0) }
        guard !comparison.isEmpty, let limit = Double(code.dropFirst(comparison.count)) else { return nil }
        return Condition(comparison: String(comparison), limit: limit)
    }
}
