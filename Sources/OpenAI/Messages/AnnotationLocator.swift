/// Finds the marks that annotations speak of, in a text that may still grow.
struct AnnotationLocator: Sendable {
    /// Where the search for the next mark begins whose place is not as its annotation says.
    private var searched = 0
    /// How many more searches may fail: each reads the rest of the text.
    private var failuresLeft = 16

    private static let longestMark = 300

    /// The place of an annotation's mark; an empty one where it stands if its text is not there.
    mutating func range(of annotation: MarkAnnotation, in scalars: [Unicode.Scalar]) -> Range<Int> {
        let text = Array(annotation.text.unicodeScalars)
        if let range = Self.range(annotation.start, annotation.end, within: scalars.count),
            text.isEmpty || scalars[range].elementsEqual(text)
        {
            return range
        }
        // Servers count in bytes, or in halves of surrogate pairs, too.
        if !text.isEmpty, text.count <= Self.longestMark, failuresLeft > 0 {
            if let found = scalars[searched...].firstRange(of: text) {
                searched = found.upperBound
                return found
            }
            failuresLeft -= 1
        }
        let place = min(max(annotation.start ?? scalars.count, 0), scalars.count)
        return place..<place
    }

    private static func range(_ start: Int?, _ end: Int?, within count: Int) -> Range<Int>? {
        guard let start, let end, start >= 0, start < end, end <= count else { return nil }
        return start..<end
    }
}
