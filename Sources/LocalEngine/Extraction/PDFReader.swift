/// Reads a PDF through poppler's `pdftotext`, page by page as it is laid out.
struct PDFReader: Sendable {
    /// What reading may cost.
    var limits: ExtractionLimits

    /// The document in a PDF.
    ///
    /// - Throws: `ExtractionError` if the file is not a PDF, is encrypted, is beyond the limits, or holds only pictures.
    func document(at path: String) async throws(ExtractionError) -> ExtractedDocument {
        let arguments = ["-q", "-layout", "-enc", "UTF-8", HelperProgram.fileArgument(path), "-"]
        let outcome = try await HelperProgram.pdftotext.run(arguments, within: limits)
        guard outcome.exitCode == 0 else {
            throw .invalid("The file is not a PDF that can be read; it may be damaged or encrypted.")
        }
        let pages = String(decoding: outcome.output, as: UTF8.self).split(separator: "\u{0C}")
        let document = try LayoutReader.document(from: PageFurniture.text(of: pages), limits: limits)
        guard !document.blocks.isEmpty else { throw .invalid("No text found in the file: it may be a scan.") }
        return document
    }
}
