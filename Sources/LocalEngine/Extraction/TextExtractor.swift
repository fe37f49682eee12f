/// Reads the text of a file, whatever its format.
struct TextExtractor: Sendable {
    /// Reads the file at a path.
    ///
    /// - Parameters:
    ///   - path: Where the bytes are.
    ///   - filename: The name under which the file was uploaded; its extension decides the format.
    /// - Returns: The document; it holds at least one block.
    /// - Throws: `ExtractionError` if the file has no text that can be used.
    func extract(fileAt path: String, filename: String) async throws(ExtractionError) -> ExtractedDocument {
        throw .unsupported("The file type is not supported.")
    }
}
