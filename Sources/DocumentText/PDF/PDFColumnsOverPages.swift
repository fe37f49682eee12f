/// Tables that are wider than a page, as sheets are printed: the columns that have no room are on a page of their own, with
/// the rows at the same heights but without their names.
enum PDFColumnsOverPages {
    /// The minimum number of rows, the header included.
    private static let minimumRows = 3
    /// The maximum distance of the heights of one row on two pages.
    private static let tolerance = 2.0

    /// The tables of each page, those without names of rows with the names of the page that they belong to.
    ///
    /// The pages below each other are printed before those beside each other.
    ///
    /// - Parameters:
    ///   - pages: The tables of each page.
    ///   - others: The other lines of each page; a page of a sheet has none.
    /// - Returns: The tables.
    static func named(_ pages: [[PDFGrid.RuledTable]], beside others: [[PDFLine]]) -> [[PDFGrid.RuledTable]] {
        func isOfColumns(_ page: Int) -> Bool { others[page].isEmpty && pages[page].contains(where: isNameless) }
        guard let start = pages.firstIndex(where: { $0.contains { hasNames($0.table) } }),
            let end = pages.indices[start...].first(where: isOfColumns), end > start
        else { return pages }
        var named = pages
        for page in end..<pages.count where isOfColumns(page) {
            let first = start + (page - start) % (end - start)
            for table in pages[page].indices where isNameless(pages[page][table]) {
                guard let whole = pages[first].first(where: { isBeside($0, pages[page][table]) }) else { continue }
                named[page][table].table = joined(whole.table, pages[page][table].table)
            }
        }
        return named
    }

    /// Whether the first cells of most rows are words in the first column.
    private static func hasNames(_ table: PDFTable) -> Bool {
        let names = table.rows.dropFirst().count { row in
            row.first.map { $0.columns.lowerBound == 0 && !$0.isFigure } ?? false
        }
        return table.rows.count >= minimumRows && names * 5 >= (table.rows.count - 1) * 4
    }

    /// Whether all cells below the first row are figures.
    private static func isNameless(_ table: PDFGrid.RuledTable) -> Bool {
        let rows = table.table.rows
        return rows.count >= minimumRows && rows.dropFirst().allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isFigure) }
    }

    /// Whether the rows of two tables are at the same heights.
    private static func isBeside(_ whole: PDFGrid.RuledTable, _ other: PDFGrid.RuledTable) -> Bool {
        func heights(_ table: PDFTable) -> [Double] { table.rows.map { $0.first?.lines.first?.y.middle ?? 0 } }
        let (left, right) = (heights(whole.table), heights(other.table))
        return hasNames(whole.table) && left.count == right.count
            && zip(left, right).allSatisfy { abs($0 - $1) < tolerance }
    }

    /// A table with the first cells of another one before its rows.
    private static func joined(_ whole: PDFTable, _ other: PDFTable) -> PDFTable {
        let rows = zip(whole.rows, other.rows).map { names, cells in
            names.prefix { $0.columns == 0..<1 }
                + cells.map { cell in
                    var moved = cell
                    moved.columns = (cell.columns.lowerBound + 1)..<(cell.columns.upperBound + 1)
                    return moved
                }
        }
        let start = other.columns.first?.lowerBound ?? 0
        return PDFTable(rows: rows, columns: [(start - 1)..<start] + other.columns)
    }
}
