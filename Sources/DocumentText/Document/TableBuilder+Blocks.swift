extension TableBuilder {
    /// The maximum number of grid positions for each cell of a table that is not sparse.
    private static let maximumPositionsPerCell = 8
    /// The maximum number of rows of a label and its value above a table.
    private static let maximumLabels = 10
    /// The minimum number of cells of the first row below such rows.
    private static let minimumCellsBelowLabels = 4

    /// Adds the rows to a document.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    func append(to document: inout DocumentBuilder) throws(ExtractionError) {
        var filled = filledRows
        // A row of one cell above rows of several is the title of the table.
        while let title = filled.first, title.cells.count == 1, !title.cells[0].isHeader || title.width > 1,
            filled.dropFirst().contains(where: { $0.cells.count > 1 }),
            firstRowIsHeader != true || title.cells[0].width > 1
        {
            try document.append(.paragraph(title.cells[0].text))
            filled = filled.dropFirst()
        }
        let parts = Self.partsByHeaders(filled)
        guard parts.count < 2 else {
            for rows in parts {
                var part = TableBuilder(rowsAs: form, rows: Array(rows))
                part.label = label
                try part.append(to: &document)
            }
            return
        }
        if firstRowIsHeader == nil {
            let labels = Self.labels(above: filled)
            if !labels.isEmpty {
                try TableBuilder(rowsAs: form, rows: labels.map(Self.asRecord)).append(to: &document)
                filled = filled.dropFirst(labels.count)
            }
            let tables = Self.tables(in: filled, below: labels)
            guard tables.count < 2 else {
                for table in tables {
                    var part = TableBuilder(rowsAs: form, rows: table)
                    part.label = label
                    try part.append(to: &document)
                }
                return
            }
            filled = ColumnGroups.widened(PairedColumns.inPairs(filled))
        }
        document.beginTable(isSparse: Self.areSparse(filled))
        defer { document.endTable() }
        let header = TableHeader(of: filled, firstRowIsHeader: firstRowIsHeader)
        for row in filled.prefix(header.rowCount) {
            document.appendRow(
                row.cells.map { .init(text: $0.text, column: $0.column, width: $0.width) },
                isHeader: true
            )
            // A name whose repetitions are shortened is written whole once.
            if row.cells.contains(where: { $0.text.utf8.count > Self.maximumRepetitionBytes }) {
                try document.append(.tableRow(row.cells.map(\.text).joined(separator: "; ")))
            }
        }
        let body = RepeatedKeys.filled(filled.dropFirst(header.rowCount))
        let groups = RowGroups(of: body, isNamed: header.rowCount > 0)
        let outline = RowOutline(of: body, isNamed: header.rowCount > 0)
        var lines = TableLines(
            form: form,
            header: header,
            keyColumns: Self.keyColumns(of: body),
            columns: Self.usedColumns(of: filled)
        )
        lines.group = label
        for (place, row) in zip(body.indices, body) where !header.isRepeated(in: row) {
            if let label = groups.label(of: place) {
                lines.group = label
                try document.append(.tableRow(label))
                document.appendRow([.init(text: label, column: 0, width: row.cells[0].width)], isHeader: false)
                continue
            }
            if groups.isOutside(place) { lines.group = nil }
            if outline.isUsed { lines.group = outline.names[place] }
            // Another text across the table ends the group.
            if row.cells.count == 1, row.cells[0].column == 0, row.cells[0].width > 1 { lines.group = nil }
            let repeated = row.cells.reduce(0) { $0 + ($1.isRepeated ? $1.text.utf8.count : 0) }
            document.record(.mergedCells, bytes: repeated)
            try lines.append(row, isRemark: groups.isRemark(place), to: &document)
        }
        if header.rowCount == 0, filled.count > 2, filled.contains(where: { $0.cells.count > 2 }) {
            document.warn("A table has no header row: its rows are read without the names of their columns.")
        }
    }

    /// The parts of a table, each below a row that the source marks as a header with other names than those above.
    private static func partsByHeaders(_ rows: ArraySlice<Row>) -> [ArraySlice<Row>] {
        func isHeader(_ place: Int) -> Bool {
            rows[place].cells.count > 1 && rows[place].cells.allSatisfy { $0.isHeader && !$0.isRepeated }
        }
        guard let first = rows.first, isHeader(rows.startIndex) else { return [rows] }
        let starts = rows.indices.dropFirst().dropLast().filter { place in
            isHeader(place) && !rows[place - 1].cells.allSatisfy(\.isHeader)
                && !rows[place + 1].cells.allSatisfy(\.isHeader)
                && rows[place].cells.map(\.columns) == first.cells.map(\.columns)
                && rows[place].cells.map(\.text) != first.cells.map(\.text)
        }
        let bounds = [rows.startIndex] + starts + [rows.endIndex]
        return zip(bounds, bounds.dropFirst()).map { rows[$0..<$1] }
    }

    /// Whether the first rows below its titles name the columns.
    var hasHeader: Bool {
        let rows = ColumnGroups.widened(filledRows.drop { $0.cells.count == 1 })
        return TableHeader(of: rows, firstRowIsHeader: firstRowIsHeader).rowCount > 0
    }

    /// The rows of a label and its value above a wider table.
    private static func labels(above rows: ArraySlice<Row>) -> ArraySlice<Row> {
        let labels = rows.prefix(while: isPair)
        let rest = rows.dropFirst(labels.count)
        guard labels.count <= maximumLabels, rest.count > 1, let first = rest.first,
            first.cells.count >= minimumCellsBelowLabels
        else { return [] }
        return labels
    }

    /// Whether a row is two cells only, in the first columns.
    private static func isPair(_ row: Row) -> Bool { row.cells.map(\.columns) == [0..<1, 1..<2] }

    /// A row that is no header although all of its cells are marked as one.
    private static func asRecord(_ row: Row) -> Row {
        guard row.cells.allSatisfy(\.isHeader) else { return row }
        var record = row
        for cell in record.cells.indices { record.cells[cell].isHeader = false }
        return record
    }

    /// The tables that rows are: each but the first begins with labels and their values, above the same names of columns.
    ///
    /// Such rows may also be records. They are taken for labels only if they are named like those above the first table, or
    /// if the names end with a colon.
    private static func tables(in rows: ArraySlice<Row>, below labels: ArraySlice<Row>) -> [[Row]] {
        guard var names = rows.first, names.cells.count >= minimumCellsBelowLabels,
            TableHeader(of: rows, firstRowIsHeader: nil).rowCount == 1
        else { return [] }
        for cell in names.cells.indices { names.cells[cell].isHeader = true }
        let (texts, keys) = (names.cells.map(\.text), labels.map(\.cells[0].text))
        var tables: [[Row]] = []
        var table: [Row] = [names]
        for row in rows.dropFirst() {
            guard row.cells.map(\.text) == texts else {
                table.append(row)
                continue
            }
            let pairs = table.dropFirst().suffix(maximumLabels).reversed().prefix(while: isPair)
            let isLike =
                !keys.isEmpty && pairs.count >= keys.count
                && pairs.prefix(keys.count).reversed().map(\.cells[0].text) == keys
            let count = isLike ? keys.count : pairs.prefix { $0.cells[0].text.last == ":" }.count
            guard count > 0, table.count > count + 1 else {
                table.append(row)
                continue
            }
            tables.append(table.dropLast(count))
            table = table.suffix(count) + [names]
        }
        return tables + [table]
    }

    /// The columns in which cells of several rows begin, in their order.
    private static func usedColumns(of rows: ArraySlice<Row>) -> [Int] {
        var counts: [Int: Int] = [:]
        for cell in rows.lazy.flatMap(\.cells) { counts[cell.column, default: 0] += 1 }
        return counts.filter { $0.value > 1 }.keys.sorted()
    }

    /// Whether rows have many more grid positions than cells with text.
    private static func areSparse(_ rows: ArraySlice<Row>) -> Bool {
        let cells = rows.reduce(0) { $0 + $1.cells.count }
        let positions = rows.reduce(0) { $0 + ($1.cells.last?.columns.upperBound ?? 0) }
        return positions > maximumPositionsPerCell * (cells + maximumPositionsPerCell)
    }

    /// The maximum number of words of a cell that names a row together with the one before it.
    private static let maximumWordsOfKey = 8

    /// How many of the first columns name a row: more than one where the first is the same in several rows, or only
    /// counts them, and the next has short texts.
    private static func keyColumns(of rows: ArraySlice<Row>) -> Int {
        let (maximumColumns, maximumRows) = (3, 200)
        let keys = rows.prefix(maximumRows).map { row in row.cells.prefix { $0.column < maximumColumns } }
            .filter { $0.count > 1 }
        for count in 1..<maximumColumns {
            let names = keys.map { cells in cells.filter { $0.column < count }.map(\.text) }
            let isCounter = names.allSatisfy { $0.last.map { $0.allSatisfy(\.isNumber) } ?? true }
            if Set(names).count == names.count, !isCounter { return count }
            let isNextShort = keys.joined().allSatisfy { $0.column != count || $0.text.wordCount <= maximumWordsOfKey }
            if !isNextShort { return count }
        }
        return keys.isEmpty || keys.contains { $0.count < maximumColumns } ? 1 : maximumColumns - 1
    }
}
