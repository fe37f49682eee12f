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
            } else if let cells = Self.cells(of: text), Self.continues(groups, with: cells.count) {
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
        // With rules after every row, each group is one row; otherwise the first inner rule is below the header.
        let isRuled = groups.count > 2 && !groups.dropFirst().contains(where: Self.areSeveral)
        if groups.count == 2 || hasDoubleRule || !isRuled && groups.count > 2 && first.count == 1 {
            table.firstRowIsHeader = true
        }
        for (number, group) in groups.enumerated() {
            let isOneRow = isRuled || number == 0 && groups.count > 1 && first.count <= 3 || group[0].count == 1
            for row in isOneRow ? [Self.joined(group)] : WrappedRows.joined(group, header: groups.count > 1 ? 0 : 1) {
                table.beginRow()
                for cell in row { table.addCell(cell, spanning: row.count == 1 ? first[0].count : 1) }
            }
        }
        rows = table
        end = position
    }

    /// Whether a line with so many cells is of the table: as many as the others, or one, between rules, that covers all columns.
    private static func continues(_ groups: [[[String]]], with count: Int) -> Bool {
        guard let columns = groups[0].first?.count, let group = groups.last else { return true }
        return count == (group.first?.count ?? count) && (count == columns || count == 1 && groups.count > 1)
    }

    /// Whether the lines between two rules are several rows: two that begin with a name have figures in a column, or more than
    /// two have words in all cells, none of which goes on from the line above.
    private static func areSeveral(_ lines: [[String]]) -> Bool {
        guard lines.count > 1, lines[0].count > 1 else { return false }
        func begins(_ cell: String) -> Bool { cell.first.map { !$0.isLowercase } ?? false }
        let areFull = lines.count > 2 && lines.joined().allSatisfy(begins)
        return areFull
            || zip(lines, lines.dropFirst()).contains { line, next in
                begins(line[0]) && begins(next[0])
                    && zip(line, next).dropFirst().contains { $0.beginsWithFigure && $1.beginsWithFigure }
            }
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
