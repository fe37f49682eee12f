/// Rows of a table in a text file, some of which continue the row above them.
enum WrappedRows {
    /// Joins each row with those that continue it: with words in lower case only, below words of the same cells.
    ///
    /// - Parameters:
    ///   - rows: The rows, with the same number of cells.
    ///   - header: How many of them are the header, which has no continuation.
    /// - Returns: The rows of the table.
    static func joined(_ rows: [[String]], header: Int) -> [[String]] {
        var joined: [[String]] = []
        for row in rows {
            guard joined.count > header, let last = joined.last, isContinuation(row, of: last) else {
                joined.append(row)
                continue
            }
            for (column, cell) in row.enumerated() where !cell.isEmpty {
                joined[joined.count - 1][column] += " " + cell
            }
        }
        return joined
    }

    private static func isContinuation(_ row: [String], of last: [String]) -> Bool {
        let filled = row.indices.filter { !row[$0].isEmpty }
        guard !filled.isEmpty, filled.count < row.count, last.count == row.count else { return false }
        // Below a name and other cells, or without a name.
        guard row[0].isEmpty || filled.count == 1 && last.dropFirst().contains(where: { !$0.isEmpty }) else {
            return false
        }
        return filled.allSatisfy { row[$0].first?.isLowercase == true && !last[$0].isEmpty }
    }
}
