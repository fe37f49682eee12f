/// Collects the rows of a LaTeX table, in which an empty cell stands below one of several rows.
struct TeXTable {
    private struct Cell {
        var text: String
        let width: Int
        /// The number of rows that the cell covers, its own included; negative if it covers rows above.
        var height: Int
    }

    private struct Row {
        var cells: [Cell] = []
        var rule: Rule?
        var isHeader = false

        var isEmpty: Bool { cells.allSatisfy(\.text.isEmpty) }
    }

    /// A line below a row.
    enum Rule: Comparable {
        /// Below some of the cells.
        case partial
        /// Below all cells.
        case line
        /// Below the header, by the convention of `booktabs`.
        case midrule
    }

    /// A part of a `longtable`, which is named at its end.
    enum Part: String {
        case firstHead = "endfirsthead"
        case head = "endhead"
        case foot = "endfoot"
        case lastFoot = "endlastfoot"
    }

    private var rows: [Row] = []
    private var row = Row()
    private var parts: [Part: [Row]] = [:]
    /// The caption within the table; empty if there is none.
    var caption = ""

    /// The maximum number of header rows that lines show.
    private static let maximumHeaderRows = 3
    /// The maximum distance of the cell above to which a text belongs that is written in its last row.
    private static let maximumHeight = 200

    /// Adds a cell to the current row.
    mutating func addCell(_ text: String, spanning width: Int, rows height: Int) {
        row.cells.append(Cell(text: text.onOneLine, width: min(max(width, 1), 64), height: height))
    }

    /// Ends the current row.
    mutating func endRow() {
        defer { row = Row() }
        if row.cells.count > 1 || !row.isEmpty { rows.append(row) }
    }

    /// Adds a line below the last row.
    mutating func addRule(_ rule: Rule) {
        guard let last = rows.indices.last else { return }
        rows[last].rule = max(rows[last].rule ?? rule, rule)
    }

    /// Takes the rows so far for a part.
    mutating func end(_ part: Part) {
        parts[part] = rows
        rows = []
    }

    /// The rows, with their header marked.
    var builder: TableBuilder {
        var table = TableBuilder()
        var all = (parts[.firstHead] ?? parts[.head] ?? []).map { row in
            var row = row
            row.isHeader = true
            return row
        }
        if all.isEmpty {
            all = rows
            let header = headerRows
            if header.count == 1 { table.firstRowIsHeader = true }
            if header.count > 1 { for place in header { all[place].isHeader = true } }
        } else {
            all += rows
        }
        all += parts[.lastFoot] ?? parts[.foot] ?? []
        Self.moveUp(&all)
        // The row after the last one that the cell at a column covers.
        var ends: [Int: Int] = [:]
        for (number, row) in all.enumerated() {
            table.beginRow()
            var column = 0
            for cell in row.cells {
                if cell.text.isEmpty, let end = ends[column], number < end {
                    table.addMergedCell(spanning: cell.width)
                } else {
                    table.addCell(cell.text, spanning: cell.width, isHeader: row.isHeader)
                    ends[column] = cell.height > 1 ? number + cell.height : nil
                }
                column += cell.width
            }
        }
        return table
    }

    /// Moves the texts that cover rows above to the first of these rows.
    private static func moveUp(_ rows: inout [Row]) {
        for (number, row) in rows.enumerated() where row.cells.count <= maximumHeight {
            var column = 0
            for (place, cell) in row.cells.enumerated() {
                defer { column += cell.width }
                let first = number + cell.height + 1
                guard cell.height < -1, cell.height > -maximumHeight, rows.indices.contains(first),
                    rows[first].cells.count <= maximumHeight
                else { continue }
                var start = 0
                guard
                    let above = rows[first].cells.firstIndex(where: { candidate in
                        defer { start += candidate.width }
                        return start == column
                    }), rows[first].cells[above].text.isEmpty
                else { continue }
                rows[first].cells[above].text = cell.text
                rows[first].cells[above].height = -cell.height
                rows[number].cells[place].text = ""
            }
        }
    }

    /// The rows that the lines of the table, or an empty corner, show to be its header; below those of its title.
    private var headerRows: Range<Int> {
        let body = rows.drop { $0.cells.count == 1 }
        let rules = body.map { $0.rule ?? .partial }
        guard let first = body.first?.cells, let count = rules.firstIndex(where: { $0 > .partial }).map({ $0 + 1 }),
            count < body.count
        else { return 0..<0 }
        let isOfBooktabs = rules[count - 1] == .midrule
        guard count > 1 else {
            let isRuled = rules.dropLast().allSatisfy { $0 > .partial }
            return isOfBooktabs || body.count > 2 && !isRuled || Self.hasEmptyCorner(body)
                ? body.startIndex..<body.startIndex + 1 : 0..<0
        }
        let header = body.prefix(count)
        guard count <= Self.maximumHeaderRows,
            header.allSatisfy({ $0.cells.allSatisfy { !$0.text.beginsWithFigure || $0.text.isYear } })
        else { return 0..<0 }
        let isDivided = first.contains { $0.width > 1 }
        let isContinued = header.dropFirst().allSatisfy { $0.cells.first?.text.isEmpty == true }
        return isDivided || isOfBooktabs && isContinued ? header.indices : 0..<0
    }

    /// Whether only the first row has no text in its first column, but names in all others.
    private static func hasEmptyCorner(_ rows: ArraySlice<Row>) -> Bool {
        guard let first = rows.first?.cells, first.first?.text.isEmpty == true else { return false }
        return first.dropFirst().allSatisfy { !$0.text.isEmpty }
            && rows.dropFirst().allSatisfy { $0.cells.first?.text.isEmpty == false }
    }
}
