/// Reads program text: what stands between blank lines stays together, as it is.
enum SourceCodeReader {
    /// The document in a source file.
    ///
    /// - Throws: `ExtractionError` if it becomes more text than allowed.
    static func document(
        from text: String,
        limits: ExtractionLimits = .standard
    ) throws(ExtractionError) -> ExtractedDocument {
        var document = DocumentBuilder(limits: limits)
        try append(text, to: &document)
        return document.document
    }

    /// Adds program text to a document.
    ///
    /// - Throws: `ExtractionError` if the document becomes more text than allowed.
    static func append(_ text: String, to document: inout DocumentBuilder) throws(ExtractionError) {
        var lines: [Substring] = []
        let allLines: [Substring] = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in allLines + [""] {
            if line.allSatisfy(\.isWhitespace) {
                if !lines.isEmpty { try document.append(.code(lines.joined(separator: "\n"))) }
                lines = []
            } else {
                lines.append(line)
            }
        }
    }
}
