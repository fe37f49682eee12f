/// The tables of a sheet, which may be below each other or side by side.
///
/// Tables are separated by empty rows or columns. A single empty row below names in bold type separates nothing, and an
/// empty column does only if there are names of rows on its right, as a table may have empty columns of its own.
struct SheetTables {
    /// The rows of each table, in reading order: what is on the left comes first.
    private(set) var all: [[SheetRow]] = []

    /// The maximum number of columns of tables that are side by side.
    private static let maximumColumns = 1_024
    /// The maximum depth of tables within each other's columns.
    private static let maximumDepth = 4
    /// The maximum number of empty rows above a table's last rows.
    private static let maximumBlanks = 3
    /// The maximum number of rows of a table that tell what is below it.
    private static let maximumRowsAbove = 20
    /// The maximum number of rows in which names are looked for.
    private static let maximumRows = 200

    /// Divides a sheet.
    init(of rows: [SheetRow]) {
        divide(rows[...], depth: 0)
    }

    /// Whether rows below empty ones are rows of the table above them.
    static func continues(_ table: [SheetRow], in other: [SheetRow]) -> Bool {
        guard !other[0].isHeader, !other[0].cells.isEmpty else { return false }
        if let names = table.firstIndex(where: { $0.cells.count > 1 }), table[names].isBold || table[names].isHeader,
            other[0].blanksAbove == 1, !other.contains(where: \.isBold), hasFigures(other, below: names, of: table)
        {
            return true
        }
        return hasRows(other, below: table)
    }

    /// Whether rows have figures in the columns where a table below its row of names has figures; false if that is unknown.
    static func hasFigures(_ other: [SheetRow], below names: Int, of table: [SheetRow]) -> Bool {
        let columns = Self.columns(of: table[names])
        guard let first = other.first, first.cells.first?.columns.lowerBound == columns.min(),
            other.allSatisfy({ Self.columns(of: $0).isSubset(of: columns) })
        else { return false }
        let figures = columnsOfFigures(table.dropFirst(names + 1))
        guard !figures.isEmpty else { return false }
        let cells = first.cells.filter { figures.contains($0.columns.lowerBound) }
        // Years may be names of columns.
        return !cells.isEmpty && !cells.contains(where: \.isOfWords) && !cells.allSatisfy { $0.text?.isYear == true }
    }

    /// Whether rows below empty ones are rows of the table above them, such as sums and averages: words in its first column,
    /// and amounts in most columns of figures of a table with a header.
    private static func hasRows(_ other: [SheetRow], below table: [SheetRow]) -> Bool {
        let rows = table.prefix(maximumRowsAbove)
        let widest = rows.lazy.map(\.cells.count).max() ?? 0
        guard other[0].blanksAbove <= maximumBlanks, other[0].cells.count * 2 >= widest,
            let start = rows.lazy.compactMap({ $0.cells.first?.columns.lowerBound }).min()
        else { return false }
        let figures = columnsOfFigures(rows).subtracting([start])
        let areRows = other.allSatisfy { row in
            let (name, cells) = (row.cells[0], row.cells.dropFirst())
            return name.columns == start..<(start + 1) && name.isOfWords && cells.count > 1
                && cells.allSatisfy { figures.contains($0.columns.lowerBound) && $0.isAmount }
        }
        return areRows && (other[0].cells.count - 1) * 4 >= figures.count * 3 && Array(rows).table().hasHeader
    }

    /// The columns whose cells are mostly figures.
    static func columnsOfFigures(_ rows: some Sequence<SheetRow>) -> Set<Int> {
        var counts: [Int: (figures: Int, all: Int)] = [:]
        for cell in rows.prefix(maximumRows).lazy.flatMap(\.cells) {
            let count = counts[cell.columns.lowerBound] ?? (0, 0)
            counts[cell.columns.lowerBound] = (count.figures + (cell.isOfWords ? 0 : 1), count.all + 1)
        }
        return Set(counts.filter { $0.value.figures * 2 > $0.value.all }.keys)
    }

    /// The first columns of a row's cells.
    static func columns(of row: SheetRow) -> Set<Int> { Set(row.cells.map(\.columns.lowerBound)) }

    private mutating func divide(_ rows: ArraySlice<SheetRow>, depth: Int) {
        for block in Self.blocks(of: rows) {
            let parts = depth < Self.maximumDepth ? Self.parts(of: block) : []
            guard parts.count > 1 else {
                all += Self.tables(in: block).map { Array($0) }
                continue
            }
            for columns in parts { divide(Self.rows(of: block, in: columns)[...], depth: depth + 1) }
        }
    }

