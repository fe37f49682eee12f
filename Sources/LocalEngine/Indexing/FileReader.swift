internal import DocumentText

/// Reads the text of uploaded files, and stores it beside their bytes.
struct FileReader: Sendable {
    /// Reads the file at a path, whose name shows its format.
    typealias Extract =
        @Sendable (_ path: String, _ filename: String) async throws(ExtractionError) -> ExtractedText

    let files: FileRepository
    let extract: Extract
    /// Bounds the second readings of files that were read before texts were stored to one at a time.
    private let readingAgain = FairScheduler(capacity: 1, longestQueue: 64)

    /// Creates a reader.
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

    /// The whole text of an indexed file.
    ///
    /// - Parameters:
    ///   - fileID: The file.
    ///   - asMarkdown: Whether tables are drawn, instead of described as lines, and pages end with form feeds.
    /// - Returns: The text.
    /// - Throws: `StorageError.notFound`; `FairScheduler.QueueFull`; `ExtractionError`; `Errno`.
    func text(of fileID: String, asMarkdown: Bool = false) async throws -> String {
        if let text = try files.folder.text(of: fileID, asMarkdown: asMarkdown) { return text }
        let file = try await files.file(fileID)
        return try await readingAgain.run(for: fileID) {
            // A task that was served before may have stored it.
            if let text = try files.folder.text(of: fileID, asMarkdown: asMarkdown) { return text }
            let read = try await extract(files.folder.path(of: fileID), file.filename)
            try files.folder.keep(read.text, markdown: read.markdown, of: fileID)
            return asMarkdown ? read.markdown ?? read.text : read.text
        }
    }
}
