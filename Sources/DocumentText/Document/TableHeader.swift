/// The names of a table's columns, from its header rows.
///
/// Where the source does not mark a header, the first row is taken for one only on evidence: only it is in bold type,
/// or only the cells below it are figures. A wrong name would make a row's text false; a row without names is still
/// true.
struct TableHeader {
    /// How many of the first rows are the header.
    let rowCount: Int
    private var names: [Int: String] = [:]
    private let rowTexts: Set<[String]>

    /// The maximum number of header rows.
    private static let maximumRows = 4
    /// The maximum number of rows that are searched for evidence.
    private static let maximumRowsOfEvidence = 200
    /// The maximum number of words of a unit.
    private static let maximumWordsOfUnit = 2
    /// A table with more columns is not searched for evidence.
    private static let maximumColumnsOfEvidence = 256

    /// Finds the header among the rows of a table.
    init(of rows: ArraySlice<TableBuilder.Row>, firstRowIsHeader: Bool?) {
        let nameRows = rows.count > 1 ? Self.extended(Self.count(in: rows, firstRowIsHeader), in: rows) : 0
        let hasUnits = nameRows > 0 && Self.isOfUnits(rows.dropFirst(nameRows), below: rows.prefix(nameRows))
        rowCount = hasUnits ? nameRows + 1 : nameRows
        var texts: [Int: [String]] = [:]
        for (place, row) in rows.prefix(rowCount).enumerated() {
            for cell in row.cells {
                let text = place < nameRows || "([".contains(cell.text.prefix(1)) ? cell.text : "(\(cell.text))"
                for column in cell.columns where texts[column]?.contains(text) != true {
                    texts[column, default: []].append(text)
                }
            }
        }
        names = texts.mapValues { $0.joined(separator: " ").shortened(toBytes: TableBuilder.maximumRepetitionBytes) }
        rowTexts = Set(rows.prefix(rowCount).map { $0.cells.map(\.text) })
    }

    /// The names of the columns that a cell covers; nil if they have none.
    func name(of cell: TableBuilder.Cell, maximumColumns: Int) -> String? {
        guard cell.width > 1, cell.width <= maximumColumns else { return names[cell.column] }
        var all: [String] = []
        for column in cell.columns {
            if let name = names[column], !all.contains(name) { all.append(name) }
        }
        return all.isEmpty ? nil : all.joined(separator: ", ")
    }

    /// Whether a row repeats the header, as on the next page.
    func isRepeated(in row: TableBuilder.Row) -> Bool {
        rowCount > 0 && row.cells.count > 1 && rowTexts.contains(row.cells.map(\.text))
    }

    private static func count(in rows: ArraySlice<TableBuilder.Row>, _ firstRowIsHeader: Bool?) -> Int {
        let marked = withoutWideLabels(rows.prefix(maximumRows).prefix { $0.cells.allSatisfy(\.isHeader) }).count
        if marked > 0 { return marked < rows.count ? marked : 0 }
        if firstRowIsHeader == true { return 1 }
        // Row headers only, which are a part of each row's text.
        if rows.contains(where: { $0.cells.contains(where: \.isHeader) }) { return 0 }
        guard firstRowIsHeader == nil, let first = rows.first else { return 0 }
        if namesGroups(rows) { return 2 }
        if let count = mergedRows(rows) { return count }
        let units = isOfUnits(rows.dropFirst(), below: rows.prefix(1)) ? 1 : 0
        let body = rows.dropFirst(1 + units).prefix(maximumRowsOfEvidence)
        // The label of a group of rows is no header.
        let bold = withoutRecords(
            withoutLabels(rows.prefix(maximumRows).prefix { $0.cells.allSatisfy(\.isBold) }),
            rows
        )
        if let last = bold.last, last.cells.count > 1, bold.count < rows.count,
            !rows.dropFirst(bold.count).prefix(maximumRowsOfEvidence).contains(where: { isLikeHeader($0, bold) })
        {
            return bold.count
        }
        return namesFigures(first, of: body) || namesOnlyFigures(first, of: body) || namesLongTexts(first, of: body)
            || HeaderSeries.names(first, of: body)
            ? 1 : 0
    }

