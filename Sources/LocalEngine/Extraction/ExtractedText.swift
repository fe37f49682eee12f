/// What is kept of a document: its text, and the passages in which it is found.
struct ExtractedText: Sendable, Hashable {
    /// The whole text, with headings and lists marked as Markdown marks them.
    var text: String
    /// The passages, in reading order.
    var passages: [Passage]
}

extension ExtractedText {
    /// Takes the text of a document and cuts it into passages.
    ///
    /// - Throws: `ExtractionError` if there are none, or more than the limits allow.
    init(_ document: ExtractedDocument, limits: ExtractionLimits) throws(ExtractionError) {
        self.init(text: document.markdown, passages: try PassageSplitter.passages(of: document, limits: limits))
        guard !passages.isEmpty else { throw .invalid("The file holds no text.") }
    }
}
