/// Reads the text of a file, whatever its format.
package struct TextExtractor: Sendable {
    /// The limits of reading one file.
    private let limits: ExtractionLimits
    /// The languages of scans in tesseract's form; nil to detect them.
    private let scanLanguages: String?

    /// Creates an extractor.
    ///
    /// - Parameters:
    ///   - limits: The limits of reading one file.
    ///   - scanLanguages: The languages of scans in tesseract's form, such as `deu+eng`; nil for those of the document.
    package init(limits: ExtractionLimits = .standard, scanLanguages: String? = nil) {
        self.limits = limits
        self.scanLanguages = scanLanguages
    }

    /// Reads the file at a path.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - filename: The file's name; its extension decides the format.
    /// - Returns: The document, with at least one block.
    /// - Throws: `ExtractionError` if the file has no text that can be used.
    package func extract(fileAt path: String, filename: String) async throws(ExtractionError) -> ExtractedDocument {
        try await extract(fileAt: path, filename: filename, depth: 0)
    }

    /// Reads a file that is nested in others.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of the file.
    ///   - filename: The name of the file; its extension decides the format.
    ///   - depth: The number of files that it is nested in.
    /// - Returns: The document, with at least one block.
    /// - Throws: `ExtractionError` if the file has no text that can be used.
    func extract(_ bytes: [UInt8], filename: String, depth: Int) async throws(ExtractionError) -> ExtractedDocument {
        _ = try DocumentFormat(filename: filename)
        let folder = WorkingFolder()
        defer { folder.remove() }
        let path = try folder.write(bytes, named: "part")
        return try await extract(fileAt: path, filename: filename, depth: depth)
    }

    /// Reads a file that is nested in others, or has another name.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - filename: The name of the file; its extension decides the format.
    ///   - depth: The number of files that it is nested in.
    /// - Returns: The document, with at least one block.
    /// - Throws: `ExtractionError` if the file has no text that can be used.
    func extract(
        fileAt path: String,
        filename: String,
        depth: Int
    ) async throws(ExtractionError) -> ExtractedDocument {
        let format = try DocumentFormat(filename: filename)
        let document =
            switch format {
            case .plainText: try LayoutReader.document(from: try text(at: path), limits: limits)
            case .markdown: try MarkdownReader.document(from: try text(at: path), limits: limits)
            case .html: try HTMLReader.document(from: try text(at: path, isMarkup: true), limits: limits)
            case .json: try JSONReader.document(from: try text(at: path), limits: limits)
            case .csv: try CSVReader.document(from: try text(at: path), limits: limits)
            case .tex: try TeXReader.document(from: try text(at: path), limits: limits)
            case .sourceCode: try sourceCode(try text(at: path))
            case .mail:
                try await MailReader(limits: limits, depth: depth) { content, filename throws(ExtractionError) in
                    try await extract(content, filename: filename, depth: depth + 1)
                }
                .document(from: try bytes(at: path))
            case .pdf: try await PDFReader(limits: limits, scanLanguages: scanLanguages).document(at: path)
            case .older(let program, let fileExtension):
                try await OlderOfficeReader(limits: limits) { path, filename throws(ExtractionError) in
                    try await extract(fileAt: path, filename: filename, depth: depth)
                }
                .document(at: path, by: program, fileExtension: fileExtension)
            case .docx: try await WordReader(limits: limits).document(at: path)
            case .xlsx: try await WorkbookReader(limits: limits).document(at: path)
            case .pptx: try await SlidesReader(limits: limits).document(at: path)
            }
        guard !document.blocks.isEmpty else { throw .invalid("No text found in the file.") }
        return QuestionSections.marked(document)
    }

    /// The document of source code: the lines between blank lines are a block.
    private func sourceCode(_ text: String) throws(ExtractionError) -> ExtractedDocument {
        var document = DocumentBuilder(limits: limits)
        try document.append(code: text)
        return document.document
    }

    /// The text of a text file.
    private func text(at path: String, isMarkup: Bool = false) throws(ExtractionError) -> String {
        try TextDecoder.text(from: try bytes(at: path), isMarkup: isMarkup)
    }

    /// The bytes of a file, if they are within the limits.
    private func bytes(at path: String) throws(ExtractionError) -> [UInt8] {
        let read: [UInt8]
        do {
            read = try FileBytes.first(limits.textBytes + 1, at: path)
        } catch {
            throw .server("The stored file cannot be read.")
        }
        guard read.count <= limits.textBytes else {
            throw .invalid("The file holds more than \(limits.textBytes >> 20) MB of text.")
        }
        return read
    }
}