    /// The rows without those at the end that have only one cell, in the first column.
    private static func withoutLabels(_ rows: ArraySlice<TableBuilder.Row>) -> ArraySlice<TableBuilder.Row> {
        let labels = rows.reversed().prefix {
            $0.cells.count == 1 && $0.cells[0].column == 0 && !$0.cells[0].isRepeated
        }
        return labels.count < rows.count ? rows.dropLast(labels.count) : rows
    }

    /// The rows in bold type without those below the first that are records as well, such as the sums of groups: amounts
    /// below names of their own, with the units of those below.
    private static func withoutRecords(
        _ bold: ArraySlice<TableBuilder.Row>,
        _ rows: ArraySlice<TableBuilder.Row>
    ) -> ArraySlice<TableBuilder.Row> {
        guard let names = bold.first?.cells.filter({ $0.width == 1 && !$0.text.beginsWithFigure }), names.count > 1
        else {
            return bold
        }
        let body = rows.dropFirst(bold.count).prefix(maximumRowsOfEvidence).joinedCells
        let others = bold.dropFirst().prefix { row in
            guard row.cells.count > 1, row.cells[0].column == 0, !row.cells[0].text.beginsWithFigure else {
                return true
            }
            return !row.cells.dropFirst().allSatisfy { cell in
                let units = body.filter { $0.column == cell.column }.map(\.text.unit)
                return cell.width == 1 && cell.text.beginsWithFigure && !cell.text.unit.isEmpty
                    && names.contains { $0.column == cell.column }
                    && units.count { $0 == cell.text.unit } * 2 > units.count
            }
        }
        return bold.prefix(1 + others.count)
    }

    /// The rows without those at the end that have only one cell, across the columns that the rows above name.
    private static func withoutWideLabels(_ rows: ArraySlice<TableBuilder.Row>) -> ArraySlice<TableBuilder.Row> {
        let labels = rows.reversed().prefix { $0.cells.count == 1 && $0.cells[0].column == 0 && $0.cells[0].width > 1 }
        guard let names = rows.dropLast(labels.count).last, names.cells.count > 1 else { return rows }
        return rows.dropLast(labels.count)
    }

    /// Whether a row below bold ones is in bold type as well, and neither the label of a group nor a sum below words.
    private static func isLikeHeader(_ row: TableBuilder.Row, _ header: ArraySlice<TableBuilder.Row>) -> Bool {
        func hasFigures(_ row: TableBuilder.Row) -> Bool { row.cells.contains(where: \.text.beginsWithFigure) }
        return row.cells.count > 1 && row.cells.allSatisfy(\.isBold)
            && (header.contains(where: hasFigures) || !hasFigures(row))
    }

    /// The number of header rows with those that cells of the header also cover.
    private static func extended(_ count: Int, in rows: ArraySlice<TableBuilder.Row>) -> Int {
        var count = count
        while count > 0, count < maximumRows, count + 1 < rows.count {
            let above = rows[rows.startIndex + count - 1].cells
            let isCovered = rows[rows.startIndex + count].cells.contains { cell in
                cell.isRepeated && above.contains { $0.column == cell.column && $0.text == cell.text }
            }
            guard isCovered || isDivided(above, by: rows.dropFirst(count)) else { break }
            count += 1
        }
        return count
    }

