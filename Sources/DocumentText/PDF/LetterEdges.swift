/// The edges of the letters of a word, by the widths that letters have in most proportional faces.
struct LetterEdges {
    /// The left edge of each letter, and the right edge of the last one.
    let edges: [Double]

    /// The maximum distance of the end of a line from an edge, in widths of a letter.
    private static let tolerance = 0.3

    /// Estimates the edges of the letters of a word at a place.
    init(of word: some StringProtocol, at place: Range<Double>) {
        let widths = word.map(Self.width)
        let scale = place.length / max(widths.reduce(0, +), 0.001)
        var edge = place.lowerBound
        var edges = [edge]
        for width in widths {
            edge += width * scale
            edges.append(edge)
        }
        self.edges = edges
    }

    /// The numbers of the letters that a line covers, from the start of the word or to its end; nil if the line begins
    /// and ends inside the word, or ends within a letter.
    func covered(by line: Range<Double>) -> Range<Int>? {
        guard let first = edges.first, let last = edges.last, edges.count > 1 else { return nil }
        let reach = (last - first) / Double(edges.count - 1) * Self.tolerance
        let start = edges.indices.min { abs(edges[$0] - line.lowerBound) < abs(edges[$1] - line.lowerBound) } ?? 0
        let end = edges.indices.min { abs(edges[$0] - line.upperBound) < abs(edges[$1] - line.upperBound) } ?? 0
        let isAtStart = line.lowerBound < first + reach
        let isAtEnd = line.upperBound > last - reach
        guard isAtStart || isAtEnd, isAtStart || abs(edges[start] - line.lowerBound) < reach,
            isAtEnd || abs(edges[end] - line.upperBound) < reach
        else { return nil }
        let letters = (isAtStart ? 0 : start)..<max(isAtStart ? 0 : start, isAtEnd ? edges.count - 1 : end)
        return letters.isEmpty ? nil : letters
    }

    /// The width of a letter in type sizes.
    private static func width(of letter: Character) -> Double {
        switch letter {
        case "i", "j", "l", "I", ".", ",", ";", ":", "'", "’", "|", "!": 0.26
        case "f", "t", "r", "-", "(", ")", "[", "]", "/", "*", "\"": 0.33
        case "m", "M", "w", "W", "%", "@", "—": 0.86
        default: letter.isUppercase ? 0.69 : 0.55
        }
    }
}
