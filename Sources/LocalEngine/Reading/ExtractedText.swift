internal import DocumentText

/// What is stored of a document: its text and its passages.
struct ExtractedText: Sendable, Hashable {
    /// The whole text, with headings and lists marked as in Markdown, and the rows of tables described as lines.
    var text: String
    /// The whole text as Markdown, with tables drawn and form feeds between pages; nil if that is the same.
    var markdown: String?
    /// The passages, in reading order.
    var passages: [Passage]
    /// What a person should know about how the document was read, a line each.
    var warnings: [String] = []
}

extension ExtractedText {
    /// Takes the text of a document and splits it into passages.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - limits: The limits for reading one file.
    /// - Throws: `ExtractionError` if there are no passages, or more than the limits allow.
    init(_ document: ExtractedDocument, limits: ExtractionLimits) throws(ExtractionError) {
        let (text, markdown) = (document.text, document.markdown)
        self.init(
            text: text,
            // A drawn table may take more text than its description.
            markdown: markdown == text || markdown.utf8.count > limits.documentBytes * 2 ? nil : markdown,
            passages: try PassageSplitter.passages(of: document, limits: limits),
            warnings: document.warnings.map(\.onOneLine)
        )
        guard !passages.isEmpty else { throw .invalid("The file holds no text.") }
        guard !document.sourceTexts.isEmpty else { return }
        for place in passages.indices {
            let lines = passages[place].text.split(separator: "\n")
            let quotable = lines.map { line in
                if let row = document.sourceTexts[String(line)] { return row }
                guard line.hasPrefix("- "), let item = document.sourceTexts[String(line.dropFirst(2))] else {
                    return String(line)
                }
                return "- " + item
            }
            if quotable != lines.map({ String($0) }) { passages[place].quotable = quotable.joined(separator: "\n") }
        }
    }

    /// Reads the file at a path, whose name shows its format.
    ///
    /// - Throws: `ExtractionError` if the file has no text that can be used, or becomes more than the limits allow.
    static func read(
        fileAt path: String,
        filename: String,
        limits: ExtractionLimits = .standard
    ) async throws(ExtractionError) -> ExtractedText {
        let document = try await TextExtractor(limits: limits).extract(fileAt: path, filename: filename)
        return try ExtractedText(document, limits: limits)
    }
}
