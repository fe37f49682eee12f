/// Two columns of running text side by side in laid-out text, which are read one after the other.
///
/// Rows of a table look similar. Lines are columns of text only if in both most sentences go on in the line below.
struct ProseColumns {
    /// The lines of the left column.
    private(set) var left: [LayoutLine] = []
    /// The lines of the right column.
    private(set) var right: [LayoutLine] = []
    /// The index of the first line after the columns.
    private(set) var end: Int

    /// The maximum number of lines that are read as columns at once.
    private static let maximumLines = 200
    private static let minimumPairs = 2
    private static let minimumWords = 3

    /// Reads the columns that start at a line, below an empty one; nil if there are none.
    init?(_ lines: [LayoutLine], at start: Int) {
        guard lines[start].segments.count == 2, start == 0 || lines[start - 1].isEmpty else { return nil }
        let column = lines[start].segments[1].columns.lowerBound
        var texts: [(left: String, right: String)] = []
        end = start
        for line in lines[start...].prefix(Self.maximumLines) {
            guard let parts = Self.parts(of: line, at: column) else { break }
            texts.append(parts)
            end += 1
        }
        // A paragraph below the columns, without text at its right, is none of theirs.
        let below = (texts.lastIndex { !$0.right.isEmpty } ?? 0) + 1
        if let last = texts[min(below, texts.count)...].firstIndex(where: { $0.left.isEmpty }) {
            texts.removeSubrange(last...)
            end = start + last
        }
        let both = texts.filter { !$0.left.isEmpty && !$0.right.isEmpty }
        guard both.count > Self.minimumPairs, Self.areProse(texts.map(\.left)), Self.areProse(texts.map(\.right)) else {
            return nil
        }
        left = texts.map { LayoutLine($0.left[...]) }
        right = texts.map { LayoutLine($0.right[...]) }
    }

    /// The texts of a line left and right of the start of a column; nil if its text is in both.
    private static func parts(of line: LayoutLine, at column: Int) -> (left: String, right: String)? {
        let segments = line.segments
        switch segments.count {
        case 0: return ("", "")
        case 1 where segments[0].columns.lowerBound == column: return ("", line.text)
        case 1 where segments[0].columns.upperBound < column: return (line.text, "")
        case 2 where segments[1].columns.lowerBound == column: return (segments[0].text, segments[1].text)
        default: return nil
        }
    }

    /// Whether most of the lines go on in the line below.
    private static func areProse(_ texts: [String]) -> Bool {
        let pairs = zip(texts, texts.dropFirst()).filter { !$0.isEmpty && !$1.isEmpty }
        let continued = pairs.filter { above, below in
            above.wordCount >= minimumWords && above.last.map { !".:;!?".contains($0) } == true
                && below.first?.isLowercase == true
        }
        return continued.count >= minimumPairs && continued.count * 3 >= pairs.count * 2
    }
}
