/// Adjacent paragraphs of a Word document that may be the rows of a table whose cells tabs separate.
struct WordTabbedRows {
    private var rows: [(paragraph: WordParagraph, cells: [String])] = []
    /// Whether all rows have as many tabs.
    private var areEqual = true
    /// Whether all rows have as many cells from their first text on, and none of these is empty.
    private var areEqualFromText = true

    /// The paragraphs.
    var paragraphs: [WordParagraph] { rows.map(\.paragraph) }

    /// Whether a row may follow the ones so far.
    func takes(_ cells: [String]) -> Bool {
        guard let first = rows.first else { return true }
        return areEqual && cells.count == first.cells.count
            || areEqualFromText && Self.isFilled(cells)
                && Self.fromText(cells).count == Self.fromText(first.cells).count
    }

    /// Adds a row.
    mutating func append(_ paragraph: WordParagraph, _ cells: [String]) {
        let first = rows.first?.cells ?? cells
        areEqual = areEqual && cells.count == first.count
        areEqualFromText =
            areEqualFromText && Self.isFilled(cells) && Self.fromText(cells).count == Self.fromText(first).count
        rows.append((paragraph, cells))
    }

    /// The table; nil if the rows are text, as are those in which most cells between tabs are empty: several tabs in a
    /// row are the space to the next text.
    var table: TableBuilder? {
        guard rows.count > 1 else { return nil }
        let filled = rows.count { Self.isFilled($0.cells) }
        guard areEqualFromText || filled * 2 > rows.count else { return nil }
        var table = TableBuilder()
        // Where rows differ in the tabs before their text, these are indents.
        let first = areEqual ? rows.lazy.map { $0.cells.prefix(while: \.isEmpty).count }.min() ?? 0 : nil
        for row in rows {
            table.beginRow()
            for cell in first.map({ row.cells.dropFirst($0) }) ?? Self.fromText(row.cells) {
                table.addCell(cell, isBold: !row.paragraph.hasPlainText)
            }
        }
        return table
    }

    private static func fromText(_ cells: [String]) -> ArraySlice<String> {
        cells.drop(while: \.isEmpty)
    }

    /// Whether no cell is empty from the first text on.
    private static func isFilled(_ cells: [String]) -> Bool {
        fromText(cells).allSatisfy { !$0.isEmpty }
    }
}