    /// The runs of rows without an empty one between them.
    private static func blocks(of rows: ArraySlice<SheetRow>) -> [ArraySlice<SheetRow>] {
        var blocks: [ArraySlice<SheetRow>] = []
        var start = rows.startIndex
        for place in rows.indices.dropFirst() where rows[place].blanksAbove > 0 {
            let isBelowNames =
                place == start + 1 && rows[start].isBold && !rows[place].cells.allSatisfy(\.isBold)
                && rows[place].blanksAbove == 1
            guard !isBelowNames else { continue }
            blocks.append(rows[start..<place])
            start = place
        }
        if start < rows.endIndex { blocks.append(rows[start...]) }
        return blocks
    }

    /// The tables of a block, each of which begins with names in bold type below rows that are not, or with a title above
    /// names of columns of figures.
    private static func tables(in block: ArraySlice<SheetRow>) -> [ArraySlice<SheetRow>] {
        var block = block
        var tables: [ArraySlice<SheetRow>] = []
        var start = block.startIndex
        for place in block.indices.dropFirst() {
            let (above, row) = (block[place - 1], block[place])
            var first = place
            if row.isHeader {
                if namesGroups(above, of: row) {
                    first -= 1
                    block[first].namedColumns = row.namedColumns
                }
                // What is above is no part of the table, but a title is.
                guard block[start..<first].contains(where: { $0.cells.count > 1 }) else { continue }
            } else {
                guard above.cells.count > 1, place + 1 < block.endIndex else { continue }
                let isBold =
                    row.isBold && row.mayNameColumns && block[place + 1].cells.count > 1
                    && !block[place + 1].cells.allSatisfy(\.isBold)
                let isNames = isBold && !above.isBold && (block[start].isBold || block[start].cells.count == 1)
                guard
                    isNames || isBold && isSum(above, above: row)
                        || place > block.startIndex + 1 && isTitle(row, above: block[(place + 1)...])
                else { continue }
                // Among words, a row that only stands out is none of names.
                if isNames, !isRepeated(row, in: block[start...]) {
                    block[place].isRecord = columnsOfFigures(block[(place + 1)...].prefix { !$0.isBold }).isEmpty
                }
            }
            tables.append(block[start..<first])
            start = first
        }
        return tables + [block[start...]]
    }

    /// Whether a row names groups of the columns that the row below it names.
    private static func namesGroups(_ groups: SheetRow, of names: SheetRow) -> Bool {
        guard groups.cells.count > 1 else { return false }
        if groups.cells.contains(where: { $0.columns.count > 1 }) { return true }
        let texts = names.cells.compactMap(\.text)
        return groups.cells.count < names.cells.count && Set(texts).count < texts.count
    }

    /// Whether a row in bold type is a sum of the table whose names are below it.
    private static func isSum(_ row: SheetRow, above names: SheetRow) -> Bool {
        guard row.isBold, row.cells.count < names.cells.count, let first = row.cells.first, first.isOfWords,
            first.columns == names.cells.first?.columns, columns(of: row).isSubset(of: columns(of: names))
        else { return false }
        return row.cells.dropFirst().allSatisfy { $0.text.map { $0.beginsWithFigure && !$0.isYear } == true }
    }

    /// Whether a row repeats the first row of a table that has several cells.
    private static func isRepeated(_ row: SheetRow, in table: ArraySlice<SheetRow>) -> Bool {
        table.first { $0.cells.count > 1 }.map { $0.cells.map(\.text) == row.cells.map(\.text) } ?? false
    }

    /// Whether a row is the title of a table below: its only cell, above words that are above columns of figures.
    private static func isTitle(_ row: SheetRow, above rows: ArraySlice<SheetRow>) -> Bool {
        guard row.cells.count == 1, let names = rows.first, names.mayNameColumns, names.cells.count > 2 else {
            return false
        }
        let body = rows.dropFirst().prefix { $0.cells.count > 1 }
        return columnsOfFigures(body).intersection(columns(of: names)).count > 1
            && body.first.map { columns(of: $0).isSubset(of: columns(of: names)) } == true
    }

