/// Names of rows that are written in the first row of a group only.
enum RepeatedKeys {
    /// The maximum number of rows that are searched for evidence.
    private static let maximumRows = 200

    /// The rows, with the name of their group in each.
    ///
    /// A row without a name may also be one whose name is unknown. It is taken for one of the group above only if the cells
    /// next to the names are different within each group, and the same in several groups, such as `Summer` and `Winter`, or
    /// if there are more than two groups with equally many rows.
    static func filled(_ rows: ArraySlice<TableBuilder.Row>) -> ArraySlice<TableBuilder.Row> {
        guard rows.first?.cells.first?.column == 0, rows.contains(where: { $0.cells.first?.column == 1 }),
            areGroups(rows.prefix(maximumRows))
        else { return rows }
        var filled = rows
        var key: TableBuilder.Cell?
        for index in filled.indices {
            guard let first = filled[index].cells.first, first.width == 1 else {
                key = nil
                continue
            }
            if first.column == 0 {
                key = filled[index].cells.count > 1 ? first : nil
            } else if var repeated = key, first.column == 1 {
                repeated.text = repeated.text.shortened(toBytes: TableBuilder.maximumRepetitionBytes)
                repeated.isRepeated = true
                filled[index].cells.insert(repeated, at: 0)
            }
        }
        return filled
    }

    private static func areGroups(_ rows: ArraySlice<TableBuilder.Row>) -> Bool {
        var groups: [[String]] = []
        for row in rows where row.cells.count > 1 {
            guard let cell = row.cells.first(where: { $0.column == 1 }), !cell.text.beginsWithFigure else {
                return false
            }
            if row.cells[0].column == 0 { groups.append([]) }
            guard !groups.isEmpty else { return false }
            groups[groups.count - 1].append(cell.text)
        }
        let several = groups.filter { $0.count > 1 }
        guard several.count > 1, groups.allSatisfy({ Set($0).count == $0.count }) else { return false }
        let areOfOneSize = groups.count > 2 && Set(groups.map(\.count)).count == 1
        return areOfOneSize || several.dropFirst().contains { !Set($0).isDisjoint(with: several[0]) }
    }
}
