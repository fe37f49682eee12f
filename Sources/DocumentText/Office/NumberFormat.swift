/// A number format of a workbook, such as `[<1]0%;0.00 "€"`: up to three sections for numbers, and one for texts.
///
/// Without conditions in brackets, the first section is for positive numbers, the second for negative ones and the third
/// for zero; a section that is missing is the first.
struct NumberFormat: Sendable {
    private var sections: [NumberFormatSection]

    /// The maximum size of a code, in bytes; a number of a longer one is shown as it is.
    private static let maximumCodeBytes = 1_000

    /// The format of numbers as they are.
    static let general = NumberFormat(code: "General")

    /// Reads a code.
    init(code: String) {
        guard code.utf8.count <= Self.maximumCodeBytes else {
            sections = [NumberFormatSection("General")]
            return
        }
        sections = Self.parts(of: code).map { NumberFormatSection($0) }
    }

    /// Whether cells with a text are not shown.
    var hidesTexts: Bool { sections.count > 3 && sections[3].isEmpty }

    /// A number as it is shown; empty if it is not.
    func text(of value: Double, countsFrom1904: Bool) -> String {
        guard let place = place(for: value) else { return NumberText.plain(value) }
        let section = sections[place]
        guard value < 0, isOfNegatives(place) else { return section.text(of: value, countsFrom1904: countsFrom1904) }
        // Only the literals tell that the number is negative; where they do not, a colour does, which is not read.
        let positive = place > 0 ? sections[0].words : ""
        if section.hasMinus || !section.words.isEmpty && section.words != positive {
            return section.text(of: -value, countsFrom1904: countsFrom1904)
        }
        return section.withoutParentheses.text(of: value, countsFrom1904: countsFrom1904)
    }

    /// The section for a number; nil if none of the conditions holds.
    private func place(for value: Double) -> Int? {
        let numbers = sections.prefix(3)
        for (place, section) in numbers.enumerated() {
            guard let condition = section.condition ?? implicitCondition(of: place) else { return place }
            if condition.holds(for: value) { return place }
        }
        return numbers.contains { $0.condition != nil } ? nil : 0
    }

    /// The condition of a section that has none; nil if it is for all other numbers.
    private func implicitCondition(of place: Int) -> NumberFormatSection.Condition? {
        let count = min(sections.count, 3)
        guard count > 1, place < count - 1 else { return nil }
        if place == 1 { return .init(comparison: "<", limit: 0) }
        return .init(comparison: count == 2 && sections[1].condition == nil ? ">=" : ">", limit: 0)
    }

    /// Whether all numbers of a section are negative.
    private func isOfNegatives(_ place: Int) -> Bool {
        if let condition = sections[place].condition { return condition.isOfNegatives }
        guard place == 1 else { return false }
        guard sections.count == 2, let first = sections[0].condition else { return true }
        return first.limit == 0 && [">", ">="].contains(first.comparison)
    }

    /// The parts of a code between semicolons, which may also be in literals.
    private static func parts(of code: String) -> [Substring] {
        var parts: [Substring] = []
        var start = code.startIndex
        var position = code.startIndex
        var closing: Character?
        while position < code.endIndex {
            let mark = code[position]
            if let end = closing {
                if mark == end { closing = nil }
            } else if mark == "\"" {
                closing = "\""
            } else if mark == "[" {
                closing = "]"
            } else if "\\_*".contains(mark) {
                position = code.index(after: position)
                if position == code.endIndex { break }
            } else if mark == ";" {
                parts.append(code[start..<position])
                start = code.index(after: position)
            }
            position = code.index(after: position)
        }
        return Array((parts + [code[start...]]).prefix(4))
    }
}
