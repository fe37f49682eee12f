/// Lines of a name and a value with dots between them: `Sundays ........ 45 euros`.
///
/// Lines of a table of contents have the same form, and are not read.
struct LeaderTable {
    /// The rows of the table.
    let rows: TableBuilder
    /// The index of the first line after the table.
    let end: Int

    private static let minimumDots = 4
    private static let maximumLength = 80
    /// More numbers that do not decrease are those of pages.
    private static let maximumNumbers = 8

    /// Reads the table that starts at a line; nil if there is none.
    ///
    /// - Parameters:
    ///   - lines: The lines of the file.
    ///   - start: The index of the line.
    ///   - titles: The letters of the lines without dots, by which a table of contents is recognized.
    init?(_ lines: [LayoutLine], at start: Int, titles: Set<String>) {
        // The lines below one that starts no table were read with it.
        guard start == 0 || !Self.hasDots(lines[start - 1].text) else { return nil }
        var pairs: [(name: String, value: String)] = []
        var position = start
        while position < lines.count, let line = Self.pairs(of: lines[position]) {
            pairs += line
            position += 1
        }
        guard position - start > 1, !Self.areContents(pairs, titles) else { return nil }
        var table = TableBuilder(rowsAs: .words)
        table.firstRowIsHeader = false
        for (name, value) in pairs {
            table.beginRow()
            table.addCell(name)
            table.addCell(value)
        }
        rows = table
        end = position
    }

    /// The letters of the lines without dots.
    static func titles(of lines: [LayoutLine]) -> Set<String> {
        guard lines.contains(where: { hasDots($0.text) }) else { return [] }
        return Set(lines.lazy.map(\.text).filter { $0.utf8.count <= maximumLength && !hasDots($0) }.map(letters))
    }

    private static func letters(of text: String) -> String {
        text.lowercased().filter(\.isLetter)
    }

    private static func hasDots(_ text: String) -> Bool {
        text.contains("....") || text.contains(". . . .")
    }

    /// Whether the values may be the numbers of pages.
    private static func areContents(_ pairs: [(name: String, value: String)], _ titles: Set<String>) -> Bool {
        let numbers = pairs.map { Int($0.value) }
        guard numbers.allSatisfy({ $0 != nil }) else {
            return pairs.allSatisfy { $0.value.allSatisfy { $0.isWholeNumber || "ivxlcIVXLC".contains($0) } }
        }
        let isAscending = zip(numbers, numbers.dropFirst()).allSatisfy { ($0 ?? 0) <= ($1 ?? 0) }
        return isAscending && pairs.count >= maximumNumbers
            || pairs.contains { $0.name.first?.isNumber == true || titles.contains(letters(of: $0.name)) }
    }

    /// The names and values of a line; nil if it has none.
    private static func pairs(of line: LayoutLine) -> [(name: String, value: String)]? {
        guard line.text.utf8.count <= LayoutLine.maximumLength, hasDots(line.text) else { return nil }
        let parts = line.segments.map { pair(of: $0.text) }
        if line.segments.count > 1, parts.allSatisfy({ $0 != nil }) { return parts.compactMap(\.self) }
        return pair(of: line.text).map { [$0] }
    }

    private static func pair(of text: String) -> (name: String, value: String)? {
        var start: String.Index?
        var dots = 0
        for index in text.indices {
            switch text[index] {
            case ".":
                if start == nil { start = index }
                dots += 1
            case " ": continue
            case _ where dots >= minimumDots:
                let name = text[..<(start ?? index)].trimmingBlanks
                let value = text[index...]
                guard name.contains(where: \.isLetter), value.utf8.count <= maximumLength, !hasDots(String(value))
                else {
                    return nil
                }
                return (String(name), String(value))
            default:
                start = nil
                dots = 0
            }
        }
        return nil
    }
}
