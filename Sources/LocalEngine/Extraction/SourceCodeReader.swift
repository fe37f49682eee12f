/// Reads program text: what stands between blank lines stays together, as it is.
enum SourceCodeReader {
    /// The document in a source file.
    static func document(from text: String) -> ExtractedDocument {
        var document = ExtractedDocument()
        var lines: [Substring] = []
        let allLines: [Substring] = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in allLines + [""] {
            if line.allSatisfy(\.isWhitespace) {
                if !lines.isEmpty { document.blocks.append(.code(lines.joined(separator: "\n"))) }
                lines = []
            } else {
                lines.append(line)
            }
        }
        return document
    }
}
