/// Removes citation marks from a message's text that arrives in pieces, and returns the citations of files.
public struct AnnotatedTextStream: Sendable {
    private var scalars: [Unicode.Scalar] = []
    private var filter = CitationMarkFilter()
    private var locator = AnnotationLocator()

    /// Creates a stream at the text's start.
    public init() {}

    /// Takes the next piece; the indices of its annotations count from the text's start.
    ///
    /// - Returns: The text that cannot be a part of a mark, and the piece's citations. Each `index` counts Unicode
    ///   scalars of all text that the stream returns.
    public mutating func take(_ piece: AnnotatedText) -> (text: String, citations: [FileCitation]) {
        scalars += piece.value.unicodeScalars
        let text = filter.feed(piece.value)
        let citations = piece.annotations.compactMap { annotation -> FileCitation? in
            let range = locator.range(of: annotation, in: scalars)
            guard let fileID = annotation.fileID else { return nil }
            return FileCitation(fileID: fileID, index: filter.cleanIndex(of: range.lowerBound))
        }
        return (text, citations)
    }

    /// Returns the rest of the text after the last piece.
    public mutating func finish() -> String { filter.finish() }
}

/// Finds the marks of annotations in a text that may still grow.
struct AnnotationLocator: Sendable {
    /// Where the search for the next mark starts that is not at its annotation's position.
    private var searched = 0
    /// How many more searches may fail: each reads the rest of the text.
    private var failuresLeft = 16

    private static let longestMark = 300

    /// The range of an annotation's mark; an empty range at the annotation's position if its text is not found.
    mutating func range(of annotation: TextAnnotation, in scalars: [Unicode.Scalar]) -> Range<Int> {
        let text = Array(annotation.text.unicodeScalars)
        if let range = Self.range(annotation.start, annotation.end, within: scalars.count),
            text.isEmpty || scalars[range].elementsEqual(text)
        {
            return range
        }
        // Some servers count bytes or UTF-16 code units.
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
