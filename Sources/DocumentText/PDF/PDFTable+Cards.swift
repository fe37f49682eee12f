extension PDFTable {
    /// The maximum size of a label, relative to the value below it.
    private static let maximumSizeOfLabel = 0.85
    /// The maximum number of words of a label and of a value.
    private static let maximumWordsOfCard = 6
    /// The maximum distance of a value from its label, in type sizes of the value.
    private static let maximumDistanceOfValue = 1.2

    /// The tables of rows of cards, which are labels in small type above their values; nil if the rows are not such ones.
    ///
    /// - Parameter rows: The lines by their heights, from top to bottom.
    /// - Returns: A table of each row of cards.
    static func cards(of rows: [[PDFLine]]) -> [PDFTable]? {
        guard rows.count > 1, rows.count % 2 == 0 else { return nil }
        let pairs = stride(from: 0, to: rows.count, by: 2).map { (labels: rows[$0], values: rows[$0 + 1]) }
        // Two lines side by side can be a heading of two lines.
        guard pairs.count > 1 || rows[0].count > 2, pairs.allSatisfy({ areCards($0.labels, $0.values) }) else {
            return nil
        }
        let areApart = zip(pairs, pairs.dropFirst()).allSatisfy { above, below in
            below.labels[0].y.lowerBound - above.values[0].y.upperBound
                > (above.values[0].y.lowerBound - above.labels[0].y.upperBound) * 1.3
        }
        guard areApart else { return nil }
        return pairs.map { labels, values in
            func cells(_ lines: [PDFLine], areHeaders: Bool) -> [Cell] {
                lines.enumerated().map { column, line in
                    Cell(lines: [line], columns: column..<(column + 1), isHeader: areHeaders)
                }
            }
            return PDFTable(
                rows: [cells(labels, areHeaders: true), cells(values, areHeaders: false)],
                columns: zip(labels, values).map { $0.x.union($1.x) }
            )
        }
    }

    /// Whether each of several lines is the label of the larger one below it.
    private static func areCards(_ labels: [PDFLine], _ values: [PDFLine]) -> Bool {
        guard labels.count > 1, labels.count == values.count, let size = values.map(\.size).min(),
            labels.allSatisfy({ $0.size <= size * maximumSizeOfLabel && $0.text.contains(where: \.isLetter) }),
            (labels + values).allSatisfy({ $0.text.wordCount <= maximumWordsOfCard })
        else { return false }
        return zip(labels, values).allSatisfy { label, value in
            let isAligned =
                abs(label.x.lowerBound - value.x.lowerBound) < size * 0.35
                || abs(label.x.middle - value.x.middle) < size * 0.35
            return isAligned && value.y.lowerBound - label.y.upperBound < size * maximumDistanceOfValue
        }
    }
}
