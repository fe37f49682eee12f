/// Cuts a document into passages.
enum PassageSplitter {
    /// The passages of a document, in reading order.
    static func passages(of document: ExtractedDocument) -> [Passage] {
        document.blocks.map { Passage(headings: [], text: $0.text) }
    }
}
