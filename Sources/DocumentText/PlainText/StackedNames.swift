/// The names of a table's columns on two lines, of which the lower one has the same words above several columns: `Employee`
/// and `Employer` above `share` and `share`.
enum StackedNames {
    /// Whether a line has the upper parts of the names in the next one: each stands above one column, and the columns
    /// with the same words below have different ones above.
    static func areAt(_ start: Int, of lines: [LayoutLine]) -> Bool {
        guard start + 1 < lines.count else { return false }
        let (upper, names) = (lines[start].segments, lines[start + 1].segments)
        guard upper.count > 1, upper.count <= names.count, Set(names.map(\.text)).count < names.count,
            (upper + names).allSatisfy({ $0.text.contains(where: \.isLetter) })
        else { return false }
        let parts = names.map { part(above: $0, in: upper) }
        guard Set(parts.compactMap { $0 }).count == upper.count, parts.count(where: { $0 != nil }) == upper.count else {
            return false
        }
        let whole = zip(parts, names).map { "\($0 ?? "") \($1.text)" }
        return Set(whole).count == names.count
    }

    /// The rows of a table with the names on two lines in its first row; nil if that row is another one.
    ///
    /// - Parameters:
    ///   - table: The table that starts at the lower line.
    ///   - start: The index of the upper line.
    ///   - lines: The lines.
    /// - Returns: The table.
    static func joined(_ table: TableBuilder, at start: Int, of lines: [LayoutLine]) -> TableBuilder? {
        let (upper, names) = (lines[start].segments, lines[start + 1].segments)
        guard table.hasHeader, var first = table.rows.first, first.cells.map(\.text) == names.map(\.text) else {
            return nil
        }
        for (place, name) in names.enumerated() {
            if let part = part(above: name, in: upper) { first.cells[place].text = part + " " + name.text }
        }
        var joined = TableBuilder(rowsAs: table.form, rows: [first] + table.rows.dropFirst())
        joined.firstRowIsHeader = table.firstRowIsHeader
        return joined
    }

    private static func part(above name: LayoutLine.Segment, in upper: [LayoutLine.Segment]) -> String? {
        let parts = upper.filter { $0.columns.overlaps(name.columns) }
        return parts.count == 1 ? parts[0].text : nil
    }
}
