/// A text of a message that comes in pieces with marks: it returns the text without them, and the files that it leans on.
public struct AnnotatedTextStream: Sendable {
    private var scalars: [Unicode.Scalar] = []
    private var filter = CitationMarkFilter()
    private var locator = AnnotationLocator()

    /// Creates a reader of a text's beginning.
    public init() {}

    /// Takes the next piece; the places of its annotations count from the text's beginning.
    ///
    /// - Returns: What is certain to be text, and the citations that came with the piece. Each `index` counts Unicode
    ///   scalars of all the text that is returned.
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

    /// Returns the rest of the text, of which nothing more comes.
    public mutating func finish() -> String { filter.finish() }
}
