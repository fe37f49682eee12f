/// The labels of paragraphs: bullets, and numbers such as `3.`, `(b)` and `2.1.4.`.
enum OutlineNumber {
    /// Whether a text is the label of the text that follows it on its line.
    static func isLabel(_ label: some StringProtocol, of text: some StringProtocol) -> Bool {
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return false }
        let label = label.drop(while: \.isWhitespace)
        if label.utf8.count <= 6, LayoutLine("\(label) x"[...]).listItem != nil { return true }
        guard (2...16).contains(label.utf8.count), text.first(where: { !$0.isWhitespace })?.isNumber == false else {
            return false
        }
        // A number of one point is one of an outline only with a point at its end, as it may be an amount.
        let figures = label.split(separator: ".")
        return figures.count + (label.last == "." ? 1 : 0) > 2
            && figures.allSatisfy { $0.utf8.count <= 3 && $0.allSatisfy { $0.isASCII && ($0.isNumber || $0.isLetter) } }
            && figures.allSatisfy { $0.allSatisfy(\.isNumber) || $0.count == 1 } && figures[0].first?.isNumber == true
    }

    /// The minimum number of paragraphs that show that numbers such as `1.2` are those of an outline.
    private static let minimumParagraphs = 3
    /// The maximum distance of edges that are the same, in type sizes.
    private static let tolerance = 0.3

    /// The positions of rows that are a number such as `1.2` and the start of its paragraph: several, which count
    /// upwards at the same edge, with texts at another one.
    ///
    /// Without a point at its end, such a number by itself may be an amount.
    ///
    /// - Parameter rows: The lines of a page by their heights, from top to bottom.
    /// - Returns: The positions.
    static func rows(of rows: [[PDFLine]]) -> Set<Int> {
        typealias Paragraph = (row: Int, number: [Int], left: PDFLine, text: PDFLine)
        let paragraphs = rows.enumerated().compactMap { position, row -> Paragraph? in
            guard row.count == 2 else { return nil }
            let (left, right) = row[0].x.lowerBound <= row[1].x.lowerBound ? (row[0], row[1]) : (row[1], row[0])
            let figures = left.text.split(separator: ".", omittingEmptySubsequences: false)
            let number = figures.compactMap { $0.utf8.count <= 2 ? Int($0) : nil }
            guard figures.count == 2, number.count == 2, right.text.first?.isLetter == true else { return nil }
            return (position, number, left, right)
        }
        guard paragraphs.count >= minimumParagraphs, let first = paragraphs.first else { return [] }
        let near = first.left.size * tolerance
        let areAligned = paragraphs.allSatisfy {
            abs($0.left.x.lowerBound - first.left.x.lowerBound) < near
                && abs($0.text.x.lowerBound - first.text.x.lowerBound) < near
        }
        let countUp = zip(paragraphs, paragraphs.dropFirst()).allSatisfy { above, below in
            below.number == [above.number[0], above.number[1] + 1]
                || below.number[0] > above.number[0] && below.number[1] == 1
        }
        return areAligned && countUp ? Set(paragraphs.map(\.row)) : []
    }
}