    /// Whether the first of the rows below a header has the units of their figures: short words, none for the rows' names.
    private static func isOfUnits(
        _ rows: ArraySlice<TableBuilder.Row>,
        below header: ArraySlice<TableBuilder.Row>
    ) -> Bool {
        guard rows.count > 1, header.count < maximumRows, let units = rows.first?.cells, !units.isEmpty,
            units.count <= maximumColumnsOfEvidence
        else { return false }
        let areBracketed = units.allSatisfy { "([".contains($0.text.prefix(1)) && ")]".contains($0.text.suffix(1)) }
        guard units[0].column > 0 || areBracketed,
            units.allSatisfy({ cell in
                cell.width == 1 && !cell.isRepeated && cell.text.wordCount <= maximumWordsOfUnit
                    && cell.text.first?.isNumber == false && !".:".contains(cell.text.suffix(1))
                    && header.contains { $0.cells.contains { $0.columns.contains(cell.column) } }
            })
        else { return false }
        let columns = Set(units.map(\.column))
        let body = rows.dropFirst().prefix(maximumRowsOfEvidence).joinedCells.filter { columns.contains($0.column) }
        let figures = body.filter(\.text.beginsWithFigure)
        return figures.count * 2 > body.count && Set(figures.map(\.column)).count * 2 > columns.count
            && rows.dropFirst().prefix(maximumRowsOfEvidence).allSatisfy { ($0.cells.first?.column ?? 0) == 0 }
    }

    /// Whether the first of the rows below a header names the columns of its groups: different words above figures.
    private static func isDivided(_ header: [TableBuilder.Cell], by rows: ArraySlice<TableBuilder.Row>) -> Bool {
        guard let names = rows.first?.cells, names.count <= maximumColumnsOfEvidence,
            names.allSatisfy({ $0.text.wordCount <= 8 && !$0.text.contains(where: \.isNumber) })
        else { return false }
        func parts(of group: TableBuilder.Cell) -> [TableBuilder.Cell] {
            names.filter { group.columns.contains($0.column) }
        }
        // A group may also be one wide column, with nothing below its name.
        let groups = header.filter {
            $0.width > 1 && $0.width <= maximumColumnsOfEvidence && !parts(of: $0).isEmpty
        }
        let body = rows.dropFirst().prefix(maximumRowsOfEvidence).joinedCells
        return !groups.isEmpty
            && groups.allSatisfy { group in
                let parts = parts(of: group)
                return parts.count > 1 && parts.reduce(0) { $0 + $1.width } == group.width
                    && Set(parts.map(\.text)).count == parts.count
            }
            && (groups.allSatisfy { group in
                isOfFigures(body.filter { group.columns.contains($0.column) })
            }
                || areRepeated(groups, by: names, above: body))
    }

    private static func isOfFigures(_ cells: [TableBuilder.Cell]) -> Bool {
        cells.count { $0.text.beginsWithFigure } * 2 >= cells.count && !cells.isEmpty
    }

    /// Whether groups of columns have the same names, and a column of figures each.
    private static func areRepeated(
        _ groups: [TableBuilder.Cell],
        by names: [TableBuilder.Cell],
        above body: [TableBuilder.Cell]
    ) -> Bool {
        let texts = groups.map { group in names.filter { group.columns.contains($0.column) }.map(\.text) }
        let repeated = groups.indices.filter { index in texts.count { $0 == texts[index] } > 1 }
        return repeated.count > 1
            && repeated.allSatisfy { index in
                groups[index].columns.contains { column in isOfFigures(body.filter { $0.column == column }) }
            }
    }

    /// Whether cells of the first row each cover several names of the second, such as dates, above columns of figures.
    private static func namesGroups(_ rows: ArraySlice<TableBuilder.Row>) -> Bool {
        guard rows.count > 2, let first = rows.first, let second = rows.dropFirst().first,
            first.width <= maximumColumnsOfEvidence,
            first.cells.allSatisfy({ cell in
                cell.text.wordCount <= 8
                    && (!cell.text.beginsWithFigure || cell.width > 1 && (cell.text.isYear || cell.text.isDate))
            })
        else { return false }
        let groups = first.cells.filter { $0.width > 1 }
        let body = rows.dropFirst(2).prefix(maximumRowsOfEvidence).flatMap(\.cells)
        let others = second.cells.filter { cell in !groups.contains { $0.columns.contains(cell.column) } }
        return !groups.isEmpty && others.allSatisfy { $0.isRepeated || !$0.text.beginsWithFigure }
            && groups.allSatisfy { group in
                let names = second.cells.filter { group.columns.contains($0.column) }
                let cells = body.filter { group.columns.contains($0.column) }
                return names.count == group.width && Set(names.map(\.text)).count == names.count
                    && names.allSatisfy { !$0.text.beginsWithFigure || $0.text.isDate || $0.text.isYear }
                    && cells.count { $0.text.beginsWithFigure && !$0.text.isDate } * 2 > cells.count
            }
    }

