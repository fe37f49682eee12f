/// Writes the rows of a table's body as lines that are understandable by themselves.
struct TableLines {
    /// The form of rows in the file.
    let form: TableBuilder.RowForm
    let header: TableHeader
    /// How many of the first columns name a row.
    let keyColumns: Int
    /// The columns that have cells in several rows, in their order.
    let columns: [Int]
    /// The label of the rows that are written; nil without one.
    var group: String?

    /// The maximum number of words of a row that is one line.
    private static let maximumRowWords = 40
    /// The minimum number of words of a cell that may have several lines beside those of other cells.
    private static let minimumWordsOfLongCell = 8
    /// The maximum number of empty cells of a row that are written.
    private static let maximumEmptyCells = 16
    /// The maximum number of column names of a cell.
    private static let maximumNamesOfCell = 4

    /// A row as it is written.
    private struct Parts {
        let cells: [ExtractedDocument.Table.Cell]
        /// The text of each cell after the name of its column.
        let named: [String]
        /// How many of the cells name the row.
        let keyCount: Int
        /// What is between the cells that name the row and the others.
        let separator: String
    }

    /// Adds the blocks of a row.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - isRemark: Whether the row is a sentence, which is not named by the header.
    ///   - document: The document.
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    func append(_ row: TableBuilder.Row, isRemark: Bool, to document: inout DocumentBuilder) throws(ExtractionError) {
        let parts = parts(of: row, isRemark: isRemark)
        let start = document.blocks.count
        document.appendRow(parts.cells, isHeader: false)
        let names = parts.cells.reduce(0) { $0 + ($1.header?.utf8.count ?? 0) }
        document.record(.tableHeaders, bytes: names + (group?.utf8.count ?? 0))
        let keys = parts.named.prefix(parts.keyCount).joined(separator: "; ")
        let others = parts.named.dropFirst(parts.keyCount).joined(separator: "; ")
        let label = isRemark ? "" : group.map { $0 + "; " } ?? ""
        let whole = label + (others.isEmpty ? keys : keys + parts.separator + others)
        guard !others.isEmpty, whole.wordCount > Self.maximumRowWords else {
            try document.append(.tableRow(whole))
            if form != .other { document.recordSource(source(of: parts.cells), of: start) }
            return
        }
        let lead = (label + keys).shortened(toBytes: TableBuilder.maximumRepetitionBytes)
        if lead != label + keys { try document.append(.tableRow(keys)) }
        var words = parts.cells.prefix(parts.keyCount).reduce(0) { $0 + $1.text.wordCount }
        for index in parts.keyCount..<parts.cells.count {
            let cell = parts.cells[index]
            words += cell.text.wordCount
            let pieces = Self.pieces(of: cell.text)
            for piece in pieces {
                document.record(.firstCells, bytes: lead.utf8.count)
                let named = pieces.count == 1 ? parts.named[index] : Self.named(piece, cell.header)
                try document.append(.tableRow(lead + parts.separator + named))
                guard form != .other else { continue }
                // With the cells before it, unless they are long.
                let source =
                    pieces.count > 1
                    ? piece
                    : words > Self.maximumRowWords ? cell.text : source(of: Array(parts.cells[...index]))
                document.recordSource(source, of: document.blocks.count - 1)
            }
        }
    }

    private func parts(of row: TableBuilder.Row, isRemark: Bool) -> Parts {
        let names = row.cells.map { isRemark ? nil : header.name(of: $0, maximumColumns: Self.maximumNamesOfCell) }
        let cells = zip(row.cells, names).map { cell, name in
            ExtractedDocument.Table.Cell(text: cell.text, column: cell.column, width: cell.width, header: name)
        }
        let isUnnamed = names.allSatisfy { $0 == nil }
        let named = zip(cells, names).map { Self.named($0.text, $1) }
        let whole = isUnnamed && !isRemark ? withEmptyCells(named, cells) : named
        let isPair = isUnnamed && whole.count == 2
        let keyCount = min(max(row.cells.count { $0.column < keyColumns }, 1), max(cells.count - 1, 1))
        return Parts(
            cells: cells,
            named: whole,
            // Cells without names say nothing apart from each other.
            keyCount: isPair ? 1 : isUnnamed ? whole.count : keyCount,
            separator: isPair ? cells[0].text.last == ":" ? " " : ": " : "; "
        )
    }

    /// The texts of cells with a dash for each empty cell before another one, so that their order tells their columns.
    ///
    /// What is left of words at the start of a row is no empty cell, as it may be the place of a name.
    private func withEmptyCells(_ texts: [String], _ cells: [ExtractedDocument.Table.Cell]) -> [String] {
        guard cells.count > 1 else { return texts }
        var whole: [String] = []
        var next = texts[0].beginsWithFigure ? 0 : cells[0].column
        var count = 0
        for (text, cell) in zip(texts, cells) {
            let empty = max(place(of: cell.column) - place(of: next), 0)
            count += empty
            guard count <= Self.maximumEmptyCells else { return texts }
            whole += Array(repeating: "–", count: empty) + [text]
            next = cell.column + cell.width
        }
        return whole
    }

    /// The number of columns with cells in several rows before a column.
    private func place(of column: Int) -> Int {
        var (low, high) = (0, columns.count)
        while low < high {
            let middle = (low + high) / 2
            if columns[middle] < column { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func named(_ text: String, _ name: String?) -> String {
        guard let name else { return text }
        return name.last == ":" ? "\(name) \(text)" : "\(name): \(text)"
    }

    /// The text of a cell whole, or in groups of sentences if it is longer than a line may be.
    private static func pieces(of text: String) -> [String] {
        guard text.wordCount > maximumRowWords else { return [text] }
        var pieces: [String] = []
        var words = 0
        for sentence in SentenceSplitter.sentences(of: text) {
            let count = sentence.wordCount
            if pieces.isEmpty || words + count > maximumRowWords {
                pieces.append(sentence)
                words = 0
            } else {
                pieces[pieces.count - 1] += " " + sentence
            }
            words += count
        }
        return pieces
    }

    /// A row's text in the file, on a line; in the form of words, only its long cells, a line each.
    private func source(of cells: [ExtractedDocument.Table.Cell]) -> String {
        if form == .bars { return ExtractedDocument.Table.line(of: cells) }
        let long = cells.map(\.text).filter { $0.wordCount >= Self.minimumWordsOfLongCell }
        return long.isEmpty ? cells.map(\.text).joined(separator: " ") : long.joined(separator: "\n")
    }
}
