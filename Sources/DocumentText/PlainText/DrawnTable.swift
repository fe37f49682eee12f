/// A table that is drawn with characters: `|` separates its cells, and rules such as `+---+---+` separate its rows.
struct DrawnTable {
    /// The rows of the table.
    let rows: TableBuilder
    /// The index of the first line after the table.
    let end: Int

    private static let bars: Set<Character> = ["|", "│", "┃", "║", "¦"]
    private static let ruleMarks = Set("+-=|:─━═│┃║┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╟╫╢┏┳┓┣╋┫┗┻┛┠╂┨┯┷╓╥╖╙╨╜ ")

    /// Reads the table that starts at a line; nil if there is none.
    init?(_ lines: [LayoutLine], at start: Int) {
        guard Self.isRule(lines[start].text) || Self.cells(of: lines[start].text) != nil else { return nil }
        // The lines between two rules, which may be the lines of one row.
        var groups: [[[String]]] = [[]]
        var hasDoubleRule = false
        var position = start
        while position < lines.count {
            let text = lines[position].text
            if Self.isRule(text) {
                // A rule below a rule separates nothing.
                if groups.last?.isEmpty == true, position > start { break }
                if groups.last?.isEmpty == false { groups.append([]) }
                if groups.count == 2, text.contains("=") || text.contains("═") { hasDoubleRule = true }
            } else if let cells = Self.cells(of: text), cells.count == (groups[0].first?.count ?? cells.count) {
                groups[groups.count - 1].append(cells)
            } else {
                break
            }
            position += 1
        }
        groups.removeAll(where: \.isEmpty)
        guard let first = groups.first, position - start > 1, groups.reduce(0, { $0 + $1.count }) > 1 else {
            return nil
        }
        var table = TableBuilder(rowsAs: .words)
        // With rules after every row, each group is one row; a single inner rule is below the header.
        let isRuled = groups.count > 2
        if groups.count == 2 || hasDoubleRule { table.firstRowIsHeader = true }
        for (number, group) in groups.enumerated() {
            let isOneRow = isRuled || number == 0 && groups.count > 1 && first.count <= 3
            for row in isOneRow ? [Self.joined(group)] : WrappedRows.joined(group, header: groups.count > 1 ? 0 : 1) {
                table.beginRow()
                for cell in row { table.addCell(cell) }
            }
        }
        rows = table
        end = position
    }

    /// The cells of the lines of one row.
    private static func joined(_ lines: [[String]]) -> [String] {
        guard let first = lines.first else { return [] }
        return first.indices.map { column in
            lines.map { $0[column] }.filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    private static func isRule(_ text: String) -> Bool {
        text.utf8.count >= 3 && text.utf8.count <= 1_200 && text.first.map { "+|┌├└╔╠╚╒╞╘╟┏┣┗┠╓╙".contains($0) } == true
            && text.allSatisfy { ruleMarks.contains($0) } && text.contains { "-=─━═".contains($0) }
    }

    private static func cells(of text: String) -> [String]? {
        guard let first = text.first, bars.contains(first), let last = text.last, bars.contains(last), text.count > 2,
            text.utf8.count <= 4_096
        else { return nil }
        let inner = text.dropFirst().dropLast()
        return inner.split(omittingEmptySubsequences: false) { bars.contains($0) }.map(\.onOneLine)
    }
}