    /// The number of rows in which each cell is merged with those below it, or is below a cell that covers several
    /// columns; nil if the first rows are not merged so.
    private static func mergedRows(_ rows: ArraySlice<TableBuilder.Row>) -> Int? {
        guard let first = rows.first, first.width > 2, first.width <= maximumColumnsOfEvidence,
            first.cells.contains(where: { $0.width > 1 }), first.cells.count > 2
        else { return nil }
        let below = rows.dropFirst().prefix { row in
            row.cells.contains { cell in
                cell.isRepeated && first.cells.contains { $0.column == cell.column && $0.text == cell.text }
            }
        }
        let count = below.count + 1
        guard count > 1, count <= maximumRows, count < rows.count, let last = below.last else { return nil }
        let isComplete = first.cells.allSatisfy { cell in
            let names = last.cells.filter { cell.columns.contains($0.column) }
            return cell.width > 1
                ? names.reduce(0) { $0 + $1.width } == cell.width || names.contains { $0.isRepeated }
                : names.contains { $0.isRepeated && $0.text == cell.text }
        }
        let isOfWords = areNames(rows.prefix(count).joinedCells, above: rows.dropFirst(count))
        let isDivided = first.cells.contains { cell in
            cell.width > 1 && last.cells.count { cell.columns.contains($0.column) && !$0.isRepeated } > 1
        }
        return isComplete && isOfWords && isDivided ? count : nil
    }

    /// Whether a row of short texts is above columns of much longer ones.
    private static func namesLongTexts(_ first: TableBuilder.Row, of body: ArraySlice<TableBuilder.Row>) -> Bool {
        guard body.count > 1, first.width > 1, first.cells.count == first.width,
            first.width <= maximumColumnsOfEvidence,
            first.cells.allSatisfy({ $0.text.wordCount <= 5 && $0.text.last.map { !".:".contains($0) } == true })
        else { return false }
        var words: [Int: Int] = [:]
        for cell in body.flatMap(\.cells) { words[cell.column, default: 0] += cell.text.wordCount }
        let all = words.values.reduce(0, +)
        let named = first.cells.reduce(0) { $0 + $1.text.wordCount }
        return all * 2 >= named * body.count * 5
            && first.cells.allSatisfy { (words[$0.column] ?? 0) * 2 >= $0.text.wordCount * body.count * 3 }
    }

    /// Whether a row of words is above columns of figures.
    private static func namesFigures(_ first: TableBuilder.Row, of body: ArraySlice<TableBuilder.Row>) -> Bool {
        let (lead, others) = (first.cells.first { $0.column == 0 }, first.cells.filter { $0.column > 0 })
        guard first.width > 1, others.count <= maximumColumnsOfEvidence, lead?.text.last != ":",
            hasNames(others, body.joinedCells.filter { $0.column > 0 && $0.column < first.width }),
            others.allSatisfy({ $0.text.wordCount <= 8 && $0.text.last != "." }),
            areNames(others, above: body)
        else { return false }
        if others.count > 1, let lead, countsRows(below: lead, in: body) { return true }
        return others.contains { header in
            let cells = body.compactMap { row in row.cells.first { $0.column == header.column } }
            let figures = cells.filter(\.text.beginsWithFigure)
            guard figures.count * 2 > cells.count, !header.text.contains(where: \.isNumber) else { return false }
            // The first of two columns may be names and the second their values, in the first row as well.
            guard others.count == 1 else { return true }
            guard cells.count > 1, figures.count == cells.count else { return false }
            let unit = figures[0].text.unit
            let leads = body.compactMap { row in row.cells.first { $0.column == 0 } }
            return !unit.isEmpty && figures.allSatisfy { $0.text.unit == unit }
                || leads.allSatisfy { $0.text.contains(where: \.isNumber) }
                    && lead?.text.contains(where: \.isNumber) != true
        }
    }

