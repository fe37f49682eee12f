/// A table in a text file whose header is underlined column by column, as `Name  Days` is by `----  ----`.
///
/// Such rules may also be above the header and below the last row, as in reStructuredText.
struct UnderlinedTable {
    /// The rows of the table.
    let rows: TableBuilder
    /// The index of the first line after the table.
    let end: Int

    /// Reads the table that starts at a line; nil if there is none.
    init?(_ lines: [LayoutLine], at start: Int) {
        let header = Self.columns(of: lines[start]) == nil ? start : start + 1
        guard header + 1 < lines.count, let columns = Self.columns(of: lines[header + 1]),
            let names = Self.cells(of: lines[header], in: columns), !names.contains("")
        else { return nil }
        var rows = [names]
        var position = header + 2
        while position < lines.count, !lines[position].isEmpty {
            if Self.columns(of: lines[position]) != nil {
                position += 1
                break
            }
            guard let cells = Self.cells(of: lines[position], in: columns) else { break }
            if cells[0].isEmpty, rows.count > 1 {
                rows[rows.count - 1] = zip(rows[rows.count - 1], cells).map { "\($0) \($1)".onOneLine }
            } else {
                rows.append(cells)
            }
            position += 1
        }
        guard rows.count > 1 else { return nil }
        var table = TableBuilder(rowsAs: .words)
        table.firstRowIsHeader = true
        for row in rows {
            table.beginRow()
            for cell in row { table.addCell(cell) }
        }
        self.rows = table
        end = position
    }

    /// The columns that a rule draws; nil if the line is none, or a rule of one piece.
    private static func columns(of line: LayoutLine) -> [Range<Int>]? {
        guard line.text.first.map({ "-=".contains($0) }) == true, line.text.utf8.count <= LayoutLine.maximumLength,
            line.text.allSatisfy({ "-= ".contains($0) })
        else { return nil }
        let pieces = line.text.split(separator: " ")
        guard pieces.count > 1, pieces.allSatisfy({ $0.count > 1 }) else { return nil }
        return pieces.map { piece in
            let start = line.indentation + line.text.distance(from: line.text.startIndex, to: piece.startIndex)
            return start..<start + piece.count
        }
    }

    /// The cells of a line; nil if a word of it is in two columns, or it has no words.
    private static func cells(of line: LayoutLine, in columns: [Range<Int>]) -> [String]? {
        guard !line.isEmpty, line.text.utf8.count <= LayoutLine.maximumLength, !line.text.contains("\t") else {
            return nil
        }
        let characters = Array(line.text)
        let starts = columns.map { max(0, $0.lowerBound - line.indentation) }
        for start in starts.dropFirst() where start > 0 && start < characters.count && characters[start - 1] != " " {
            return nil
        }
        return starts.indices.map { column in
            let start = column == 0 ? 0 : min(starts[column], characters.count)
            let end = column + 1 < starts.count ? min(starts[column + 1], characters.count) : characters.count
            return String(characters[start..<end]).onOneLine
        }
    }
}
