/// Tables that go on on the next page.
extension PDFTable {
    /// Whether another table has the same columns, so that it may continue this one on the next page.
    func continues(in other: PDFTable) -> Bool {
        guard columns.count == other.columns.count else { return false }
        return zip(columns, other.columns).allSatisfy { $0.overlap($1) > min($0.length, $1.length) * 0.5 }
    }

    /// Whether the first row names the columns otherwise than that of a table above, which has names of the same form.
    ///
    /// The form is a color, bold type, or words above figures.
    func hasOtherNames(than other: PDFTable) -> Bool {
        guard rows.count > 1, let names = rows.first, let others = other.rows.first, names.count > 1,
            names.map(\.text) != others.map(\.text), Set(names.map(\.text)).count == names.count
        else { return false }
        if let colorOfNames, colorOfNames == other.colorOfNames { return true }
        guard !names.isOfFigures, !others.isOfFigures else { return false }
        func areBold(_ table: PDFTable) -> Bool {
            table.rows[0].allSatisfy(\.isBold) && !table.rows[1].allSatisfy(\.isBold)
        }
        if areBold(self) || areBold(other) { return areBold(self) && areBold(other) }
        let areMarked = other.colorOfNames != nil || others.contains(where: \.isHeader)
        let texts = Set((rows.dropFirst() + other.rows.dropFirst()).joined().map(\.text))
        guard !areMarked || names.contains(where: \.isHeader),
            !names.dropFirst().contains(where: { texts.contains($0.text) })
        else { return false }
        return names.count == others.count && rows[1].isOfFigures && other.rows.dropFirst().first?.isOfFigures == true
            && names.allSatisfy { $0.text.first?.isLowercase == false }
    }

    /// Adds the rows of a table that continues this one on the next page, without those of this table that it repeats, as the
    /// names of the columns.
    mutating func append(_ other: PDFTable) {
        var added = other.rows
        let repeated = zip(added, rows).prefix { $0.map(\.text) == $1.map(\.text) }.count
        if repeated < added.count { added.removeFirst(repeated) }
        if let rest = added.first, let last = rows.last, rest.allSatisfy({ isRest($0, of: last) }) {
            for cell in rest { extendLastRow(by: cell.lines, in: cell.columns) }
            added.removeFirst()
        }
        rows += added
    }

    /// Adds a text at the top of the next page, if it continues a cell of the last row, and returns whether it does.
    mutating func append(_ block: PDFBlock) -> Bool {
        let column = columns.indices.first { columns[$0].overlap(block.x) > block.x.length * 0.9 }
        guard let column, let last = rows.last,
            isRest(Cell(lines: block.lines, columns: column..<(column + 1)), of: last)
        else { return false }
        extendLastRow(by: block.lines, in: column..<(column + 1))
        return true
    }

    private mutating func extendLastRow(by lines: [PDFLine], in columns: Range<Int>) {
        guard let row = rows.indices.last, let cell = rows[row].firstIndex(where: { $0.columns == columns }) else {
            return
        }
        rows[row][cell].lines += lines
    }

    /// Whether a cell continues a sentence of one beside the name of a row.
    private func isRest(_ cell: Cell, of row: [Cell]) -> Bool {
        guard cell.columns.lowerBound > 0, cell.lines.first?.text.first?.isLowercase == true,
            let above = row.first(where: { $0.columns == cell.columns })?.lines.last
        else { return false }
        return above.text.wordCount > 1 && above.text.last.map { !".:;!?".contains($0) } == true
    }
}

extension [PDFTable.Cell] {
    /// Whether most cells but the first are figures that are no years.
    fileprivate var isOfFigures: Bool {
        let texts = dropFirst().map(\.text)
        return texts.count { $0.beginsWithFigure && !$0.isYear } * 2 > texts.count
    }
}
