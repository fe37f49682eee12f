/// Reads the text of a file, whatever its format.
package struct TextExtractor: Sendable {
    /// What reading one file may cost.
    private let limits: ExtractionLimits
    /// The languages of scans, as tesseract takes them; nil to find them out.
    private let scanLanguages: String?

    /// An extractor within limits.
    ///
    /// - Parameters:
    ///   - limits: What reading one file may cost.
    ///   - scanLanguages: The languages in which scans are read, as tesseract takes them, such as `deu+eng`; nil for those
    ///     that the document is in.
    package init(limits: ExtractionLimits = .standard, scanLanguages: String? = nil) {
        self.limits = limits
        self.scanLanguages = scanLanguages
    }

    /// Reads the file at a path.
    ///
    /// - Parameters:
    ///   - path: Where the bytes are.
    ///   - filename: The name under which the file was uploaded; its extension decides the format.
    /// - Returns: The document; it holds at least one block.
    /// - Throws: `ExtractionError` if the file has no text that can be used.
    package func extract(fileAt path: String, filename: String) async throws(ExtractionError) -> ExtractedDocument {
        try await extract(fileAt: path, filename: filename, depth: 0)
    }

    /// Reads a file that is part of others.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of the file.
    ///   - filename: The name of the file; its extension decides the format.
    ///   - depth: How many files it is in.
    /// - Returns: The document; it holds at least one block.
    /// - Throws: `ExtractionError` if the file has no text that can be used.
    func extract(_ bytes: [UInt8], filename: String, depth: Int) async throws(ExtractionError) -> ExtractedDocument {
        _ = try DocumentFormat(filename: filename)
        let folder = WorkingFolder()
        defer { folder.remove() }
        let path = try folder.write(bytes, named: "part")
        return try await extract(fileAt: path, filename: filename, depth: depth)
    }

    /// Reads a file that is part of others, or of another name.
    ///
    /// - Parameters:
    ///   - path: Where the bytes are.
    ///   - filename: The name of the file; its extension decides the format.
    ///   - depth: How many files it is in.
    /// - Returns: The document; it holds at least one block.
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
            case .sourceCode: try SourceCodeReader.document(from: try text(at: path), limits: limits)
            case .mail:
                try await MailReader(extractor: self, limits: limits, depth: depth).document(from: try bytes(at: path))
            case .pdf: try await PDFReader(limits: limits, scanLanguages: scanLanguages).document(at: path)
            case .older(let program, let fileExtension):
                try await OlderOfficeReader(extractor: self, limits: limits, depth: depth)
                    .document(at: path, by: program, fileExtension: fileExtension)
            case .docx: try await WordReader(limits: limits).document(at: path)
            case .xlsx: try await WorkbookReader(limits: limits).document(at: path)
            case .pptx: try await SlidesReader(limits: limits).document(at: path)
            }
        guard !document.blocks.isEmpty else { throw .invalid("No text found in the file.") }
        return document
    }

    /// The whole of a text file.
    private func text(at path: String, isMarkup: Bool = false) throws(ExtractionError) -> String {
        try TextDecoder.text(from: try bytes(at: path), isMarkup: isMarkup)
    }

    /// The bytes of a file, unless they are too many.
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
