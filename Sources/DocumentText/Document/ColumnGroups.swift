/// The names of groups of columns, each of which is written above the first column of its group only.
enum ColumnGroups {
    /// A table with more columns is not searched for groups.
    private static let maximumColumns = 256
    /// The maximum number of rows that are searched for evidence.
    private static let maximumRows = 200

    /// The rows, whose first one covers the columns of its groups.
    ///
    /// A row is taken for the names of groups only if the names below two of them are the same, such as dates, above
    /// columns of figures.
    static func widened(_ rows: ArraySlice<TableBuilder.Row>) -> ArraySlice<TableBuilder.Row> {
        guard rows.count > 2, let first = rows.first, let names = rows.dropFirst().first?.cells, first.cells.count > 1,
            first.cells.count < names.count, names.count <= maximumColumns,
            first.cells.allSatisfy({ $0.width == 1 && !$0.isRepeated })
        else { return rows }
        let texts = Dictionary(names.map { ($0.column, $0.text) }) { first, _ in first }
        var widened = first
        var groups: [[String]] = []
        for (index, cell) in first.cells.enumerated() {
            let end = index + 1 < first.cells.count ? first.cells[index + 1].column : maximumColumns
            let group = Array((cell.column..<max(cell.column, end)).lazy.map { texts[$0] }.prefix { $0 != nil })
                .compactMap(\.self)
            guard group.count > 1 else { continue }
            widened.cells[index].width = group.count
            groups.append(group)
        }
        let isRepeated = groups.indices.contains { groups[..<$0].contains(groups[$0]) }
        guard isRepeated, groups.allSatisfy({ Set($0).count == $0.count }) else { return rows }
        let columns = widened.cells.filter { $0.width > 1 }.map(\.columns)
        let covered = Set(columns.joined())
        let body = rows.dropFirst(2).prefix(maximumRows).flatMap(\.cells).filter { covered.contains($0.column) }
        let areNamed = zip(columns, groups).allSatisfy { columns, group in
            groups.count { $0 == group } == 1 || hasFigures(columns, named: group, in: body)
        }
        guard areNamed || isOfFigures(body) else { return rows }
        return [widened] + rows.dropFirst()
    }

    private static func isOfFigures(_ cells: [TableBuilder.Cell]) -> Bool {
        cells.count { $0.text.contains(where: \.isNumber) } * 2 > cells.count
    }

    /// Whether a column of a group is of figures below a name without any.
    private static func hasFigures(_ columns: Range<Int>, named names: [String], in body: [TableBuilder.Cell]) -> Bool {
        zip(columns, names).contains { column, name in
            !name.contains(where: \.isNumber) && isOfFigures(body.filter { $0.column == column })
        }
    }
}
