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
    /// - Parameters:
    ///   - document: The document.
    ///   - rows: How the rows of its tables stand in the file.
    ///   - limits: What reading one file may cost.
    /// - Throws: `ExtractionError` if there are no passages, or more than the limits allow.
    init(
        _ document: ExtractedDocument,
        rows: SourceRows = SourceRows(),
        limits: ExtractionLimits
    ) throws(ExtractionError) {
        self.init(text: document.markdown, passages: try PassageSplitter.passages(of: document, limits: limits))
        guard !passages.isEmpty else { throw .invalid("The file holds no text.") }
        let told = Set(document.blocks.compactMap { if case .tableRow(let text) = $0 { text } else { nil } })
        guard !told.isEmpty || !document.itemTexts.isEmpty else { return }
        for place in passages.indices {
            let lines = passages[place].text.split(separator: "\n")
            let quotable = lines.map { line in
                if told.contains(String(line)) { return rows.quotable(String(line)) }
                guard line.hasPrefix("- "), let item = document.itemTexts[String(line.dropFirst(2))] else {
                    return String(line)
                }
                return "- " + item
            }
            if quotable != lines.map({ String($0) }) { passages[place].quotable = quotable.joined(separator: "\n") }
        }
    }
}
