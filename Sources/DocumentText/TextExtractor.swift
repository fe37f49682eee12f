/// Reads the text of a file, whatever its format.
package struct TextExtractor: Sendable {
    /// What reading one file may cost.
    private let limits: ExtractionLimits

    /// An extractor within limits.
    package init(limits: ExtractionLimits = .standard) {
        self.limits = limits
    }

    /// Reads the file at a path.
    ///
    /// - Parameters:
    ///   - path: Where the bytes are.
    ///   - filename: The name under which the file was uploaded; its extension decides the format.
    /// - Returns: The document; it holds at least one block.
    /// - Throws: `ExtractionError` if the file has no text that can be used.
    package func extract(fileAt path: String, filename: String) async throws(ExtractionError) -> ExtractedDocument {
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
            case .pdf: try await PDFReader(limits: limits).document(at: path)
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
