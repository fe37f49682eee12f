internal import DocumentText

/// Tells the lines of a passage that describe rows of tables, such as `Grade: A; Days: 27`, from those of paragraphs.
///
/// A row is one statement, whatever sentences its cells hold, as none of them is true of another row.
enum RowLines {
    /// The maximum number of words of a row; a longer line is read as sentences.
    private static let maximumWords = 79
    /// The maximum number of words of the name of a column or a row.
    private static let maximumWordsOfName = 12
    /// The number of neighbouring lines from which a name and its text are a row of a table.
    private static let fewestPairs = 3

    /// The places of the rows among the lines of a passage.
    static func places(among lines: [Substring]) -> Set<Int> {
        let shapes = lines.map { Shape(of: $0) }
        var places: Set<Int> = []
        var pairs: [Int] = []
        for (place, shape) in shapes.enumerated() {
            let neighbours = [place - 1, place + 1].filter { shapes.indices.contains($0) }.compactMap { shapes[$0] }
            if let shape, shape.names > 1 || neighbours.contains(where: { shape.isAlike($0) }) { places.insert(place) }
            pairs = shape?.isPair == true ? pairs + [place] : []
            if pairs.count >= fewestPairs { places.formUnion(pairs) }
        }
        return places
    }

    /// The shape of a line that may be a row.
    private struct Shape {
        /// The number of its parts that begin with a name.
        let names: Int
        /// The first part.
        let lead: Substring
        /// The first name.
        let name: Substring
        /// Whether it is a name and its text.
        let isPair: Bool

        /// Reads a line; nil if it cannot be a row.
        init?(of line: Substring) {
            guard !line.hasPrefix("- "), line.contains(": "), line.wordCount <= RowLines.maximumWords else {
                return nil
            }
            let parts = line.split(separator: "; ")
            let named = parts.map { RowLines.name(of: $0) }
            // What names a row is short.
            guard let name = named.prefix(2).lazy.compactMap(\.self).first,
                named[0] != nil || RowLines.isName(parts[0])
            else { return nil }
            names = named.count { $0 != nil }
            lead = parts[0]
            self.name = name
            isPair = parts.count == 1
        }

        /// Whether both are of one table: parts of the same row, or rows with the same names.
        func isAlike(_ other: Shape) -> Bool {
            !isPair && !other.isPair && (lead == other.lead || name == other.name)
        }
    }

    /// The name before the first colon of a part.
    private static func name(of part: Substring) -> Substring? {
        guard let mark = part.firstRange(of: ": ") else { return nil }
        let name = part[..<mark.lowerBound]
        return isName(name) ? name : nil
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && text.wordCount <= maximumWordsOfName
            && SentenceSplitter.sentences(of: String(text)).count == 1 && text.last.map { !".!?".contains($0) } == true
    }
}
