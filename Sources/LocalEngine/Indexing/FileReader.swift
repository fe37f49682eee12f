/// Reads the text of uploaded files.
struct FileReader: Sendable {
    /// Reads the file at a path, whose name tells its format.
    typealias Extract =
        @Sendable (_ path: String, _ filename: String) async throws(ExtractionError) -> ExtractedDocument

    let files: FileCatalog
    let extract: Extract

    /// Reads a file into passages.
    func passages(of fileID: String, named filename: String) async throws(ExtractionError) -> [Passage] {
        let document = try await extract(files.folder.path(of: fileID), filename)
        let passages = PassageSplitter.passages(of: document)
        guard !passages.isEmpty else { throw .invalid("The file holds no text.") }
        return passages
    }

    /// The whole text of a file, with headings and lists marked as Markdown marks them.
    ///
    /// - Throws: `APIError` if there is no such file; `ExtractionError`.
    func text(of fileID: String) async throws -> String {
        let file = try await files.file(fileID)
        let document = try await extract(files.folder.path(of: fileID), file.filename)
        return document.markdown
    }
}
