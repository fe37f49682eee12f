/// Rows of a table that name its columns: years, steps, dates or ages above figures, and words above marks.
///
/// A row of figures may also be a record. It is taken for names only if its cells are a series, and none below is of its
/// kind.
enum HeaderSeries {
    /// The maximum number of columns of such a table.
    private static let maximumColumns = 64
    /// The maximum number of words of a name.
    private static let maximumWords = 8
    /// The minimum number of marks.
    private static let minimumMarks = 4

    /// Whether a row names the columns of the rows below.
    static func names(_ first: TableBuilder.Row, of body: ArraySlice<TableBuilder.Row>) -> Bool {
        let lead = first.cells.first { $0.column == 0 }
        let names = first.cells.filter { $0.column > 0 }
        guard names.count > 1, names.count <= maximumColumns, body.count > (lead == nil ? 0 : 1),
            names.allSatisfy({ $0.width == 1 && !$0.isRepeated }), Set(names.map(\.text)).count == names.count
        else { return false }
        let cells = body.flatMap(\.cells).filter { $0.column > 0 }
        guard !cells.isEmpty, Set(cells.map(\.column)).isSubset(of: names.map(\.column)),
            body.allSatisfy({ $0.cells.count == 1 || $0.cells.first?.column == 0 }),
            lead.map({ !$0.text.beginsWithFigure && $0.text.last != ":" }) ?? true
        else { return false }
        let (texts, below) = (names.map(\.text), cells.map(\.text))
        let figures = below.count(where: \.beginsWithFigure)
        // A column of sums may be beside a series.
        let series = names.filter { $0.text.contains(where: \.isNumber) }
        let columns = Set(series.map(\.column))
        let belowSeries = cells.filter { columns.contains($0.column) }.map(\.text)
        if figures * 2 > below.count, series.count > 1,
            isSeries(series.map(\.text), above: belowSeries, isCornerEmpty: lead == nil)
        {
            return true
        }
        guard texts.allSatisfy({ !$0.beginsWithFigure && $0.wordCount <= maximumWords && $0.last != "." }) else {
            return false
        }
        return areMarks(cells, below: texts)
    }

    private static func isSeries(_ names: [String], above cells: [String], isCornerEmpty: Bool) -> Bool {
        if names.allSatisfy(\.isYear) {
            let years = names.compactMap { Int($0) }
            return !cells.contains(where: \.isYear) && (isCornerEmpty || isEven(years, by: 1) || isEven(years, by: -1))
        }
        let numbers = names.compactMap { $0.first == "0" && $0.count > 1 ? nil : Int($0) }
        if numbers.count == names.count {
            // Steps are less than each of the amounts below, or the amounts are not of their form.
            return numbers[0] == 1 && isEven(numbers, by: 1)
                && cells.allSatisfy { Int($0).map { $0 > numbers.count } ?? true }
        }
        let dates = names.compactMap { Date($0) }
        if dates.count == names.count {
            return !cells.contains { Date($0) != nil } && (isCornerEmpty || dates.count > 2) && areEven(dates)
        }
        let ranges = names.compactMap { start(of: $0) }
        if ranges.count == names.count {
            return zip(ranges, ranges.dropFirst()).allSatisfy { $0 < $1 } && !cells.contains { start(of: $0) != nil }
        }
        if names.allSatisfy(isCode) { return !cells.contains(where: isCode) }
        guard let skeleton = names.first.map({ Self.skeleton(of: $0) }), skeleton.first?.isLetter == true,
            names.allSatisfy({ Self.skeleton(of: $0) == skeleton }),
            !cells.contains(where: { Self.skeleton(of: $0) == skeleton })
        else { return false }
        let counts = names.compactMap { Int($0.filter(\.isNumber)) }
        return counts.count == names.count && isEven(counts, by: 1)
    }

    /// Whether a few texts stand in all columns again and again, such as `x` or `yes`, and none of them is a name.
    private static func areMarks(_ cells: [TableBuilder.Cell], below names: [String]) -> Bool {
        let marks = Set(cells.map(\.text))
        guard cells.count >= minimumMarks, marks.count * 2 <= cells.count, marks.count <= names.count,
            marks.isDisjoint(with: names), !marks.contains(where: \.beginsWithFigure)
        else { return false }
        let columns = Dictionary(grouping: cells, by: \.column).mapValues { Set($0.map(\.text)) }
        // Texts of one column only, such as places, are no marks.
        let shared = marks.filter { mark in columns.count { $0.value.contains(mark) } > 1 }
        return columns.allSatisfy { !$0.value.isDisjoint(with: shared) }
    }

    private static func isEven(_ numbers: [Int], by step: Int) -> Bool {
        zip(numbers, numbers.dropFirst()).allSatisfy { $1 - $0 == step }
    }

    /// A date such as `2026-05-01`.
    private struct Date {
        let months: Int
        let day: Int

        init?(_ text: String) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
                let day = Int(parts[2])
            else { return nil }
            (months, self.day) = (year * 12 + month, day)
        }
    }

    /// Whether dates follow each other by a number of months, or by a number of days of a month.
    private static func areEven(_ dates: [Date]) -> Bool {
        let (months, days) = (dates.map(\.months), dates.map(\.day))
        let (month, day) = (months[1] - months[0], days[1] - days[0])
        return day == 0 && month > 0 && isEven(months, by: month) && isEven(days, by: 0)
            || month == 0 && day > 0 && isEven(days, by: day) && isEven(months, by: 0)
    }

    /// The first number of a range such as `18-29` or `45+`; nil if it is none.
    private static func start(of text: String) -> Int? {
        let parts = text.filter { !$0.isWhitespace }.split(
            omittingEmptySubsequences: false,
            whereSeparator: { "-–+".contains($0) }
        )
        guard parts.count == 2, parts[0].count < 8, let first = Int(parts[0]) else { return nil }
        if text.last == "+" { return parts[1].isEmpty ? first : nil }
        return Int(parts[1]).flatMap { $0 >= first ? first : nil }
    }

    /// Whether a text is a code: capital letters before figures, such as `T-14` or `EG9`.
    private static func isCode(_ text: String) -> Bool {
        let letters = text.prefix(while: \.isUppercase)
        let figures = text.dropFirst(letters.count)
        return !letters.isEmpty && figures.last?.isNumber == true
            && figures.allSatisfy { $0.isNumber || "-./".contains($0) }
    }

    /// A text without its figures.
    private static func skeleton(of text: String) -> String {
        text.filter { !$0.isNumber }
    }
}
