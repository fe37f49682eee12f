internal import DocumentText

/// Reads the text of uploaded files, and keeps it beside their bytes.
struct FileReader: Sendable {
    /// Reads the file at a path, whose name tells its format.
    typealias Extract =
        @Sendable (_ path: String, _ filename: String) async throws(ExtractionError) -> ExtractedText

    let files: FileRepository
    let extract: Extract
    /// Lets one text at a time be read again that was read before texts were kept.
    private let readingAgain = FairScheduler(capacity: 1, longestQueue: 64)

    /// A reader.
    ///
    /// - Parameters:
    ///   - files: The uploaded files.
    ///   - extract: Reads one of them.
    init(files: FileRepository, extract: @escaping Extract) {
        self.files = files
        self.extract = extract
    }

    /// Reads a file.
    func read(_ fileID: String, named filename: String) async throws(ExtractionError) -> ExtractedText {
        try await extract(files.folder.path(of: fileID), filename)
    }

    /// The whole text of a file that was read.
    ///
    /// - Parameters:
    ///   - fileID: The file.
    ///   - asMarkdown: Whether tables are drawn, rather than their rows told as lines, and form feeds stand between pages.
    /// - Returns: The text.
    /// - Throws: `APIError` if there is no such file, or too many wait for texts; `ExtractionError`; `Errno`.
    func text(of fileID: String, asMarkdown: Bool = false) async throws -> String {
        if let text = try files.folder.text(of: fileID, asMarkdown: asMarkdown) { return text }
        let file = try await files.file(fileID)
        return try await readingAgain.run(for: fileID) {
            // Whoever waited before may have kept it.
            if let text = try files.folder.text(of: fileID, asMarkdown: asMarkdown) { return text }
            let read = try await extract(files.folder.path(of: fileID), file.filename)
            try files.folder.keep(read.text, markdown: read.markdown, of: fileID)
            return asMarkdown ? read.markdown ?? read.text : read.text
        }
    }
}
