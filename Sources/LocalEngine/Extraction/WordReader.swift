/// Reads the text of a Word document (.docx): `word/document.xml` with the names of its styles.
struct WordReader: Sendable {
    /// What reading may cost.
    var limits: ExtractionLimits

    /// The document in a .docx file.
    ///
    /// - Throws: `ExtractionError` if the file is not a Word document or is beyond the limits.
    func document(at path: String) async throws(ExtractionError) -> ExtractedDocument {
        let archive = ZipArchive(path: path, limits: limits)
        guard let body = try await archive.member("word/document.xml") else {
            throw .invalid("The file is not a Word document.")
        }
        let styles = try await archive.member("word/styles.xml") ?? []
        var parser = WordBody(styles: WordStyles(styles))
        return parser.document(from: body)
    }
}
