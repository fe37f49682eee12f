/// Forms: tables whose columns are labels and their values in turn.
enum PairedColumns {
    /// The maximum number of rows of a form.
    private static let maximumRows = 100

    /// The rows of a form as rows of a label and its value each; those of another table as they are.
    ///
    /// A table is a form if all labels, but no values, are in bold type or end with a colon.
    static func inPairs(_ rows: ArraySlice<TableBuilder.Row>) -> ArraySlice<TableBuilder.Row> {
        guard rows.count <= maximumRows, (rows.map(\.cells.count).max() ?? 0) > 2 else { return rows }
        let cells = rows.flatMap(\.cells)
        guard cells.allSatisfy({ $0.width == 1 && !$0.isRepeated && !$0.isHeader }) else { return rows }
        let labels = cells.filter { $0.column.isMultiple(of: 2) }
        let values = cells.filter { !$0.column.isMultiple(of: 2) }
        let areMarked =
            labels.allSatisfy(\.isBold) && !values.contains(where: \.isBold)
            || labels.allSatisfy { $0.text.last == ":" } && !values.contains { $0.text.last == ":" }
        guard areMarked, !values.isEmpty else { return rows }
        var pairs: [TableBuilder.Row] = []
        for row in rows {
            for label in row.cells where label.column.isMultiple(of: 2) {
                var pair = TableBuilder.Row(cells: [label], width: 2)
                pair.cells += row.cells.filter { $0.column == label.column + 1 }
                for index in pair.cells.indices { pair.cells[index].column -= label.column }
                pairs.append(pair)
            }
        }
        return pairs[...]
    }
}