    /// The columns of the tables that are side by side; one range if there is one table.
    private static func parts(of block: ArraySlice<SheetRow>) -> [Range<Int>] {
        let rows = block.filter { $0.cells.count > 1 }
        let end = rows.reduce(0) { max($0, $1.cells.last?.columns.upperBound ?? 0) }
        guard rows.count > 1, end <= maximumColumns else { return [] }
        var isCovered = [Bool](repeating: false, count: end)
        for cell in rows.lazy.flatMap(\.cells) { for column in cell.columns { isCovered[column] = true } }
        var runs: [Range<Int>] = []
        for column in isCovered.indices where isCovered[column] {
            if let last = runs.last, last.upperBound == column {
                runs[runs.count - 1] = last.lowerBound..<(column + 1)
            } else {
                runs.append(column..<(column + 1))
            }
        }
        var parts: [Range<Int>] = []
        for run in runs {
            if let last = parts.last, !isTable(run, besides: last, in: rows) {
                parts[parts.count - 1] = last.lowerBound..<run.upperBound
            } else {
                parts.append(run)
            }
        }
        guard parts.count > 1 else { return [] }
        // What is beside or above a table belongs to it.
        let starts = [0] + parts.dropFirst().map(\.lowerBound)
        return zip(starts, starts.dropFirst() + [Int.max]).map { $0..<$1 }
    }

    /// Whether columns are a table of their own, with names of rows, beside another one.
    private static func isTable(_ columns: Range<Int>, besides other: Range<Int>, in rows: [SheetRow]) -> Bool {
        guard columns.count > 1, other.count > 1 else { return false }
        let own = rows.prefix(maximumRows).map { $0.cells(in: columns) }.filter { !$0.isEmpty }
        let others = rows.prefix(maximumRows).map { $0.cells(in: other) }.filter { !$0.isEmpty }
        guard own.count > 1, others.count > 1, let names = own.first(where: { $0.count > 1 }),
            let otherNames = others.first(where: { $0.count > 1 })
        else { return false }
        if names.compactMap(\.text) == otherNames.compactMap(\.text) {
            // The same names below another title, above figures only and beside names of rows, are of the same rows.
            let below = own.drop { $0.count == 1 }.dropFirst()
            let isGroup =
                own[0].count == 1 && names[0].columns.lowerBound == columns.lowerBound
                && otherNames[0].columns.lowerBound > other.lowerBound && !below.contains { $0[0].isOfWords }
            return !isGroup
        }
        let keys = own.dropFirst().compactMap { $0.first { $0.columns.lowerBound == columns.lowerBound } }
        let words = keys.count { $0.isOfWords }
        // A table whose rows are all as long as those beside it, and which has words only, goes on with it.
        let isOfWords = columnsOfFigures(own.dropFirst().map { SheetRow(blanksAbove: 0, cells: $0) }).isEmpty
        let isComplete = [own.count, others.count].allSatisfy { $0 == min(rows.count, maximumRows) } && own.count > 3
        guard !isOfWords || !isComplete || own.contains(where: { $0.count < columns.count }) else { return false }
        let areNames = words * 2 > keys.count && Set(keys.compactMap(\.text)).count == keys.count
        return areNames && keys.count * 2 > own.count - 1
    }

    /// The rows of some columns, whose first cells are in the first column.
    private static func rows(of block: ArraySlice<SheetRow>, in columns: Range<Int>) -> [SheetRow] {
        var rows: [SheetRow] = []
        var blanks = 0
        for row in block {
            let cells = row.cells(in: columns)
            blanks += row.blanksAbove
            if cells.isEmpty {
                blanks += 1
            } else {
                var part = row
                (part.blanksAbove, part.cells) = (blanks, cells)
                rows.append(part)
                blanks = 0
            }
        }
        return rows
    }
}

extension [SheetRow] {
    /// The rows as a table, which begins at their first column.
    ///
    /// - Parameter headerRow: The row that is its header, unless it has only one cell; nil if that is unknown.
    /// - Returns: The table.
    func table(headerRow: Int? = nil) -> TableBuilder {
        let start = lazy.compactMap { $0.cells.first?.columns.lowerBound }.min() ?? 0
        var table = TableBuilder()
        if first?.isRecord == true { table.firstRowIsHeader = false }
        for (place, row) in enumerated() {
            table.beginRow()
            var next = start
            for cell in row.cells where cell.columns.lowerBound >= next {
                let width = Swift.min(cell.columns.count, TableBuilder.maximumCellColumns)
                table.addBlanks(cell.columns.lowerBound - next)
                if let text = cell.text {
                    table.addCell(
                        text,
                        spanning: width,
                        isHeader: (place == headerRow || row.isHeader) && row.cells.count > 1,
                        isBold: cell.isBold,
                        indentation: Int(cell.indentation)
                    )
                } else {
                    table.addMergedCell(spanning: width)
                }
                next = cell.columns.lowerBound + width
            }
        }
        return table
    }
}