    /// Whether a row of words is above rows of nothing but figures.
    private static func namesOnlyFigures(
        _ first: TableBuilder.Row,
        of body: ArraySlice<TableBuilder.Row>
    ) -> Bool {
        first.cells.count > 1 && first.cells.count == first.width && !body.isEmpty
            && first.cells.allSatisfy { !$0.text.contains(where: \.isNumber) && $0.text.last != ":" }
            && body.allSatisfy { row in
                row.cells.count == first.cells.count && row.cells.allSatisfy(\.text.beginsWithFigure)
            }
    }

    /// Whether cells are words.
    ///
    /// Few of many may start with a figure: a year before a word or above several columns, and words such as `7% tax` above
    /// bare figures.
    private static func areNames(
        _ cells: [TableBuilder.Cell],
        above body: ArraySlice<TableBuilder.Row>
    ) -> Bool {
        let others = cells.filter {
            $0.text.beginsWithFigure && !$0.text.beginsWithYear && ($0.width == 1 || !$0.text.isYear)
        }
        guard !others.isEmpty else { return cells.count > 1 || cells.allSatisfy { !$0.text.beginsWithFigure } }
        guard others.count * 4 < cells.count, others.allSatisfy({ $0.text.contains(where: \.isLetter) }) else {
            return false
        }
        let columns = Set(others.flatMap(\.columns))
        let below = body.prefix(maximumRowsOfEvidence).joinedCells.filter { columns.contains($0.column) }
        return below.allSatisfy { $0.text.beginsWithFigure && !$0.text.contains(where: \.isLetter) }
    }

    /// Whether names are above all cells.
    private static func hasNames(_ names: [TableBuilder.Cell], _ cells: [TableBuilder.Cell]) -> Bool {
        Set(cells.map(\.column)).isSubset(of: names.flatMap(\.columns))
    }

    /// Whether a short text is above numbers that count the rows.
    private static func countsRows(below lead: TableBuilder.Cell, in body: ArraySlice<TableBuilder.Row>) -> Bool {
        let numbers = body.map { row in row.cells.first { $0.column == 0 }.flatMap { Int($0.text) } }
        return body.count > 2 && lead.text.wordCount <= 3 && !lead.text.contains(where: \.isNumber)
            && numbers.first == 1 && zip(numbers, numbers.dropFirst()).allSatisfy { $0.map { $0 + 1 } == $1 }
    }
}

extension Sequence<TableBuilder.Row> {
    fileprivate var joinedCells: [TableBuilder.Cell] { flatMap(\.cells) }
}

extension StringProtocol {
    /// Whether the text starts with a figure or a currency symbol.
    var beginsWithFigure: Bool {
        guard let first = first(where: { !"+-–−~<>≤≥(".contains($0) && !$0.isWhitespace }) else { return false }
        return first.isNumber || first.isCurrencySymbol
    }
}

extension String {

    /// Whether the text is a date such as `2026-05-01`.
    fileprivate var isDate: Bool {
        let parts = split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { $0.allSatisfy(\.isNumber) }
    }

    /// Whether the text starts with a year before a word, as `2025 Budget`.
    fileprivate var beginsWithYear: Bool {
        let year = prefix { !$0.isWhitespace }
        return String(year).isYear && year.count < count && contains(where: \.isLetter)
    }

    /// Whether the text is a year of four figures.
    var isYear: Bool { count == 4 && (hasPrefix("19") || hasPrefix("20")) && allSatisfy(\.isNumber) }

    /// The text without its figures: `days` of `27 days`.
    fileprivate var unit: String {
        filter { !$0.isNumber && !$0.isWhitespace && !".,".contains($0) }
    }
}
